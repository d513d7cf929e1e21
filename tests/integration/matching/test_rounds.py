"""Whole rounds on the real bus: from the close of enrolment to a published cohort, and on to a re-match of it."""

import pytest

from shared.commands.matching import ListCohorts, PublishCohort, RematchCohort
from shared.errors import Rejected
from shared.events.matching import (
    CohortDrafted,
    CohortFormed,
    CohortRematched,
    GroupChanged,
    GroupFormed,
    MatchingStarted,
)
from tests.fakes.matching import facts


async def test_a_closed_enrolment_becomes_one_draft_and_publishing_tells_the_cohort_and_each_group_once(world):
    await world.tell(*facts.everything(7))
    (drafted,) = await world.until(CohortDrafted)
    assert (drafted.revision, drafted.groups, drafted.waiting) == (1, 2, ())
    await world.tell(facts.closed(7).model_copy(update={"version": 3}))
    await world.at_rest()
    assert len(world.of(MatchingStarted)) == 1
    assert world.of(CohortFormed) == []
    await world.publish()
    (formed,) = await world.until(CohortFormed)
    groups = world.of(GroupFormed)
    assert (formed.groups, formed.schools, formed.revision) == (2, 7, 1)
    assert sorted(group.number for group in groups) == [1, 2]
    assert sorted(school for group in groups for school in group.school_ids) == [f"sch-{n:02}" for n in range(7)]
    assert {group.version for group in groups} == {1}
    (row,) = (await world.client.find(ListCohorts())).cohorts
    assert (row.state, row.groups, row.schools) == ("published", 2, 7)
    with pytest.raises(Rejected, match="already-published"):
        await world.client.ask(PublishCohort(cohort_id=formed.cohort_id, revision=1))


async def test_the_draft_waits_until_every_enrolment_has_arrived(world):
    opened, *rest, closed = facts.everything(6)
    await world.tell(opened, *rest[:5])
    await world.at_rest()
    await world.tell(closed)
    await world.at_rest(held=1)
    assert world.of(MatchingStarted) == []
    await world.tell(rest[5])
    (drafted,) = await world.until(CohortDrafted)
    assert drafted.groups == 2


async def test_a_published_cohort_is_matched_again_and_a_group_that_meets_meanwhile_stops_the_draft(world):
    await world.tell(*facts.everything(9))
    await world.until(CohortDrafted)
    await world.publish()
    met, *others = sorted(world.of(GroupFormed), key=lambda group: group.number)
    await world.tell(facts.held(met), facts.enrolled(9, farthest=500.0))
    await world.at_rest()
    await world.client.ask(RematchCohort(programme_id="prg-1"))
    await world.until(CohortDrafted, 2)
    shown = await world.shown()
    after = {group.school_ids for group in shown.groups}
    assert met.school_ids in after
    assert world.of(GroupChanged) == []
    await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=2))
    (told,) = await world.until(CohortRematched)
    changed = await world.until(GroupChanged, told.changed)
    assert {group.group_id for group in changed} <= {group.group_id for group in others}
    assert "sch-09" in {school for group in changed for school in group.joined}
    await world.tell(facts.withdrawn(int(changed[0].school_ids[0][-2:])), facts.enrolled(10, farthest=500.0))
    await world.until(GroupChanged, told.changed + 1)
    await world.at_rest()
    await world.client.ask(RematchCohort(programme_id="prg-1"))
    await world.until(CohortDrafted, 3)
    await world.tell(*(facts.held(group) for group in others))
    await world.at_rest()
    with pytest.raises(Rejected, match="stale-draft"):
        await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=3))
