"""A small school's neighbour is proposed to both; both accept and share a place; if one leaves, the other keeps it."""

import pytest

from shared.commands.pairs import PairsDetail, ShowPairs
from shared.commands.participation import ListParticipation
from shared.commands.parties import ListParties, PartyRow, WithdrawParty
from shared.commands.programmes import AddPerson, PersonDetails, WithdrawSchool
from shared.commands.rounds import DraftRound, PublishRound
from shared.commands.sessions import PlanSessions, PublishSessions
from shared.commands.tasks import ListTasks
from shared.errors import Rejected
from shared.events.pairs import PairEnded, PlaceShared
from shared.events.parties import PartyAmended, PartyEnrolled
from tests.unit.leadership_journey.teams import Teams
from tests.unit.leadership_journey.test_trainings import shown
from tests.unit.portal.bad_input.desks import desk, said

LOW, MIDDLE, HIGH = "requires-improvement", "good", "outstanding"
PROPOSED, ASKED = "A neighbour with whom your school could share a place", "Say whether your school shares a place"
SMALL, LARGE = 84, 420


async def village(*pupils: int, team: int = 3) -> Teams:
    """Schools with so many pupils, each 2 km from the one before it."""
    teams = Teams()
    await teams.open(schools=len(pupils), team=team, pupils=pupils)
    await teams.town.day("2026-09-16")
    teams.came()
    return teams


async def pairs(teams: Teams) -> PairsDetail:
    found: PairsDetail = await teams.town.find(ShowPairs(programme_id=teams.programme_id, round="shared-place"))
    return found


async def proposed(teams: Teams) -> PairsDetail:
    await teams.ask(DraftRound, round="shared-place")
    draft = await pairs(teams)
    await teams.ask(PublishRound, round="shared-place", revision=draft.revision)
    await teams.town.settle()
    return draft


async def says(teams: Teams, number: int, answer: str) -> None:
    sent = await teams.head(number).answer(ASKED, {"share": answer})
    assert sent.heading.endswith("sent, thank you"), sent.text
    await teams.town.settle()


async def places(teams: Teams) -> list[PartyRow]:
    return list((await teams.town.find(ListParties(programme_id=teams.programme_id))).parties)


async def team_rule(teams: Teams, urn: int, rule: str) -> str:
    rows = (await teams.town.find(ListParticipation(programme_id=teams.programme_id, urn=urn))).rows
    said: str = next(one.sentence for one in rows[0].rules if one.rule == rule)
    return said


async def test_a_near_small_school_is_proposed_to_both_and_no_large_one_and_the_reasons_are_said() -> None:
    teams = await village(SMALL, SMALL - 10, LARGE, SMALL)
    draft = await proposed(teams)
    ((one, other),) = [row.people for row in draft.pairs]
    assert {one.school, other.school} == {"School 0", "School 1"}
    assert draft.pairs[0].reasons == ("Both are small: 74 and 84 pupils.", "2 km apart.")
    (alone,) = draft.alone
    assert (alone.school, alone.rule) == ("School 3", "no-neighbour")
    assert sorted(teams.came()) == sorted(
        (f"leader0@s{number}.example", subject)
        for number in (0, 1)
        for subject in (PROPOSED, f"{ASKED}, by Wednesday 30 September 2026")
    )
    letter = " ".join(teams.head(0).letter(PROPOSED).text.split())
    assert "School 1, led by Leader 10" in letter
    assert "School 0, led by Leader 00" in " ".join(teams.head(1).letter(PROPOSED).text.split())


async def test_one_yes_is_not_enough_and_two_make_one_place_and_one_team() -> None:
    teams = await village(SMALL, SMALL)
    await proposed(teams)
    await says(teams, 0, "yes")
    assert (teams.town.of(PlaceShared), await places(teams)) == ([], [])
    await says(teams, 1, "yes")
    (place,) = await places(teams)
    assert (place.kind, place.name, len(place.schools)) == ("shared-place", "School 0 and School 1", 2)
    assert await team_rule(teams, 100, "least-people") == (
        "People in the leadership team of both schools that share the place: 6, and 6 is usual."
    )
    one_more = PersonDetails(role="team-member", name="Leader 19", email="leader9@s1.example")
    with pytest.raises(Rejected, match="That would be 7 people in the leadership team"):
        await teams.ask(AddPerson, urn=101, person=one_more)
    assert len((await pairs(teams)).pairs) == 1


