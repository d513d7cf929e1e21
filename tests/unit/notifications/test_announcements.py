"""How a coordinator hears of what came in by mail: at once where a day is near or somebody wrote, else once a day."""

import datetime as dt
from email.message import EmailMessage
from itertools import islice

import pytest

from services.notifications.domain.decisions.replies import MOST_FORWARDED
from services.notifications.domain.lists import MOST_LISTED
from services.notifications.domain.mail import Mail
from services.notifications.domain.near import ahead
from services.notifications.domain.states import WAITING
from shared.commands.notifications_replies import CloseReply, ListReplies
from shared.events.scheduling import VisitCancelled
from tests.fakes.notifications.other_services import days_after
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, PLAIN_UID, Mailbox, case, mailbox
from tests.unit.notifications.test_inbound import text_of

STRANGER = "From: stranger@elsewhere.example\nSubject: Hello\n\nWhich mailbox is this?"
CORA = world.address("per-co")
LONDON_MORNING = dt.datetime(2026, 9, 8, 6, tzinfo=dt.UTC)
"""7:00 in London, the morning after the fakes' first day, a Monday."""
WELSH = "\u0176 \u0175yn yn y cae: ni all Ysgol Gynradd Llanfairpwllgwyngyll ddod ar y dydd hwn. "


def kinds(mails: list[Mail]) -> list[tuple[str, str]]:
    return sorted((mail.template, mail.person_id) for mail in mails)


async def near() -> Mailbox:
    """A mailbox nine working days before the visit."""
    box = await mailbox()
    box.office.clock.at = dt.datetime(2027, 4, 30, 9, tzinfo=dt.UTC)
    return box


async def sent(box: Mailbox, after: dt.timedelta = dt.timedelta(0)) -> list[EmailMessage]:
    """The mails that go out to the coordinator by then."""
    before = len(box.office.mailboxes.to(CORA))
    await box.office.deliver(after)
    return box.office.mailboxes.to(CORA)[before:]


async def test_a_question_goes_to_the_coordinator_at_once_and_a_reply_to_the_address_on_the_card():
    box = await mailbox()
    await box.take(case("147"))
    assert kinds(await box.announce()) == [("replies-waiting", "per-co"), ("reply-forwarded", "per-co")]
    (mail,) = await sent(box)
    assert (mail["Subject"], mail["Reply-To"]) == (
        f"{world.NAMES[ANN]}, Hallam Primary School, Thursday 13 May 2027",
        f"{world.NAMES[ANN]} <{world.address(ANN)}>",
    )
    text = text_of(mail)
    assert "\r\n  Could you ring me?\r\n" in text
    assert "/console/replies/" in text
    assert await box.announce() == []


@pytest.mark.parametrize("name", ["003", "004"])
async def test_words_beside_an_answer_go_to_the_coordinator_with_the_answer_and_to_nobody_else(name):
    box = await mailbox()
    await box.take(case(name))
    await box.announce()
    before = len(box.office.mailboxes.mails)
    await box.office.deliver(dt.timedelta(days=3))
    written = {"003": "I can only stay until noon", "004": "I need step-free access"}[name]
    told = [(to, written in " ".join(text_of(mail).split())) for _, to, mail in box.office.mailboxes.mails[before:]]
    assert told == [(CORA, True), (CORA, True)]
    assert "Answer: accepted" in text_of(box.office.mailboxes.to(CORA)[0])
    published = "".join(one.model_dump_json() for one in box.office.transact.published)
    assert written not in published


async def test_an_alias_is_answered_at_the_address_on_the_card():
    box = await mailbox()
    await box.office.stores.aliases.remember("am@hillside.example", ANN)
    await box.take("From: am@hillside.example\nSubject: Parking\n\nWhere do I park?")
    await box.announce()
    (mail,) = await sent(box)
    assert (mail["Reply-To"], "am@hillside.example" in text_of(mail)) == (
        f"{world.NAMES[ANN]} <{world.address(ANN)}>", True,
    )  # fmt: skip


