"""What waits for a person, what is filed away, and what a person can do about it."""

import pytest

from shared.commands.notifications_replies import CloseReply, ListReplies, PlaceReply, ReplyRow, ShowReply
from shared.errors import Rejected
from shared.events.people import ContactForgotten
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, PLAIN_UID, Mailbox, case, mailbox

PERSON = "From: Ann <ann@schools.example>\nSubject: Question\n"


async def rows(box: Mailbox, state: str = "waiting") -> tuple[ReplyRow, ...]:
    found: tuple[ReplyRow, ...] = (await box.office.wired.find(ListReplies.model_validate({"state": state}))).rows
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
    shown = await box.office.wired.find(ShowReply(reply_id=row.reply_id))
    assert (shown.answer, shown.target_id, shown.address) == ("accepted", world.VISIT, world.address(ANN))
    assert shown.text.strip() == "I will come, but I need step-free access and leave at 13:00. Ann"


async def test_words_beside_an_answer_are_shown():
    box = await mailbox()
    assert await box.take(case("003")) == "reply"
    (row,) = await rows(box)
    shown = await box.office.wired.find(ShowReply(reply_id=row.reply_id))
    assert shown.text == "I can only stay until noon"


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
