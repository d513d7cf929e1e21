"""A cohort is matched again: what changes is chosen from a curve, and groups that have met stay as they are."""

import pytest

from shared.commands.matching import (
    CancelMatching,
    ChooseRematch,
    PinSchools,
    PublishCohort,
    RematchCohort,
    ShowCurve,
    WhatIf,
    WhyGroup,
)
from shared.errors import Rejected
from shared.events.matching import CohortDrafted, CohortFormed, CohortRematched, GroupChanged, GroupFormed
from tests.fakes.matching import facts


def ids(shown):
    return {group.school_ids for group in shown.groups}


async def published(world, count=12):
    await world.tell(*facts.everything(count))
    await world.until(CohortDrafted)
    await world.publish()
    return sorted(world.of(GroupFormed), key=lambda group: group.number)


async def rematched(world, times, **how):
    await world.client.ask(RematchCohort(programme_id="prg-1", **how))
    await world.until(CohortDrafted, times)
    return await world.shown()


async def test_a_point_of_the_curve_is_chosen_and_becomes_the_draft(world):
    await world.tell(*facts.everything(14))
    await world.until(CohortDrafted)
    first = await world.shown()
    apart = first.groups[0].urns[:2]
    await world.client.ask(PinSchools(programme_id="prg-1", urns=apart, how="apart"))
    await rematched(world, 2, curve=True)
    curve = await world.client.find(ShowCurve(programme_id="prg-1"))
    ended = [point.ended for point in curve.points]
    assert [point.number for point in curve.points] == list(range(1, len(curve.points) + 1))
    assert ended == sorted(ended)
    assert ended[0] >= 1
    assert [point.score for point in curve.points] == sorted(point.score for point in curve.points)
    assert [point.chosen for point in curve.points].count(True) == 1
    for point in curve.points:
        revision = (await world.shown()).cohort.revision
        await world.client.ask(ChooseRematch(programme_id="prg-1", revision=revision, point=point.number))
        chosen = await world.shown()
        assert (chosen.cohort.revision, chosen.cohort.state) == (revision + 1, "draft")
        assert chosen.cohort.score == pytest.approx(point.score)
        assert not any(set(apart) <= set(group.urns) for group in chosen.groups)
    with pytest.raises(Rejected, match="stale-draft"):
        await world.client.ask(ChooseRematch(programme_id="prg-1", revision=2, point=1))
    with pytest.raises(Rejected, match="unknown-point"):
        await world.client.ask(ChooseRematch(programme_id="prg-1", revision=revision + 1, point=20))


async def test_without_a_curve_there_is_nothing_to_choose(world):
    await world.tell(*facts.everything(6))
    await world.until(CohortDrafted)
    with pytest.raises(Rejected, match="no-curve"):
        await world.client.ask(ChooseRematch(programme_id="prg-1", revision=1, point=1))


async def test_a_published_group_that_has_met_stays_and_a_new_school_joins_another(world):
    groups = await published(world, 9)
    met, *others = groups
    await world.tell(facts.held(met), facts.enrolled(9, farthest=500.0))
    shown = await rematched(world, 2)
    assert met.school_ids in ids(shown)
    assert [group.frozen for group in shown.groups if group.school_ids == met.school_ids] == [True]
    assert shown.cohort.schools == 10
    assert world.of(GroupChanged) == []
    await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=2))
    (told,) = await world.until(CohortRematched)
    changed = await world.until(GroupChanged, told.changed)
    assert (told.groups, told.schools, told.formed, told.revision) == (3, 10, 0, 2)
    assert "sch-09" in {school for group in changed for school in group.joined}
    assert {group.group_id for group in changed} <= {group.group_id for group in others}
    assert {group.version for group in changed} == {2}
    after = await world.shown()
    assert (shown.bound_kind, after.bound) == ("certified: what the best partition scores", shown.bound)
    why = await world.client.find(WhyGroup(group_id=changed[0].group_id))
    assert all(school.scarcity.startswith("Schools like it are") for school in why.schools)
    assert (after.cohort.state, ids(after)) == ("published", ids(shown))
    assert len(world.of(CohortFormed)) == 1


