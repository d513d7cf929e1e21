"""What a person wrote themselves in a mail, and what they or a program only quoted."""

import pytest

from services.notifications.domain.quoted import own_words, words_beside
from services.notifications.domain.written import tidy
from shared.commands.notifications_replies import ListReplies, ShowReply
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, case, mailbox

GOOGLE = """Ann Marsh has accepted this invitation{note}

Visit day
Thursday 13 May 2027, 09:00 to 15:00

Invitation from Google Calendar: https://calendar.google.com/calendar/
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("I need step-free access.", "I need step-free access."),
        ("Yes.\nBut I leave at 13:00.", "Yes.\nBut I leave at 13:00."),
        (GOOGLE.format(note="."), ""),
        (GOOGLE.format(note=' with a note:\n\n"I leave at noon."'), "I leave at noon."),
        (GOOGLE.format(note=" with this note:\n\n\u201cTwo of us\nwill come.\u201d"), "Two of us\nwill come."),
        ("Ann Marsh has tentatively accepted your meeting invitation", ""),
        ("Ann Marsh has replied \u201cMaybe\u201d to this invitation.", ""),
        ("I have accepted this invitation.", "I have accepted this invitation."),
        (
            "Ms Marsh has declined the invitation because she is ill.",
            "Ms Marsh has declined the invitation because she is ill.",
        ),
        ("Late!\n\n-----Original Appointment-----\nFrom: Kindred\nSubject: Visit day", "Late!"),
        ("-----Original Appointment-----\nFrom: Kindred", ""),
        ("________________________________\nFrom: Kindred", ""),
        ("Fine.\n\nOn Thu, 1 Oct 2026 at 10:00, Kindred <programmes@kindred.example> wrote:\n> Dear Ann", "Fine."),
        ("> Dear Ann\nWhere do I park?", "Where do I park?"),
        ("Where do I park?\n-- \nAnn Marsh\nHeadteacher", "Where do I park?"),
        ("Sent from my iPhone", ""),
    ],
)
def test_words_beside_an_answer_are_a_persons(text, words):
    assert words_beside(tidy(text)) == words


OURS = "Dear Ann\nYou are invited to the visit day at Hallam Primary School."
HEADERS = (
    "From: Kindred <programmes@kindred.example>\nSent: 01 October 2026 10:00\nTo: Ann Marsh\nSubject: Visit day\n\n"
)
QUESTION = "Where do I park?"
MARKED = "> Dear Ann\n> You are invited"


@pytest.mark.parametrize(
    "text",
    [
        f"{QUESTION}\n\nOn Thu, 1 Oct 2026 at 10:00, Kindred for peer visits\n<a@b.example> wrote:\n\n{MARKED}",
        f"{QUESTION}\n\nOn Thu, 1 Oct 2026 at 10:00, Kindred\n<programmes@kindred.example>\nwrote:\n\n{OURS}",
        f"{QUESTION}\n\n{HEADERS}{OURS}",
        f"{QUESTION}\n\n*From:* Kindred\n*Sent:* 1 October\n*To:* Ann\n*Subject:* Visit\n\n{OURS}",
        f"{QUESTION}\n\nOddi wrth: Kindred\nAnfonwyd: 1 Hydref\nAt: Ann\nPwnc: Visit\n\n{OURS}",
        f"{QUESTION}\n\nSent from my iPhone\n\n> On 1 Oct 2026, at 10:00, Kindred <a@b.example> wrote:\n>\n{MARKED}",
        f"{QUESTION}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n{HEADERS}{OURS}",
        f"{QUESTION}\n\n-------- Original message --------\nFrom: Kindred\nDate: 1 October\n\n{OURS}",
        f"On Thu, 1 Oct 2026 at 10:00, Kindred <a@b.example> wrote:\n{MARKED}\n\n{QUESTION}",
        f"{MARKED}\n\n{QUESTION}",
        f"{QUESTION}\n\nYou get this because you are headteacher of Abbey Grange in Yorkshire peer visits.",
        f"{QUESTION}\n\nSay:\nhttps://kindred.example/l/{'x' * 32}\nQuestions? Reply to this mail: it reaches",
    ],
    ids=["Gmail", "over three lines", "Outlook", "bold", "Welsh", "iPhone", "Outlook on a phone", "Samsung",
         "answered below", "no line names the writer", "our end", "our link"],
)  # fmt: skip
def test_the_mail_that_is_answered_is_not_taken_for_its_writers_words(text):
    assert own_words(tidy(text)).startswith(QUESTION)
    assert {"Dear Ann", "invited", "because", "/l/"}.isdisjoint(set(own_words(tidy(text)).split()))


@pytest.mark.parametrize(
    "text",
    [
        "> Who comes?\nBo and I.\n> When do you leave?\nAt noon.",
        "From: next week on we have a new head.\nTo: me this is news.",
        "On Monday I wrote: nobody has answered yet.",
        "From Monday on I am away.\nDate: 13 May does not suit.",
        "I have accepted this invitation.",
    ],
)
def test_words_that_only_look_like_a_quotation_stay(text):
    assert own_words(tidy(text)) == text


@pytest.mark.parametrize(
    "text", [MARKED, f"-----Original Message-----\n{HEADERS}{OURS}", HEADERS + OURS, "Sent from my iPad"]
)
def test_what_holds_no_words_of_its_writer_has_none(text):
    assert own_words(tidy(text)) == ""


def test_what_a_program_repeats_of_our_entry_is_nobodys_words():
    entry = "Visit day at Hallam\nHallam Primary School\nYorkshire peer visits\n\nLed by Fiona Caldwell"
    assert words_beside("Visit day at Hallam\n\nLed by  Fiona Caldwell\n", entry) == ""
    assert words_beside("Visit day at Hallam\nI leave at noon.", entry) == "I leave at noon."


async def test_the_coordinator_reads_the_words_and_the_worklist_the_whole():
    box = await mailbox()
    await box.take(f"From: {world.address(ANN)}\nTo: {MAILBOX}\nSubject: Re: Visit\n\n{QUESTION}\n\n{HEADERS}{OURS}")
    (row,) = (await box.office.bus.find(ListReplies())).rows
    assert row.words == QUESTION
    shown = await box.office.bus.find(ShowReply(reply_id=row.reply_id))
    assert "You are invited" in shown.text


async def test_an_answer_whose_mail_repeats_the_entry_has_no_words():
    box = await mailbox()
    text = "I will come, but I need step-free access and leave at 13:00. Ann"
    said = case("004")
    assert text in said
    said = said.replace(text, "Visit day at Hallam Primary School").replace(
        "SEQUENCE:0", "SEQUENCE:0\nDESCRIPTION:Visit day at Hallam Primary School"
    )
    assert await box.take(said) == "reply"
    assert await box.waiting() == []


@pytest.mark.parametrize(
    "notice",
    [
        "This email and any files transmitted with it are confidential and intended solely for the addressee.",
        "CAUTION: This email originated from outside of the organisation. Do not click links.",
        "If you have received this in error please delete it.",
        "Hillside Trust is registered in England, company number 01234567.",
        "This email has been scanned by Mimecast for viruses.",
        "Please consider the environment before printing.",
    ],
)
def test_what_servers_set_beside_every_mail_is_no_word_of_a_person(notice):
    assert words_beside(f"\n{notice}\n") == ""
    assert words_beside(f"See you there.\n\n{notice}") == "See you there."


def test_a_person_may_write_of_what_is_confidential():
    said = "This message is confidential: our head is unwell."
    assert words_beside(said) == said


@pytest.mark.parametrize(
    "line",
    [
        "Ann Marsh hat diese Einladung angenommen.",
        "Ann Marsh a accept\u00e9 cette invitation.",
        "Ann Marsh ha aceptado esta invitaci\u00f3n.",
        "Ann Marsh heeft deze uitnodiging geaccepteerd.",
        "Mae Ann Marsh wedi derbyn y gwahoddiad hwn.",
    ],
)
def test_lines_of_calendar_programs_in_other_languages(line):
    assert words_beside(f"{line}\n\nBesuch\nDonnerstag") == ""