async def test_what_a_stranger_writes_stands_in_the_list_of_the_next_morning_only():
    box = await mailbox()
    await box.take(STRANGER)
    (listed,) = await box.announce()
    assert (listed.template, listed.person_id, listed.try_at) == ("replies-waiting", "per-co", LONDON_MORNING)
    assert await sent(box) == []
    (mail,) = await sent(box, dt.timedelta(days=1))
    assert mail["Subject"] == "1 mail waits for you"
    assert "\r\n  Which mailbox is this?\r\n" in text_of(mail)
    assert "Why: A mail that somebody wrote." in text_of(mail)


async def test_there_is_one_list_a_day_of_all_that_waits_and_none_where_nothing_is_new():
    box = await mailbox()
    for number in range(3):
        await box.take(STRANGER + str(number))
        await box.announce()
    assert [mail["Subject"] for mail in await sent(box, dt.timedelta(days=1))] == ["3 mails wait for you"]
    assert await sent(box, dt.timedelta(days=1)) == []
    await box.take(STRANGER + "again")
    await box.announce()
    assert [mail["Subject"] for mail in await sent(box, dt.timedelta(days=1))] == ["4 mails wait for you"]


async def test_there_is_no_list_where_all_is_dealt_with():
    box = await mailbox()
    await box.take(STRANGER)
    (listed,) = await box.announce()
    (row,) = (await box.office.bus.find(ListReplies())).rows
    await box.ask(CloseReply(reply_id=row.reply_id))
    assert await sent(box, dt.timedelta(days=1)) == []
    kept = box.office.story.mails.mails[listed.mail_id]
    assert (kept.state, kept.detail) == ("suppressed", "Somebody has dealt with what it is about.")


async def test_what_is_filed_is_not_told():
    box = await mailbox()
    await box.take(case("021"))
    await box.take(case("036", world.uid(world.VISIT, "per-1-cpd-lead"), "per-1-cpd-lead"))
    assert await box.announce() == []


@pytest.mark.parametrize(
    ("day", "at_once"),
    [
        (dt.date(2027, 4, 28), False),
        (dt.date(2027, 4, 29), True),
        (dt.date(2027, 5, 13), True),
        (dt.date(2027, 5, 14), False),
    ],
    ids=["eleven working days before", "ten", "the day itself", "the day after"],
)
async def test_what_concerns_the_next_ten_working_days_is_told_at_once(day, at_once):
    box = await mailbox()
    box.office.clock.at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    await box.take(case("037", PLAIN_UID))
    assert ("reply-forwarded", "per-co") in kinds(told := await box.announce()) or not at_once
    assert len(told) == 1 + at_once
    if at_once:
        (mail, *_) = await sent(box)
        assert mail["Subject"] == f"Soon: {world.NAMES[ANN]}, Hallam Primary School, Thursday 13 May 2027"
        assert "within the next ten working days" in " ".join(text_of(mail).split())


async def test_where_nobody_tells_the_working_days_rather_more_is_told_at_once():
    box = await mailbox()
    box.office.services.silent = True
    box.office.clock.at = dt.datetime(2027, 4, 23, 9, tzinfo=dt.UTC)
    await box.take(case("037", PLAIN_UID))
    assert len(await box.announce()) == 2


async def test_a_visit_that_does_not_take_place_is_not_near():
    box = await near()
    facts = {**world.visit_facts(version=3, sequence=1), "why": "coordinator"}
    await box.office.tell(VisitCancelled.model_validate(facts))
    await box.take(case("037", PLAIN_UID))
    assert ("reply-forwarded", "per-co") not in kinds(await box.announce())


async def test_a_coordinator_is_not_sent_their_own_words():
    box = await mailbox()
    await box.take(f"From: {CORA}\nSubject: Test\n\nDoes this arrive?")
    assert kinds(await box.announce()) == [("replies-waiting", "per-co")]


async def test_a_notice_that_comes_back_to_the_mailbox_ends_there():
    box = await mailbox()
    await box.take(case("147"))
    await box.announce()
    (mail,) = await sent(box)
    assert await box.take(str(mail)) == "ignored"
    assert await box.announce() == []


