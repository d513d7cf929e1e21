"""Schools of one trust train together, on days of their own; nobody's answers can be worked out from totals."""

import dataclasses
import datetime as dt

import pytest

from shared.commands.parties import ListParties, TrainTogether, WithdrawParty
from shared.commands.programmes import WithdrawSchool
from shared.commands.sessions import CourseDetail, ListCourses, PlanSessions, PublishSessions, SetSessions, ShowCourse
from shared.errors import Rejected
from shared.events.scheduling_parts import CohortEventScheduled
from tests.unit.leadership_journey.teams import Teams

NAME, KEY = "Alder schools", "training"
DAYS = tuple(
    dt.date.fromisoformat(day)
    for day in (
        "2026-11-04", "2026-12-02", "2027-01-13", "2027-02-10", "2027-04-21", "2027-05-19", "2027-09-22", "2027-10-20",
        "2028-01-12", "2028-02-09", "2028-04-26", "2028-05-17",
    )
)  # fmt: skip


class Trusts(Teams):
    """Schools 0 and 1 are of one trust, school 2 is of another, school 3 of none."""

    @staticmethod
    def school(number):
        code = {0: "16028", 1: "16028", 2: "17000"}.get(number)
        return dataclasses.replace(Teams.school(number), trust_code=code, trust=f"Trust {code}" if code else None)


@pytest.fixture
async def teams():
    return await Trusts().open(schools=4, team=2)


async def courses(teams) -> dict[str, CourseDetail]:
    found = await teams.town.find(ListCourses(programme_id=teams.programme_id))
    return {one.school: one for one in found.courses if one.activity == KEY}


async def parties(teams):
    return (await teams.town.find(ListParties(programme_id=teams.programme_id))).parties


def places(course: CourseDetail) -> set[str]:
    return {one.school for one in course.places if one.state != "ended"}


async def test_schools_of_one_trust_have_days_of_their_own_and_all_others_share_a_set(teams):
    done = await teams.ask(TrainTogether, name=NAME, urns=(100, 101))
    assert done.sentence.startswith("2 schools train together as Alder schools")
    await teams.ask(SetSessions, activity=KEY, school_id="sch-101", days=DAYS, although=True, because="So agreed.")
    planned = await teams.ask(PlanSessions, activity=KEY, school_id="sch-102")
    assert planned.sentence.startswith("Planned, nobody is told yet: ")
    await teams.ask(PublishSessions, activity=KEY)
    await teams.town.settle()
    found = await courses(teams)
    assert set(found) == {"", NAME}
    assert tuple(row.on for row in found[NAME].sessions) == DAYS
    assert places(found[NAME]) == {"School 0", "School 1"}
    assert places(found[""]) == {"School 2", "School 3"}
    own = {one.event_id for one in found[NAME].sessions}
    invited = {
        person.school_id
        for one in teams.town.of(CohortEventScheduled)
        if one.event_id in own
        for person in one.attendees
    }
    assert invited == {"sch-100", "sch-101"}
    titles = {one.title for one in teams.town.of(CohortEventScheduled) if one.event_id in own}
    assert "Leading together, Alder schools (1 of 12)" in titles
    with pytest.raises(Rejected, match="Schools have dates apart of “Leading together”: say which"):
        await teams.town.find(ShowCourse(programme_id=teams.programme_id, activity=KEY))


async def test_who_trains_together_is_of_one_trust_takes_part_and_trains_with_nobody_else(teams):
    with pytest.raises(Rejected, match="of one trust or federation by the register"):
        await teams.ask(TrainTogether, name=NAME, urns=(100, 102))
    with pytest.raises(Rejected, match="of one trust or federation by the register"):
        await teams.ask(TrainTogether, name=NAME, urns=(102, 103))
    with pytest.raises(Rejected, match="Two schools at least"):
        await teams.ask(TrainTogether, name=NAME, urns=(100, 100))
    with pytest.raises(Rejected, match="No school in the register has URN 999"):
        await teams.ask(TrainTogether, name=NAME, urns=(100, 999))
    await teams.ask(TrainTogether, name=NAME, urns=(100, 101))
    with pytest.raises(Rejected, match="School 0 trains together with Alder schools already"):
        await teams.ask(TrainTogether, name="Others", urns=(100, 101))
    again = await teams.ask(TrainTogether, name=NAME, urns=(100, 101))
    assert again.version == 2
    await teams.ask(WithdrawSchool, urn=101, reason="It merges.")
    with pytest.raises(Rejected, match="School 1 does not take part in 'Journey'; enrol it first"):
        await teams.ask(TrainTogether, name=NAME, urns=(100, 101))


async def test_who_leaves_the_others_or_is_on_its_own_again_comes_to_everybody_s_days(teams):
    await teams.ask(PlanSessions, activity=KEY)
    await teams.ask(PublishSessions, activity=KEY)
    await teams.town.settle()
    assert places((await courses(teams))[""]) == {f"School {number}" for number in range(4)}
    await teams.ask(TrainTogether, name=NAME, urns=(100, 101))
    await teams.town.to(teams.town.clock.at + dt.timedelta(minutes=5))
    found = await courses(teams)
    assert places(found[""]) == {"School 2", "School 3"}
    assert found[NAME].sessions == ()
    (party,) = await parties(teams)
    assert (party.kind, party.name, len(party.schools)) == ("together", NAME, 2)
    done = await teams.ask(WithdrawParty, party=NAME)
    assert done.sentence == "Alder schools train together no longer; each goes on by itself."
    await teams.town.to(teams.town.clock.at + dt.timedelta(minutes=5))
    assert places((await courses(teams))[""]) == {f"School {number}" for number in range(4)}
