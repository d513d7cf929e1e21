"""Days that people agree end the task to choose them, and open what follows from them once for each placement."""

import datetime as dt

import pytest

from shared.events import agreed_visits as told
from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.agreed.exchange import HOST, MATCH, PROGRAMME, VISIT, VISITOR, lead
from tests.unit.tasks.office import Office

PLACED = dt.date(2026, 12, 1)
DUE = dt.date(2026, 12, 15)
HOSTING = (lead(HOST),)
BOTH = (VISITOR, *HOSTING)
FIRST, SECOND = dt.date(2027, 1, 12), dt.date(2027, 1, 19)
FACTS = {
    "arrangement_id": "arr-1", "programme_id": PROGRAMME, "activity": VISIT, "kind": "agreed-visit", "match_id": MATCH,
    "school_id": exchange.HOME, "host_school_id": HOST, "needed": 2,
}  # fmt: skip
ATTENDEES = tuple(told.Invited(person_id=one, role="practitioner") for one in BOTH)


def proposed(version=2, by=VISITOR, waiting_for=HOSTING):
    until = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
    return told.DaysProposed(
        version=version, **FACTS, person_id=by, days=(FIRST,), until=until, timezone="Europe/London",
        waiting_for=waiting_for,
    )  # fmt: skip


def day(kind, number, on, version=1, **facts):
    own = {key: value for key, value in FACTS.items() if key != "needed"}
    return kind(
        version=version, **own, visit_id=f"avi-{number}", person_id=VISITOR, number=number, on=on, starts=exchange.NINE,
        ends=exchange.THREE, timezone="Europe/London", attendees=ATTENDEES, **facts,
    )  # fmt: skip


def agreed(number, on):
    return day(told.AgreedVisitScheduled, number, on)


@pytest.fixture
async def office():
    found = Office(PLACED)
    await found.tell(*exchange.begun(2), exchange.placed())
    found.told()
    return found


def tasks(office, *keys):
    return {key: state for key, state in office.stand().items() if key[0] in keys}


async def test_both_are_asked_to_choose_days_and_are_done_once_as_many_are_agreed_as_are_needed(office):
    assert tasks(office, "dates") == {("dates", BOTH, MATCH): ("open", DUE)}
    await office.tell(agreed(1, FIRST))
    assert ("TaskDone", "dates", BOTH) not in office.told()
    await office.tell(agreed(2, SECOND), told.DaysSettled(version=3, **FACTS))
    assert ("TaskDone", "dates", BOTH) in office.told()


async def test_only_whose_turn_it_is_is_reminded(office):
    await office.tell(proposed())
    await office.until(dt.date(2026, 12, 8))
    (reminder,) = [one for one in office.events() if one.task == "dates"]
    assert reminder.silent == (lead(HOST),)
    assert reminder.person_ids == BOTH
    office.published.clear()
    await office.tell(proposed(3, lead(HOST), (VISITOR,)))
    await office.until(DUE)
    (reminder,) = [one for one in office.events() if one.task == "dates"]
    assert reminder.silent == (VISITOR,)


async def test_a_cancelled_day_opens_the_choice_again(office):
    await office.tell(agreed(1, FIRST), agreed(2, SECOND), told.DaysSettled(version=2, **FACTS))
    office.told()
    cancelled = day(told.AgreedVisitCancelled, 1, FIRST, version=2, why="person")
    await office.tell(cancelled, told.DaysReopened(version=3, **FACTS, agreed=1))
    assert ("TaskReopened", "dates", BOTH) in office.told()


async def test_the_notes_for_visitors_are_asked_once_however_many_days_there_are(office):
    await office.tell(agreed(2, SECOND), agreed(1, FIRST), told.DaysSettled(version=2, **FACTS))
    assert tasks(office, "pack") == {("pack", HOSTING, HOST): ("open", dt.date(2026, 12, 17))}


async def test_findings_are_asked_for_once_all_days_have_been_held(office):
    await office.tell(agreed(1, FIRST), agreed(2, SECOND), told.DaysSettled(version=2, **FACTS))
    await office.until(FIRST)
    await office.tell(day(told.AgreedVisitHeld, 1, FIRST, version=2, present=ATTENDEES))
    assert tasks(office, "findings") == {}
    await office.until(SECOND)
    await office.tell(day(told.AgreedVisitHeld, 2, SECOND, version=2, present=ATTENDEES))
    await office.tell(told.DaysCompleted(version=3, **FACTS, on=SECOND))
    assert tasks(office, "findings") == {("findings", (VISITOR,), MATCH): ("open", dt.date(2027, 2, 2))}
