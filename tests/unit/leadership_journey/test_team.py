"""A team of six: a seventh only by arrangement, with a reason; four are fine after a talk, and middle leaders fit."""

import pytest

from shared.commands.participation import ExceptFromRule, ListParticipation, ParticipationRow, ParticipationRows
from shared.commands.programmes import AddPerson, EnrolSchool, PersonDetails
from shared.errors import Rejected
from shared.events.participation import RuleExcepted
from tests.unit.leadership_journey.teams import Teams

MOST, LEAST = "most-people", "least-people"


def details(role: str, number: int) -> PersonDetails:
    return PersonDetails(role=role, name=f"Extra {number}", email=f"extra{number}@s0.example")


async def row(teams: Teams) -> ParticipationRow:
    found: ParticipationRows = await teams.town.find(ListParticipation(programme_id=teams.programme_id))
    return found.rows[0]


async def rules(teams: Teams) -> dict[str, tuple[bool, str, str]]:
    return {one.rule: (one.kept, one.excepted, one.sentence) for one in (await row(teams)).rules}


async def test_a_seventh_is_refused_until_the_coordinator_arranges_it_with_a_reason() -> None:
    teams = await Teams().open(team=6)
    assert (await row(teams)).outcome == ""
    for role in ("team-member", "middle-leader"):
        with pytest.raises(Rejected, match="most-people: That would be 7 people in the leadership team, and at most 6"):
            await teams.ask(AddPerson, urn=100, person=details(role, 1))
    again = PersonDetails(role="middle-leader", name="Leader 05", email=teams.member(0, 5).address)
    await teams.ask(AddPerson, urn=100, person=again)
    with pytest.raises(Rejected, match="no-reason-taken"):
        await teams.ask(ExceptFromRule, urn=100, rule=MOST, reason="We would like to.")
    await teams.ask(ExceptFromRule, urn=100, rule=MOST, by_arrangement=True, reason="Two sites.")
    await teams.ask(AddPerson, urn=100, person=details("team-member", 1))
    assert (await rules(teams))[MOST][:2] == (False, "by-arrangement")
    (told,) = teams.town.of(RuleExcepted)
    assert "sites" not in told.model_dump_json()


async def test_four_are_fine_after_a_talk_and_middle_leaders_are_suggested() -> None:
    teams = await Teams().open(team=4)
    kept, excepted, sentence = (await rules(teams))[LEAST]
    assert (kept, excepted) == (False, "")
    assert sentence == (
        "People in the leadership team: 4, and 6 is usual. "
        "The programme suggests middle leader in the team for the rest."
    )
    await teams.ask(ExceptFromRule, urn=100, rule=LEAST, reason="We talked: they are a small school.")
    assert (await rules(teams))[LEAST][:2] == (False, "reason")
    assert (await row(teams)).outcome == "admitted"


async def test_middle_leaders_make_up_the_number() -> None:
    teams = await Teams().open(team=4)
    for number in range(2):
        await teams.ask(AddPerson, urn=100, person=details("middle-leader", number))
    kept, _, sentence = (await rules(teams))[LEAST]
    assert (kept, "suggests" in sentence) == (True, False)


async def test_a_school_does_not_enrol_with_seven_at_once() -> None:
    teams = await Teams().open(schools=0)
    teams.town.register([teams.school(0)])
    people = tuple(details("team-member", number) for number in range(6))
    head = PersonDetails(role="headteacher", name="Leader 00", email="leader0@s0.example")
    with pytest.raises(Rejected, match=MOST):
        await teams.ask(EnrolSchool, urn=100, people=(head, *people), strengths=(), needs=())
    await teams.ask(EnrolSchool, urn=100, people=(head, *people[:5]), strengths=(), needs=())
