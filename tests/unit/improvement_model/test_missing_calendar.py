"""An authority without term dates of the year: it is said that nothing is laid out at its schools; nothing is lost."""

import datetime as dt

import pytest

from services.scheduling.domain.calendars.records import AuthorityCalendar
from shared.commands.duties import DutyRows, ListDuties
from shared.commands.own import ListNeeds
from shared.commands.scheduling import CloseSchoolDays
from shared.events.base import DateSpan
from tests.unit.improvement_model.trust import Trust, mail
from tests.unit.portal.bad_input.desks import desk, said

ROTHERHAM, DUTY = "372", "break-duty"
SAID = (
    "Authority 372 has no term dates of the school year from September 2026: no duty is laid out at School 101 until "
    "they are imported."
)


@pytest.fixture
async def trust() -> Trust:
    """School 101 is of an authority whose term dates are those of another year."""
    trust = Trust({101: ROTHERHAM})
    await _dates(trust, dt.date(2025, 9, 2))
    return await trust.open()


async def _dates(trust: Trust, first: dt.date) -> None:
    days = tuple(day for day in (first + dt.timedelta(days=one) for one in range(300)) if day.weekday() < 5)
    calendar = AuthorityCalendar(authority_code=ROTHERHAM, source="its website", days=days)
    await trust.town.scheduling_stores.calendars.put(calendar)


async def listed(trust: Trust) -> DutyRows:
    query = ListDuties(programme_id=trust.programme_id, activity=DUTY)
    found: DutyRows = await trust.town.find(query)
    return found


async def test_the_others_have_their_duties_and_the_coordinator_reads_what_is_missing(trust: Trust) -> None:
    found = await listed(trust)
    assert {one.school for one in found.duties} == {f"School {urn}" for urn in trust.schools} - {"School 101"}
    assert [(one.authority_code, one.schools) for one in found.missing] == [(ROTHERHAM, ("School 101",))]
    needs = (await trust.town.find(ListNeeds(programme_id=trust.programme_id))).needs
    assert SAID in [one.sentence for one in needs]
    at = await desk(trust.town, "Cora Coe", mail("Cora"))
    assert SAID in said(await at.look(f"/console/programmes/{trust.programme_id}/duties"))


async def test_once_they_are_there_the_school_has_its_duties_too(trust: Trust) -> None:
    before = {one.school: one.days for one in (await listed(trust)).duties}
    await _dates(trust, dt.date(2026, 9, 2))
    day = dt.date(2026, 12, 1)
    await trust.town.ask(CloseSchoolDays(school_id=trust.schools[101], days=(DateSpan(first=day, last=day),)))
    await trust.town.to(trust.town.clock.at + dt.timedelta(minutes=5))
    found = await listed(trust)
    after = {one.school: one.days for one in found.duties}
    assert found.missing == ()
    assert {school: days for school, days in after.items() if school != "School 101"} == before
    assert after["School 101"] > 180