async def test_a_place_is_one_payment_and_one_set_of_sessions_and_two_diagnostics() -> None:
    teams = await village(SMALL, SMALL)
    await proposed(teams)
    for number in (0, 1):
        await says(teams, number, "yes")
    for number, vision in ((0, LOW), (1, HIGH)):
        for member in range(3):
            await teams.see(number, member, (vision, MIDDLE, LOW), "where your school stands,")
    for about, stage in (("sch-100", "Requires improvement"), ("sch-101", "Outstanding")):
        rows = (await teams.report("diagnostic-report", about))["A vision that people remember"].rows
        assert [row[0] for row in rows if row[2] == "3"] == [stage]
    await teams.town.day("2026-10-05")
    asked = (await teams.town.find(ListTasks(programme_id=teams.programme_id, task="say-how-to-pay"))).tasks
    assert [sorted(one.person_ids) for one in asked] == [
        sorted(teams.person_id(teams.head(number).address) for number in (0, 1))
    ]
    await teams.train("tom@journey.example")
    await teams.ask(PlanSessions, activity="training")
    await teams.ask(PublishSessions, activity="training")
    await teams.town.settle()
    course = await shown(teams)
    assert len(course.sessions) == 12
    assert len({one.person_id for one in course.places}) == 6


async def test_where_one_leaves_the_other_keeps_the_place_and_owes_what_is_owed_for_it() -> None:
    teams = await village(SMALL, SMALL)
    await proposed(teams)
    for number in (0, 1):
        await says(teams, number, "yes")
    await teams.town.day("2026-10-05")
    teams.came()
    await teams.ask(WithdrawSchool, urn=100, reason="It closes.")
    await teams.town.settle()
    (told,) = teams.town.of(PartyAmended)
    assert [one.school_id for one in told.schools if one.until is None] == ["sch-101"]
    (place,) = await places(teams)
    assert place.party_id == teams.town.of(PartyEnrolled)[0].party_id
    asked = (await teams.town.find(ListTasks(programme_id=teams.programme_id, task="say-how-to-pay"))).tasks
    assert [one.person_ids for one in asked if one.state == "open"] == [
        (teams.person_id(teams.head(1).address),)
    ]  # fmt: skip
    assert ("leader0@s1.example", "Sharing a place: it does not go on") in teams.came()
    assert "3, and 6 is usual" in await team_rule(teams, 101, "least-people")


async def test_a_no_ends_it_for_both_and_the_two_are_not_proposed_to_each_other_again() -> None:
    teams = await village(SMALL, SMALL)
    await proposed(teams)
    await says(teams, 0, "yes")
    teams.came()
    await says(teams, 1, "no")
    (ended,) = teams.town.of(PairEnded)
    assert (ended.declined, teams.town.of(PlaceShared)) == (True, [])
    assert {to for to, subject in teams.came() if "does not go on" in subject} == {
        "leader0@s0.example", "leader0@s1.example",
    }  # fmt: skip
    await teams.ask(DraftRound, round="shared-place")
    found = await pairs(teams)
    assert (found.pairs, len(found.alone)) == ((), 2)


async def test_a_new_head_leaves_the_place_as_it_is_and_no_second_neighbour_is_proposed() -> None:
    teams = await village(SMALL, SMALL, SMALL)
    await proposed(teams)
    both = [int(one.school[-1]) for one in (await pairs(teams)).pairs[0].people]
    for number in both:
        await says(teams, number, "yes")
    await teams.replaced(both[0], 0)
    await teams.town.settle()
    assert teams.town.of(PairEnded) == []
    await teams.ask(DraftRound, round="shared-place")
    found = await pairs(teams)
    assert [row.change for row in found.pairs] == ["goes-on"]
    assert len(found.alone) == 1


async def test_the_coordinator_parts_them_and_both_schools_go_on() -> None:
    teams = await village(SMALL, SMALL)
    await proposed(teams)
    for number in (0, 1):
        await says(teams, number, "yes")
    done = await teams.ask(WithdrawParty, party="School 0 and School 1", reason="They asked for it.")
    assert done.sentence == "School 0 and School 1 share a place no longer; each goes on by itself."
    assert await places(teams) == []
    rows = (await teams.town.find(ListParticipation(programme_id=teams.programme_id))).rows
    assert [one.enrolled for one in rows] == [True, True]


async def test_the_coordinator_names_a_neighbour_on_the_pages_and_both_heads_are_asked() -> None:
    teams = await village(SMALL, SMALL, SMALL)
    at = await desk(teams.town, "Cora Coe", "cora@console.example")
    here = f"/console/programmes/{teams.programme_id}"
    school = await at.look(f"{here}/schools/100")
    link = f"{here}/rounds/shared-place?school=School%200#wish"
    assert f'href="{link}"' in school.text
    page = await at.look(link)
    assert "Name a neighbour" in said(page)
    assert "Third person" not in said(page)
    await at.press(page, {"do": "say", "how": "together", "one": "School 0", "other": "School 2"})
    await teams.town.settle()
    await at.press(await at.look(f"{here}/rounds/shared-place"), {"do": "draft"})
    await teams.town.settle()
    check = await at.look(f"{here}/rounds/shared-place/publish")
    await at.press(check, {"do": "publish", "revision": str((await pairs(teams)).revision)})
    await teams.town.settle()
    ((one, other),) = [row.people for row in (await pairs(teams)).pairs]
    assert {one.school, other.school} == {"School 0", "School 2"}
    assert {to for to, subject in teams.came() if subject == PROPOSED} == {"leader0@s0.example", "leader0@s2.example"}