async def test_what_has_met_can_neither_be_pinned_nor_wondered_about_and_nothing_else_is_left(world):
    groups = await published(world, 6)
    await world.tell(*(facts.held(group) for group in groups))
    urns = (100000 + int(groups[0].school_ids[0][-2:]), 100000 + int(groups[1].school_ids[0][-2:]))
    with pytest.raises(Rejected, match="frozen-group"):
        await world.client.ask(PinSchools(programme_id="prg-1", urns=urns, how="together"))
    found = await world.client.find(WhatIf(programme_id="prg-1", urns=urns, how="together"))
    assert (found.rule, found.difference) == ("frozen-group", None)
    with pytest.raises(Rejected, match="all-frozen"):
        await world.client.ask(RematchCohort(programme_id="prg-1"))


async def test_a_published_group_that_met_and_has_two_schools_left_takes_another_in_and_keeps_its_own(world):
    """Its schools cannot be parted, what-if and pin may add to it, and the re-match tells it as a change of itself."""
    met, *others = sorted(await published(world, 10), key=lambda group: -len(group.school_ids))
    gone, (a, b) = met.school_ids[:2], met.school_ids[2:]
    await world.tell(facts.held(met), *(facts.withdrawn(int(school[-2:])) for school in gone))
    await world.until(GroupChanged, 2)
    await world.tell(facts.enrolled(10, farthest=500.0))
    urns = tuple(100000 + int(school[-2:]) for school in (a, b))
    stranger = 100000 + int(others[0].school_ids[0][-2:])
    wondered = await world.client.find(WhatIf(programme_id="prg-1", urns=(urns[0], stranger), how="together"))
    assert stranger in {move.urn for move in wondered.moves}
    assert not {move.urn for move in wondered.moves} & set(urns)
    with pytest.raises(Rejected, match="frozen-group"):
        await world.client.ask(PinSchools(programme_id="prg-1", urns=urns, how="apart"))
    refused = await world.client.find(WhatIf(programme_id="prg-1", urns=urns, how="apart"))
    assert refused.rule == "frozen-group"
    found = await world.client.find(WhatIf(programme_id="prg-1", urns=(urns[0], 100010), how="together"))
    assert [(move.urn, move.from_group, move.to_group) for move in found.moves] == [(100010, None, met.number)]
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(urns[0], 100010), how="together"))
    shown = await rematched(world, 2)
    assert ids(shown) == {tuple(sorted((a, b, "sch-10"))), *(group.school_ids for group in others)}
    assert [group.frozen for group in shown.groups] == [False] * 3
    await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=2))
    changed = (await world.until(GroupChanged, 3))[-1]
    assert (changed.group_id, changed.joined, changed.left) == (met.group_id, ("sch-10",), ())
    assert (changed.version, changed.needs_coordinator) == (4, False)
    assert [group.frozen for group in (await world.shown()).groups if "sch-10" in group.school_ids] == [True]


async def test_a_published_group_that_met_and_finds_nobody_to_take_in_is_left_alone(world):
    """Two schools of it are left, and every other group is frozen."""
    groups = await published(world, 7)
    met, other = sorted(groups, key=lambda group: -len(group.school_ids))
    gone = met.school_ids[:2]
    await world.tell(facts.held(met), facts.held(other), *(facts.withdrawn(int(school[-2:])) for school in gone))
    await world.until(GroupChanged, 2)
    shown = await rematched(world, 2)
    assert ids(shown) == {met.school_ids[2:], other.school_ids}
    await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=2))
    (told,) = await world.until(CohortRematched)
    assert (told.groups, told.schools, told.changed, told.formed, told.waiting) == (2, 5, 0, 0, ())


