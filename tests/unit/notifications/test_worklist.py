"""What waits for a person, what is filed away, and what a person can do about it."""

import datetime as dt

import pytest

from shared.commands.notifications_replies import CloseReply, ListReplies, PlaceReply, ReplyRow, ShowReply
from shared.errors import Rejected
from shared.events.people import ContactForgotten
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, PLAIN_UID, SEALED_UID, Mailbox, case, mailbox

PERSON = "From: Ann <ann@schools.example>\nSubject: Question\n"


async def rows(box: Mailbox, state: str = "waiting") -> tuple[ReplyRow, ...]:
    found: tuple[ReplyRow, ...] = (await box.office.bus.find(ListReplies.model_validate({"state": state}))).rows
    return found


@pytest.mark.parametrize(
    "message",
    [
        case("021"),
        PERSON + "Auto-Submitted: auto-replied (vacation)\n\nAway",
        PERSON + "X-Autorespond: yes\n\nAway",
        PERSON + "Precedence: auto_reply\n\nAway",
        "From: ann@schools.example\nSubject: Automatic reply: Visit day\n\nAway",
        "From: ann@schools.example\nSubject: Abwesenheitsnotiz\n\nWeg",
        PERSON
        + 'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\n\n--b\n\nRead\n--b--',
        "From: ann@schools.example\nSubject: Read: Visit day\n\nRead",
    ],
)
async def test_what_a_machine_writes_is_filed_away(message):
    box = await mailbox()
    assert await box.take(message) == "ignored"
    assert (await rows(box), [row.why for row in await rows(box, "filed")]) == ((), ["Written by a machine."])


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (case("147"), "A mail that somebody wrote."),
        (PERSON + "Auto-Submitted: no\n\nHello", "A mail that somebody wrote."),
        ("From: ann@schools.example\nSubject: Reading: can we bring books?\n\n", "A mail that somebody wrote."),
        (
            "From: MAILER-DAEMON@mx.example\nAuto-Submitted: auto-replied\n\nGone",
            "A mail system's report that cannot be read.",
        ),
    ],
)
async def test_what_may_matter_waits_for_a_person(message, why):
    box = await mailbox()
    assert await box.take(message) == "triage"
    (row,) = await rows(box)
    assert row.why == why


async def test_a_message_is_shown_with_its_text_and_what_it_answers():
    box = await mailbox()
    await box.take(case("004", PLAIN_UID))
    (row,) = await rows(box)
    shown = await box.office.bus.find(ShowReply(reply_id=row.reply_id))
    assert (shown.answer, shown.target_id, shown.address) == ("accepted", world.VISIT, world.address(ANN))
    assert shown.text == "I will come, but I need step-free access and leave at 13:00. Ann"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("003", "I can only stay until noon"),
        ("004", "I will come, but I need step-free access and leave at 13:00. Ann"),
    ],
    ids=["COMMENT", "the mail's text"],
)
async def test_words_beside_an_answer_are_kept_with_it_by_person_and_visit(name, words):
    box = await mailbox()
    assert await box.take(case(name)) == "reply"
    assert box.answers() == [(ANN, "accepted")]
    (row,) = await rows(box)
    assert (row.why, row.words) == ("The answer (accepted) is taken; somebody wrote words beside it.", words)
    assert (row.answer, row.person, row.visit, row.on) == (
        "accepted", world.NAMES[ANN], "Hallam Primary School", dt.date(2027, 5, 13),
    )  # fmt: skip
    shown = await box.office.bus.find(ShowReply(reply_id=row.reply_id))
    assert shown.text == words


async def test_what_only_a_calendar_program_wrote_beside_an_answer_is_filed():
    box = await mailbox()
    text = "Ann Marsh has accepted this invitation."
    said = case("004").replace("I will come, but I need step-free access and leave at 13:00. Ann", text)
    assert await box.take(said) == "reply"
    assert await rows(box) == ()
    assert [row.why for row in await rows(box, "filed")] == [
        "The answer (accepted) is taken; the text beside it is a calendar program's."
    ]


async def test_an_answer_that_has_been_taken_already_leaves_a_trace():
    box = await mailbox()
    fates = [await box.take(one) for one in (case("037"), "Received: by a second relay\n" + case("037"))]
    assert fates == ["reply", "ignored"]
    assert [row.why for row in await rows(box, "filed")] == ["An answer that has been taken already."]


async def test_another_answer_under_the_same_message_id_counts():
    box = await mailbox()
    for said in ("TENTATIVE", "DECLINED"):
        assert await box.take(case("037").replace("PARTSTAT=TENTATIVE", f"PARTSTAT={said}")) == "reply"
    assert box.answers() == [(ANN, "tentative"), (ANN, "declined")]


async def test_words_beside_what_would_be_filed_wait_for_a_person():
    box = await mailbox()
    host = "per-1-cpd-lead"
    said = case("036", PLAIN_UID, host).replace("SEQUENCE:0", "SEQUENCE:0\nCOMMENT:Who else comes?")
    assert await box.take(said) == "triage"
    assert [row.words for row in await rows(box)] == ["Who else comes?"]


