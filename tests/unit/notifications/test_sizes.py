"""However much a notice is about: it counts all, lists the first twenty, and stays under 100 kB."""

import datetime as dt
from email import message_from_bytes, policy

import pytest

from services.notifications.domain import words
from services.notifications.domain.lists import MOST_LISTED, cut, first
from services.notifications.domain.mail import Mail
from services.notifications.mail.builder import Builder, Written
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import take
from shared.events.matching import Blocked, CohortFormationFailed
from shared.events.scheduling import Clash, CoordinatorAsked, SchedulingFailed
from tests.fakes.notifications import FixedServices
from tests.unit.notifications import world
from tests.unit.notifications.post_office import DIGEST, PostOffice, opened
from tests.unit.notifications.story import Story
from tests.unit.notifications.test_golden import OFFICE
from tests.unit.notifications.test_writing import write

MOST_BYTES = 100_000
MANY = 5_000
WELSH = "Ŷ ŵyn yn y cae: ni all Ysgol Gynradd Llanfairpwllgwyngyll ddod ar y dydd hwn. "


def text_of(written: Written) -> str:
    return " ".join(written.built.text.split())


async def notice(office: PostOffice) -> Mail:
    (found,) = [one for one in office.story.mails.mails.values() if one.template == "bounce-notice"]
    return found


@pytest.mark.parametrize("count", [1, 20, 21, MANY])
async def test_a_notice_of_mails_that_did_not_arrive(count):
    office = await opened()
    await office.tell(world.visit_scheduled())
    (mail, *_) = office.story.mails.mails.values()
    office.story.mails.mails.clear()
    for number in range(count):
        lost = {
            "mail_id": f"mai-{number:05}", "state": "failed", "subject": f"{number:05} {WELSH * 9}",
            "detail": "The relay answered 554 " + WELSH * 9, "to": world.address(mail.person_id),
            "changed_at": office.clock.at,
        }  # fmt: skip
        office.story.mails.mails[f"mai-{number:05}"] = mail.model_copy(update=lost)
    office.story.mails.unpublished_ids.add("mai-00000")
    await office.outcomes.publish()
    office.clock.advance(DIGEST)
    written = await write(office.story, await notice(office))
    text = text_of(written)
    assert written.built.subject.startswith(f"{count} mail{'s' if count > 1 else ''} of ")
    assert text.count("Address:") == min(count, MOST_LISTED)
    assert ("more: the page shows them all" in text) == (count > MOST_LISTED)
    if count == MANY:
        assert "And 4980 more: the page shows them all." in text
    assert len(written.built.mime) < MOST_BYTES


async def test_a_notice_of_what_blocks_the_dates():
    clashes = tuple(
        Clash(rule="no-free-day", sentence=f"{number}: {WELSH * 20}", relaxing_gives=WELSH * 3)
        for number in range(MANY)
    )
    story = await Story().enrol()
    failed = SchedulingFailed(version=1, cohort_id="coh-1", programme_id=world.PROGRAMME, blocking=clashes)
    (mail,) = await story.tell(failed)
    written = await write(story, mail)
    assert "the first 20 of 5000 reasons" in text_of(written)
    assert "And 4980 more, to be seen with the calendar." in text_of(written)
    assert len(written.built.mime) < MOST_BYTES
    assert len(mail.model_dump_json()) < MOST_BYTES


async def test_a_notice_of_what_keeps_groups_from_forming():
    blocking = tuple(Blocked(rule="travel", sentence=f"{number}: {WELSH * 20}") for number in range(MANY))
    story = await Story().enrol()
    (mail,) = await story.tell(
        CohortFormationFailed(version=1, programme_id=world.PROGRAMME, blocking=blocking, sentence=WELSH * 1000)
    )
    written = await write(story, mail)
    assert "These are the first 20 of 5000 reasons." in text_of(written)
    assert len(written.built.mime) < MOST_BYTES


async def test_a_question_whose_sentence_names_hundreds_of_visits():
    story = await Story().enrol()
    asked = CoordinatorAsked(
        version=1, cohort_id="coh-1", programme_id=world.PROGRAMME, target_id=world.GROUP, target_kind="group",
        question="calendar-clash", sentence=WELSH * MANY,
    )  # fmt: skip
    (mail,) = await story.tell(asked)
    written = await write(story, mail)
    assert "…" in text_of(written)
    assert len(written.built.mime) < MOST_BYTES


async def test_a_refusal_of_very_many_days_with_very_long_notes():
    story = await Story().enrol()
    (mail,) = mails = await story.tell(world.dates_refused())
    days = tuple(dt.date(2027, 1, 1) + dt.timedelta(days=number) for number in range(MANY))
    (note, *_) = world.agreement().notes
    notes = (note.model_copy(update={"note": WELSH * 1000}),) * 3
    detail = world.agreement().model_copy(update={"offers": days, "notes": notes})
    builder = Builder(OFFICE, Renderer(), FixedServices(detail=detail))
    known = await builder.look_up(await take(story.sources, mails, story.at), mails)
    written = await builder.write(mail, known, story.at)
    assert "and 4980 more" in text_of(written)
    assert len(written.built.mime) < MOST_BYTES


async def test_an_offer_of_very_many_days():
    story = await Story().enrol()
    days = tuple(dt.date(2027, 1, 1) + dt.timedelta(days=number) for number in range(MANY))
    (mail, _) = await story.tell(world.dates_offered().model_copy(update={"offers": days}))
    written = await write(story, mail)
    assert "And 4980 more, which you see on the page." in text_of(written)
    assert len(written.built.mime) < MOST_BYTES


def test_names_in_a_sentence_are_bounded():
    names = [f"Name {number}" for number in range(MANY)]
    assert words.listed(names[:3]) == "Name 0, Name 1 and Name 2"
    assert words.listed(names[:20]).endswith("Name 18 and Name 19")
    assert words.listed(names[:21]).endswith("Name 19 and 1 other")
    assert words.listed(names).endswith("Name 18, Name 19 and 4,980 others")
    assert len(words.listed(names)) < 1_000


def test_lists_and_texts_are_bounded_exactly():
    assert first(range(20)) == (tuple(range(20)), 0)
    assert first(range(23)) == (tuple(range(20)), 3)
    assert (cut("a" * 10, 10), cut("a" * 11, 10)) == ("a" * 10, "a" * 8 + " …")
    assert all(len(cut(WELSH * 9, longest)) <= longest for longest in range(10, 400))


async def test_no_calendar_has_a_property_without_a_value():
    """Some calendars show an empty LOCATION as a place of no name."""
    story = await Story().enrol()
    anywhere = world.event_scheduled().model_copy(update={"place": ""})
    for event in (world.visit_scheduled(), anywhere, world.dates_agreed(), world.call_booked()):
        for mail in await story.tell(event):
            message = message_from_bytes((await write(story, mail)).built.mime, policy=policy.default)
            (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
            lines = part.get_content().replace("\r\n", "\n").replace("\n ", "").splitlines()
            assert [line for line in lines if line.endswith(":")] == []
            assert any(line.startswith("LOCATION") for line in lines) == (event == world.visit_scheduled())