async def test_a_group_that_meets_after_the_draft_keeps_it_from_being_published(world):
    groups = await published(world, 9)
    await world.tell(facts.enrolled(9, farthest=500.0))
    shown = await rematched(world, 2, keeping=0.0)
    before = {frozenset(group.school_ids): group for group in groups}
    changing = [group for schools, group in before.items() if schools not in {frozenset(one) for one in ids(shown)}]
    await world.tell(*(facts.held(group) for group in changing))
    with pytest.raises(Rejected, match="stale-draft"):
        await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=2))


async def test_a_dropped_rematch_leaves_the_published_cohort_as_it_was(world):
    await published(world, 9)
    was = await world.shown()
    await world.tell(facts.enrolled(9, farthest=500.0))
    assert (await rematched(world, 2)).cohort.schools == 10
    await world.client.ask(CancelMatching(programme_id="prg-1"))
    now = await world.shown()
    assert (now.cohort.state, now.cohort.score, now.groups) == ("published", was.cohort.score, was.groups)
    with pytest.raises(Rejected, match="nothing-to-cancel"):
        await world.client.ask(CancelMatching(programme_id="prg-1"))


async def test_a_school_that_leaves_while_a_rematch_awaits_review_leaves_its_published_group(world):
    groups = await published(world, 8)
    await rematched(world, 2)
    await world.tell(facts.withdrawn(3))
    (changed,) = await world.until(GroupChanged)
    home = next(group for group in groups if "sch-03" in group.school_ids)
    assert (changed.group_id, changed.left) == (home.group_id, ("sch-03",))
    await world.until(CohortDrafted, 3)
    assert "sch-03" not in {school for group in ids(await world.shown()) for school in group}


async def test_what_if_names_the_rule_or_the_price_and_who_moves(world):
    schools = [facts.enrolled(n, not_with=(1,) if n == 0 else ()) for n in range(12)]
    await world.tell(facts.opened(), *schools, facts.closed(12))
    await world.until(CohortDrafted)
    shown = await world.shown()
    ruled = await world.client.find(WhatIf(programme_id="prg-1", urns=(100000, 100001), how="together"))
    assert (ruled.rule, ruled.difference, ruled.moves) == ("not-with", None, ())
    pair = shown.groups[0].urns[:2]
    same = await world.client.find(WhatIf(programme_id="prg-1", urns=pair, how="together"))
    assert (same.difference, same.moves, same.sentence) == (
        0.0,
        (),
        "Nothing would change: the groups are so already.",
    )
    parted = await world.client.find(WhatIf(programme_id="prg-1", urns=pair, how="apart"))
    assert parted.moves
    assert {move.urn for move in parted.moves} & set(pair)
    assert all(move.from_group != move.to_group for move in parted.moves)
    await world.client.ask(PinSchools(programme_id="prg-1", urns=pair, how="apart"))
    after = await rematched(world, 2, keeping=1.0)
    assert after.cohort.score >= shown.cohort.score + parted.difference - 1e-9


async def test_a_what_if_that_founds_a_group_shows_its_number_and_who_would_go_there(world):
    """Two published quads; a school that came later, pinned to one of their members, makes three trios of them."""
    groups = await published(world, 8)
    assert [len(group.school_ids) for group in groups] == [4, 4]
    await world.tell(facts.enrolled(8, farthest=500.0))
    partner = 100000 + int(groups[0].school_ids[0][-2:])
    found = await world.client.find(WhatIf(programme_id="prg-1", urns=(partner, 100008), how="together"))
    assert {(move.to_group, move.new_group) for move in found.moves} == {(3, True)}
    assert {move.urn: move.from_group for move in found.moves}[100008] is None
    assert sorted(move.from_group for move in found.moves if move.from_group) == [1, 2]
    assert "3 schools would move, 3 of them into a new group" in found.sentence
