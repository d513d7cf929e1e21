"""Mails that tell of very much at once, besides notices: each stays under 100 kB, and nothing is left unsaid."""

import datetime as dt
from email.message import EmailMessage

import pytest

from services.notifications.domain.completions import brief
from services.notifications.domain.decisions.programme_news import MOST_ENTRIES
from services.notifications.domain.lists import within
from services.notifications.mail.builder import Builder, Written
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import take
from shared.commands.event_programmes import MOST_ITEMS, EventItem
from shared.events.scheduling import CohortEventScheduled, VisitScheduled
from tests.fakes.notifications import FixedServices
from tests.unit.notifications import exchange, world
from tests.unit.notifications.exchange import VISITOR, person
from tests.unit.notifications.post_office import PostOffice
from tests.unit.notifications.story import BRIEF, Story
from tests.unit.notifications.test_golden import OFFICE
from tests.unit.notifications.test_sizes import MOST_BYTES, WELSH
from tests.unit.notifications.test_standing import calendars, text

ESSAY = WELSH * 24
"""About as long as a paragraph may be."""


async def written(event: VisitScheduled | CohortEventScheduled, services: FixedServices) -> Written:
    story = await Story().enrol()
    mails = await story.tell(event)
    mail = next(one for one in mails if one.person_id == "per-2-headteacher")
    await story.stores.completions.put(brief(world.VISIT))
    builder = Builder(OFFICE, Renderer(), services)
    known = await builder.look_up(await take(story.sources, [mail], story.at), [mail])
    return await builder.write(mail, known, story.at)


async def postponed(count: int) -> list[EmailMessage]:
    office = PostOffice()
    await exchange.begin(office.story)
    office.clock.at = dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC)
    first = dt.date(2027, 3, 1)
    for number in range(count):
        on = first + dt.timedelta(days=number % 80)
        await office.story.bus.handle(exchange.visit(visit_id=f"vis-{number:03}", on=on))
    await office.deliver()
    office.mailboxes.mails.clear()
    await office.tell(exchange.postponed())
    await office.deliver()
    return office.mailboxes.to(f"{VISITOR}@schools.example")


@pytest.mark.parametrize(("count", "mails"), [(0, 1), (MOST_ENTRIES, 1), (MOST_ENTRIES + 1, 2), (300, 8)])
async def test_every_date_that_falls_away_leaves_the_calendar_in_as_many_mails_as_it_takes(count, mails):
    told = await postponed(count)
    assert len(told) == mails
    assert len({uid for mail in told for _, uid, _ in calendars(mail)}) == count
    assert max(len(bytes(mail)) for mail in told) < MOST_BYTES
    several = f"{count} dates of yours fall away. They come in several mails"
    assert [several in text(mail) for mail in told] == [mails > 1] * mails


async def test_an_event_with_as_long_an_agenda_as_can_be_entered():
    items = tuple(
        EventItem(
            title=f"{number} {WELSH * 3}"[:200],
            speaker=(WELSH * 3)[:200],
            sector=WELSH[:80],
            material=f"https://example.org/{'a' * 400}",
        )
        for number in range(MOST_ITEMS)
    )
    services = FixedServices(BRIEF)
    programme = world.event_programme()
    venue = programme.venue.model_copy(update={"access": (WELSH * 9)[:500]})

    async def described(*_: object) -> object:
        return programme.model_copy(update={"agenda": items, "venue": venue})

    services.event_programme = described  # type: ignore[assignment, method-assign]  # what is entered here alone
    found = (await written(world.event_scheduled(), services)).built
    assert "And 20 more, which you see on the page" in " ".join(found.text.split())
    assert len(found.mime) < MOST_BYTES


async def test_a_brief_as_long_as_can_be_written():
    notes = {"sign_in": (WELSH * 20)[:1000], "identity": (WELSH * 20)[:500], "parking": (WELSH * 20)[:1000]}
    long = {"practice": WELSH * 500, "challenge": WELSH * 500, "notes": BRIEF.notes.model_copy(update=notes)}
    found = (await written(world.visit_scheduled(), FixedServices(BRIEF.model_copy(update=long)))).built
    assert "(more on the page)" in found.text
    assert len(found.mime) < MOST_BYTES


async def test_a_day_full_of_news_in_a_template_s_own_long_words():
    office = PostOffice()
    await exchange.begin(office.story, 12)
    said = ["{school.name} " + ESSAY, ESSAY, ESSAY]
    await office.tell(exchange.opened(exchange.worded(digest="d", subject="{school.name}", text=said)))
    for number in range(60):
        await office.tell(exchange.findings(entry_id=f"ent-{number}", school_id=exchange.school(1 + number % 12)))
    await office.deliver(dt.timedelta(hours=24))
    (mail,) = office.mailboxes.to(f"{person(2, 'cpd-lead')}@schools.example")
    assert mail["Subject"] == "12 messages: Northern project exchange"
    assert all(f"Riverside School {number}" in text(mail) for number in range(1, 13))
    assert len(bytes(mail)) < MOST_BYTES


def test_texts_are_bounded_together():
    assert within(["a" * 50, "b" * 50], 100) == ("a" * 50, "b" * 50)
    assert within(["a" * 50, "b" * 60], 100) == ("a" * 50, "b" * 48 + " …")
    assert within(["a" * 90, "b" * 50, "c"], 100) == ("a" * 90 + " …",)
    assert sum(map(len, within([WELSH * 9] * 9, 1_000))) <= 1_002


async def test_a_place_of_blanks_is_no_place():
    anywhere = world.event_scheduled().model_copy(update={"place": "  "})
    mime = (await written(anywhere, FixedServices(BRIEF))).built.mime
    assert b"LOCATION" not in mime