async def test_an_answer_that_only_outlook_reads_is_named_for_what_it_is():
    box = await mailbox()
    assert await box.take(case("011")) == "triage"
    (row,) = await rows(box)
    assert row.why == (
        "An Outlook answer that cannot be read (winmail.dat). It seems to accept. "
        "Ask them, then enter it: kindred replies answer"
    )
    assert (row.sender, row.subject, row.person) == (world.address(ANN), "Hello", world.NAMES[ANN])


@pytest.mark.parametrize(
    ("uid", "doubt"), [(SEALED_UID, ""), (PLAIN_UID, " Nothing proves that they say so themselves.")]
)
async def test_who_sends_somebody_else_waits_with_both_addresses(uid, doubt):
    box = await mailbox()
    assert await box.take(case("005", uid)) == "triage"
    (row,) = await rows(box)
    assert row.why == (
        f"{world.address(ANN)} would send bo.reed@hillside.example instead.{doubt} To allow it: kindred replies place"
    )
    assert (row.answer, row.person) == ("delegated", world.NAMES[ANN])
    shown = await box.office.bus.find(ShowReply(reply_id=row.reply_id))
    assert shown.delegated_to == "bo.reed@hillside.example"
    with pytest.raises(Rejected, match="delegated"):
        await box.ask(PlaceReply(reply_id=row.reply_id, person_id=ANN))
    assert (box.answers(), box.asked()) == ([], [])


async def test_a_question_shows_who_wrote_it_and_their_next_visit():
    box = await mailbox()
    await box.take(case("147"))
    (row,) = await rows(box)
    assert (row.person, row.visit, row.words) == (world.NAMES[ANN], "Hallam Primary School", "Could you ring me?")


async def test_a_question_that_answers_a_mail_of_ours_is_about_what_that_mail_was():
    box = await mailbox()
    await box.office.tell(world.event_scheduled())
    await box.office.deliver()
    mail = next(
        one for one in box.office.story.mails.mails.values()
        if one.person_id == ANN and one.target_id == world.VISIT
    )  # fmt: skip
    await box.take(f"In-Reply-To: {mail.message_id}\n{case('147')}")
    await box.take(case("147"))
    assert [row.target_id for row in await rows(box)] == [world.LAUNCH, world.VISIT]


async def test_messages_about_one_visit_are_found():
    box = await mailbox()
    await box.take(case("147"))
    await box.take("From: stranger@elsewhere.example\nSubject: Hello\n\nHello")
    found = await box.office.bus.find(ListReplies(target_id=world.VISIT))
    assert [row.person_id for row in found.rows] == [ANN]
    (_, stranger) = sorted(await rows(box), key=lambda row: row.sender == "stranger@elsewhere.example")
    assert (stranger.person, stranger.visit, stranger.target_id) == ("", "", "")


async def test_an_answer_that_somebody_places_counts_and_its_address_is_known_from_then_on():
    box = await mailbox()
    await box.take(case("007"))
    (row,) = await rows(box)
    await box.ask(PlaceReply(reply_id=row.reply_id, person_id=ANN))
    assert box.answers() == [(ANN, "accepted")]
    assert (await rows(box), [one.reply_id for one in await rows(box, "done")]) == ((), [row.reply_id])
    again = case("007").replace("ACCEPTED", "DECLINED").replace("Message-ID: <", "Message-ID: <2")
    assert await box.take(again) == "reply"
    assert box.answers()[1:] == [(ANN, "declined")]
    await box.office.tell(ContactForgotten(version=2, person_id=ANN))
    assert await box.office.stores.aliases.people_at("am@hillside.example") == []


async def test_an_alias_alone_proves_nothing():
    box = await mailbox()
    await box.office.stores.aliases.remember("am@hillside.example", ANN)
    assert await box.take(case("007", PLAIN_UID)) == "triage"
    assert box.answers() == []


@pytest.mark.parametrize(
    ("name", "person", "rule"),
    [("147", ANN, "no-answer"), ("037", "per-1-cpd-lead", "not-invited")],
    ids=["a question", "not invited"],
)
async def test_what_cannot_be_placed_is_refused_and_still_waits(name, person, rule):
    box = await mailbox()
    await box.take(case(name, PLAIN_UID))
    (row,) = await rows(box)
    with pytest.raises(Rejected, match=rule):
        await box.ask(PlaceReply(reply_id=row.reply_id, person_id=person))
    assert await rows(box) == (row,)


async def test_a_message_that_is_done_leaves_the_list():
    box = await mailbox()
    await box.take(case("147"))
    (row,) = await rows(box)
    await box.ask(CloseReply(reply_id=row.reply_id))
    assert await rows(box) == ()
    with pytest.raises(Rejected, match="unknown-reply"):
        await box.ask(CloseReply(reply_id="0" * 64))
