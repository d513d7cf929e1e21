"""A programme whose template says everything invites by the kit's mails: groups, visits, events, with its own roles."""

import datetime as dt

import pytest

from shared.events import scheduling_parts
from shared.events.base import Event
from shared.events.matching import GroupFormed
from shared.template import Template
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import COORDINATOR, card, person, school, taken
from tests.unit.notifications.post_office import PostOffice

ROLES = ("speaker", "keeper", "treasurer")
VISIT = "vis-" + "5" * 32
TEMPLATE = Template.model_validate({
    "key": "circles", "version": 1, "title": "Circles", "summary": "Schools sit in circles.",
    "roles": [{"key": "speaker", "title": "keynote speaker"}, {"key": "keeper"}, {"key": "treasurer"}],
    "clock": {},
    "matching": [{"key": "circle", "kind": "groups", "sizes": [3]}],
    "activities": [
        {"key": "day", "kind": "visit", "title": "Circle day", "purpose": "Sit and listen.", "who": ["speaker"],
         "opens": "11-16", "closes": "05-28", "starts": "10:00", "ends": "14:30"},
    ],
    "tasks": [{"key": "tea", "who": ["host.keeper"], "do": {"confirm": "There is tea."}, "opens": "day", "due": "day"}],
})  # fmt: skip


@pytest.fixture
async def office() -> PostOffice:
    """Three schools, each with two people."""
    office = PostOffice()
    bus = office.story.bus
    await bus.handle(exchange.opened(TEMPLATE), card(COORDINATOR, "Cora Denholm"))
    for number in (1, 2, 3):
        await bus.handle(exchange.enrolled(number))
        for role in ROLES:
            await bus.handle(
                card(person(number, role), f"{role.title()} {number}"), taken(person(number, role), role, number)
            )
    return office


def speakers() -> list[dict[str, object]]:
    return [
        {"person_id": person(number, "speaker"), "role": "speaker", "school_id": school(number)} for number in (1, 2, 3)
    ]


def told(kind: type[Event], **changes: object) -> Event:
    facts: dict[str, object] = {
        "version": 1, "visit_id": VISIT, "cohort_id": "coh-1", "programme_id": exchange.PROGRAMME, "group_id": "grp-1",
        "activity": "day", "host_school_id": school(2), "on": dt.date(2027, 5, 13), "starts": dt.time(10),
        "ends": dt.time(14, 30), "timezone": "Europe/London", "facilitator_id": None, "attendees": speakers(),
    }  # fmt: skip
    return kind.model_validate({**facts, **changes})


def scheduled() -> Event:
    return told(scheduling_parts.VisitScheduled)


def formed() -> GroupFormed:
    return GroupFormed(
        version=1, group_id="grp-1", cohort_id="coh-1", programme_id=exchange.PROGRAMME, revision=1, number=1,
        school_ids=tuple(map(school, (1, 2, 3))),
    )  # fmt: skip


async def test_everybody_named_by_a_school_learns_of_its_group(office):
    await office.tell(formed())
    await office.deliver()
    rows = (await office.listed()).mails
    assert {row.person_id for row in rows} == {person(number, role) for number in (1, 2, 3) for role in ROLES}
    assert {row.template for row in rows} == {"cohort-formed"}


async def test_who_comes_is_invited_with_a_calendar_entry_in_the_words_of_the_template(office):
    await office.tell(formed())
    await office.tell(scheduled())
    await office.deliver()
    (*_, mail) = office.mailboxes.to(f"{person(1, 'speaker')}@schools.example")
    assert mail["Subject"] == "Please answer: circle day at Riverside School 2, Thursday 13 May 2027"
    body = mail.get_body(("plain",)).get_content()
    assert "Sit and listen." in body
    assert "keynote speaker" in body
    calendar = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert "METHOD:REQUEST" in calendar.get_content()
    assert "where to sign in" not in body
    rows = (await office.listed()).mails
    assert {one.template for one in rows if "keeper" in one.person_id} == {"cohort-formed"}


async def test_a_visit_that_moves_or_falls_away_leaves_and_enters_calendars(office):
    await office.tell(scheduled())
    moved = {
        "version": 2,
        "on": dt.date(2027, 5, 20),
        "moved_from": dt.date(2027, 5, 13),
        "why": "illness",
        "sequence": 1,
    }
    await office.tell(told(scheduling_parts.VisitMoved, **moved))
    await office.tell(told(scheduling_parts.VisitCancelled, version=3, why="illness", sequence=2))
    await office.deliver()
    kinds = [one.template for one in (await office.listed()).mails if one.person_id == person(3, "speaker")]
    assert sorted(set(kinds)) == ["visit-cancelled", "visit-invitation", "visit-moved"]
    others = [one for one in (await office.listed()).mails if "speaker" not in one.person_id]
    told_besides = [(one.person_id, one.template) for one in others]
    assert sorted(told_besides) == [(person(2, "keeper"), kind) for kind in ("visit-cancelled", "visit-moved")]


async def test_a_cohort_event_invites_with_its_place(office):
    facts = {
        "version": 1, "event_id": "evt-" + "6" * 32, "cohort_id": "coh-1", "programme_id": exchange.PROGRAMME,
        "activity": "feast", "title": "A feast", "on": dt.date(2027, 6, 10), "starts": dt.time(12),
        "ends": dt.time(16), "timezone": "Europe/London", "place": "The barn, Mill Lane", "attendees": speakers(),
    }  # fmt: skip
    await office.tell(scheduling_parts.CohortEventScheduled.model_validate(facts))
    await office.deliver()
    (mail,) = office.mailboxes.to(f"{person(1, 'speaker')}@schools.example")
    assert "A feast" in mail["Subject"] or "a feast" in mail["Subject"]
    assert "The barn, Mill Lane" in mail.get_body(("plain",)).get_content()