async def test_a_flood_fills_the_list_and_not_the_coordinators_inbox():
    box = await mailbox()
    for number in range(MOST_FORWARDED + 30):
        await box.take(case("147") + str(number))
    told: list[Mail] = []
    while more := await box.announce():
        told += more
    assert len([mail for mail in told if mail.template == "reply-forwarded"]) == MOST_FORWARDED
    box.office.clock.advance(dt.timedelta(days=1))
    await box.take(case("147") + "tomorrow")
    assert ("reply-forwarded", "per-co") in kinds(await box.announce())


@pytest.mark.parametrize("count", [1, MOST_LISTED, MOST_LISTED + 1, 300])
async def test_a_list_counts_all_shows_the_first_and_stays_small(count):
    box = await mailbox()
    for number in range(count):
        await box.take(f"From: {'x' * 300}{number}@elsewhere.example\nSubject: {WELSH * 20}\n\n{WELSH * 200}{number}")
    await box.announce()
    (mail,) = await sent(box, dt.timedelta(days=1))
    text = " ".join(text_of(mail).split())
    assert mail["Subject"] == f"{count} mail{'s wait' if count > 1 else ' waits'} for you"
    assert text.count("Open it:") == min(count, MOST_LISTED)
    assert (f"And {count - MOST_LISTED} more: the page lists them all." in text) == (count > MOST_LISTED)
    assert len(bytes(mail)) < 100_000


async def test_what_is_forwarded_is_text_and_small():
    box = await mailbox()
    html = "<script>alert(1)</script><img src=x><a href='https://evil.example'>Click</a>" + WELSH * 2000
    await box.take(f"From: {world.address(ANN)}\nSubject: <b>Hi</b>\nContent-Type: text/html; charset=utf-8\n\n{html}")
    await box.announce()
    (mail,) = await sent(box)
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/html"]
    page = str(part.get_content())
    assert "<script>" not in page
    assert "evil.example" not in page
    assert "&lt;b&gt;Hi&lt;/b&gt;" in page
    assert len(bytes(mail)) < 100_000


async def test_a_coordinator_of_an_earlier_year_hears_nothing_of_strangers():
    box = await mailbox()
    old = world.opened().model_copy(update={"programme_id": "prg-0", "coordinator_id": "per-old", "year": 2025})
    await box.office.tell(old)
    await box.take(STRANGER)
    assert kinds(await box.announce()) == [("replies-waiting", "per-co")]


async def test_two_coordinators_each_see_their_own():
    box = await mailbox()
    other = world.opened().model_copy(update={"programme_id": "prg-2", "coordinator_id": "per-fac"})
    await box.office.tell(other)
    await box.take(case("147"))
    assert kinds(await box.announce()) == [("replies-waiting", "per-co"), ("reply-forwarded", "per-co")]
    await box.take(STRANGER)
    assert kinds(await box.announce()) == [("replies-waiting", "per-fac")]
    await box.office.deliver(dt.timedelta(days=1))
    subjects = {to: mail["Subject"] for _, to, mail in box.office.mailboxes.mails if "wait" in mail["Subject"]}
    assert subjects == {CORA: "2 mails wait for you", world.address("per-fac"): "1 mail waits for you"}


async def test_what_waits_is_forgotten_with_its_writer_before_it_is_told():
    from shared.events.people import ContactForgotten

    box = await mailbox()
    await box.take(case("147"))
    told = await box.announce()
    await box.office.tell(ContactForgotten(version=2, person_id=ANN))
    assert await sent(box, dt.timedelta(days=1)) == []
    states = {box.office.story.mails.mails[mail.mail_id].state for mail in told}
    assert states.isdisjoint(WAITING)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-09-07T05:00", "2026-09-07T06:00"),
        ("2026-09-07T06:00", "2026-09-08T06:00"),
        ("2026-09-11T12:00", "2026-09-14T06:00"),
        ("2026-09-12T03:00", "2026-09-14T06:00"),
        ("2026-12-01T08:00", "2026-12-02T07:00"),
    ],
    ids=["before seven", "at seven", "on Friday", "on Saturday", "in winter"],
)
def test_the_list_goes_out_at_seven_on_a_working_day(now, morning):
    at, expected = (dt.datetime.fromisoformat(f"{one}+00:00") for one in (now, morning))
    every = days_after(at.date() - dt.timedelta(days=1))
    days = tuple(islice((day for day in every if day.weekday() < 5), 11))
    assert ahead(days, at).morning == expected
