"""From the close of enrolment to a published cohort, and what a coordinator may change on the way."""

import pytest

from services.matching.domain.explain import listed
from shared.commands.matching import (
    ListCohorts,
    PinSchools,
    PublishCohort,
    RematchCohort,
    ShowCohort,
    WhyGroup,
    WhyNot,
)
from shared.commands.sharing import ShowSharing
from shared.errors import Rejected
from shared.events.matching import (
    CohortDrafted,
    CohortFormationFailed,
    CohortFormed,
    GroupChanged,
    GroupFormed,
    MatchingStarted,
)
from tests.fakes.matching import facts


def together(shown, *urns):
    return any(set(urns) <= set(group.urns) for group in shown.groups)


async def test_a_closed_enrolment_becomes_a_draft_that_nobody_outside_is_told_of(world):
    await world.tell(*facts.everything(12))
    (drafted,) = await world.until(CohortDrafted)
    assert (drafted.revision, drafted.groups, drafted.waiting) == (1, 3, ())
    shown = await world.shown()
    assert sorted(school for group in shown.groups for school in group.school_ids) == [f"sch-{n:02}" for n in range(12)]
    assert {len(group.school_ids) for group in shown.groups} == {4}
    assert sum(shown.parts.values()) == pytest.approx(shown.cohort.score)
    assert (shown.cohort.state, shown.cohort.waiting, shown.seed) == ("draft", 0, 1)
    assert world.of(CohortFormed) == []


async def test_a_template_without_review_publishes_its_first_draft_at_once(world):
    opened, *rest = facts.everything(7)
    matching = opened.template.matching.model_copy(update={"review_before_publishing": False})
    template = opened.template.model_copy(update={"matching": matching})
    await world.tell(opened.model_copy(update={"template": template}), *rest)
    (formed,) = await world.until(CohortFormed)
    assert (formed.groups, formed.revision, (await world.shown()).cohort.state) == (2, 1, "published")
    await world.until(GroupFormed, 2)


async def test_the_draft_waits_until_every_enrolment_has_arrived(world):
    opened, *rest, closed = facts.everything(6)
    await world.tell(opened, *rest[:5])
    await world.tell(closed)
    assert world.of(MatchingStarted) == []
    await world.tell(rest[5])
    (drafted,) = await world.until(CohortDrafted)
    assert drafted.groups == 2


async def test_publishing_tells_the_cohort_and_each_group_once(world):
    await world.tell(*facts.everything(7))
    await world.until(CohortDrafted)
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


async def test_the_same_fact_again_makes_no_second_draft(world):
    await world.tell(*facts.everything(6))
    await world.until(CohortDrafted)
    await world.tell(facts.closed(6).model_copy(update={"version": 3}))
    assert len(world.of(MatchingStarted)) == 1


@pytest.mark.parametrize("count", [0, 1, 2, 5])
async def test_a_number_of_schools_that_makes_no_groups_fails_with_the_reason(world, count):
    await world.tell(*facts.everything(count))
    (failed,) = await world.until(CohortFormationFailed)
    assert [block.rule for block in failed.blocking] == ["sizes"]
    expected = (
        "5 schools cannot be split"
        if count == 5
        else f"{count} {'school is' if count == 1 else 'schools are'} enrolled"
    )
    assert failed.sentence.startswith(expected)
    shown = await world.shown()
    assert (shown.cohort.state, shown.blocking) == ("failed", (failed.sentence,))
    with pytest.raises(Rejected, match="no-draft"):
        await world.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=1))


async def test_schools_of_one_trust_only_fail_and_the_trust_is_named(world):
    schools = [facts.enrolled(number, trust="tru-1") for number in range(6)]
    await world.tell(facts.opened(), *schools, facts.closed(6))
    (failed,) = await world.until(CohortFormationFailed)
    assert [(block.rule, len(block.school_ids)) for block in failed.blocking] == [("same-trust", 6)]


async def test_a_stranded_school_waits_with_the_rule_that_strands_it(world):
    far = facts.enrolled(6, easting=600000)
    await world.tell(facts.opened(), *(facts.enrolled(n) for n in range(6)), far, facts.closed(7))
    (drafted,) = await world.until(CohortDrafted)
    assert [(one.school_id, one.rule) for one in drafted.waiting] == [("sch-06", "too-far")]
    (waiting,) = (await world.shown()).waiting
    assert (waiting.urn, waiting.rule) == (100006, "too-far")
    assert "To help: agree a longer way to travel" in waiting.sentence


async def test_pins_count_from_the_next_draft(world):
    await world.tell(*facts.everything(12))
    await world.until(CohortDrafted)
    shown = await world.shown()
    apart = next(group.urns[:2] for group in shown.groups)
    other = next(urn for group in shown.groups for urn in group.urns if apart[0] not in group.urns)
    await world.client.ask(PinSchools(programme_id="prg-1", urns=apart, how="apart"))
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(apart[0], other), how="together"))
    done = await world.client.ask(RematchCohort(programme_id="prg-1"))
    assert done.sentence == "Draft 2 is being worked out."
    await world.until(CohortDrafted, 2)
    again = await world.shown()
    assert again.cohort.revision == 2
    assert together(again, apart[0], other)
    assert not together(again, *apart)
    with pytest.raises(Rejected, match="stale-draft"):
        await world.client.ask(PublishCohort(cohort_id=again.cohort.cohort_id, revision=1))


async def test_pins_of_a_school_that_left_hold_nobody_together_any_more(world):
    await world.tell(*facts.everything(12))
    await world.until(CohortDrafted)
    for urns in ((100000, 100001), (100001, 100002), (100002, 100003)):
        await world.client.ask(PinSchools(programme_id="prg-1", urns=urns, how="together"))
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(100001, 100009), how="apart"))
    with pytest.raises(Rejected, match="sizes"):
        await world.client.ask(PinSchools(programme_id="prg-1", urns=(100003, 100004), how="together"))
    await world.tell(facts.withdrawn(1))
    await world.until(CohortDrafted, 2)
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(100003, 100004), how="together"))
    await world.client.ask(RematchCohort(programme_id="prg-1"))
    await world.until(CohortDrafted, 3)
    again = await world.shown()
    assert (again.cohort.waiting, together(again, 100002, 100003, 100004)) == (0, True)
    stored = await world.stores.pins.pins("prg-1")
    assert (stored.together, stored.apart) == ((("sch-02", "sch-03"), ("sch-03", "sch-04")), ())


async def test_a_pin_never_overrules_a_hard_rule(world):
    await world.tell(
        facts.opened(), *(facts.enrolled(n, trust="tru-1" if n < 2 else None) for n in range(6)), facts.closed(6)
    )
    await world.until(CohortDrafted)
    with pytest.raises(Rejected, match="same-trust"):
        await world.client.ask(PinSchools(programme_id="prg-1", urns=(100000, 100001), how="together"))
    with pytest.raises(Rejected, match="unknown-school"):
        await world.client.ask(PinSchools(programme_id="prg-1", urns=(100000, 999999), how="apart"))


async def test_schools_grouped_in_one_programme_are_not_grouped_in_the_next(world):
    await world.tell(*facts.everything(12))
    await world.until(CohortDrafted)
    await world.publish()
    first = {frozenset(pair) for group in world.of(GroupFormed) for pair in _pairs(group.school_ids)}
    await world.tell(*facts.everything(12, "prg-2"))
    await world.until(CohortDrafted, 2)
    second = [group.school_ids for group in (await world.shown("prg-2")).groups]
    assert second
    assert not first & {frozenset(pair) for group in second for pair in _pairs(group)}


async def test_a_school_that_leaves_before_publishing_is_out_of_a_new_draft(world):
    await world.tell(*facts.everything(8))
    await world.until(CohortDrafted)
    await world.tell(facts.withdrawn(3))
    drafted = (await world.until(CohortDrafted, 2))[1]
    assert drafted.revision == 2
    shown = await world.shown()
    assert sorted(school for group in shown.groups for school in group.school_ids) == [
        f"sch-{n:02}" for n in range(8) if n != 3
    ]


async def test_a_published_quad_goes_on_as_a_trio_and_a_trio_needs_the_coordinator(world):
    await world.tell(*facts.everything(7))
    await world.until(CohortDrafted)
    await world.publish()
    for size, needs in ((4, False), (3, True)):
        group = next(group for group in world.of(GroupFormed) if len(group.school_ids) == size)
        gone = group.school_ids[0]
        await world.tell(facts.withdrawn(int(gone[-2:])))
        changed = [one for one in world.of(GroupChanged) if one.group_id == group.group_id]
        assert changed[0].school_ids == tuple(school for school in group.school_ids if school != gone)
        assert (changed[0].left, changed[0].needs_coordinator, changed[0].version) == ((gone,), needs, 2)


async def test_every_group_is_explained(world):
    await world.tell(*facts.everything(12))
    await world.until(CohortDrafted)
    shown = await world.shown()
    group = shown.groups[0]
    why = await world.client.find(WhyGroup(group_id=group.group_id))
    assert sum(why.group.parts.values()) == pytest.approx(why.group.score)
    assert [school.urn for school in why.schools] == list(group.urns)
    assert all(len(school.gets) == 2 for school in why.schools)
    assert why.best_swap.startswith("The best exchange with a group nearby")
    page = await world.client.find(ShowCohort(programme_id="prg-1", limit=1, offset=1))
    assert [one.number for one in page.groups] == [2]
    of_school = {school.school_id: school for school in map(facts.school, range(12))}
    for one in shown.groups:
        assert one.authorities == tuple(of_school[school].authority for school in one.school_ids)
        assert one.regions == ("Yorkshire and The Humber",) * len(one.school_ids)


async def test_schools_read_who_shares_what_with_whom(world):
    await world.tell(*facts.everything(12))
    await world.until(CohortDrafted)
    group = (await world.shown()).groups[0]
    why = await world.client.find(WhyGroup(group_id=group.group_id))
    found = await world.client.find(ShowSharing(group_id=group.group_id))
    names = dict(zip(group.school_ids, group.names, strict=True))
    said = {
        school.school_id: tuple(
            f"{one.title} to {listed([names[to] for to in one.to_schools])}."
            for one in found.shared
            if one.from_school == school.school_id
        )
        for school in why.schools
    }
    assert said == {school.school_id: school.gives for school in why.schools}
    assert found.shared
    assert found.nearest_km <= found.farthest_km


async def test_why_two_schools_are_not_together(world):
    schools = [facts.enrolled(n, not_with=(1,) if n == 0 else ()) for n in range(12)]
    await world.tell(facts.opened(), *schools, facts.closed(12))
    await world.until(CohortDrafted)
    shown = await world.shown()
    ruled = await world.client.find(WhyNot(programme_id="prg-1", urn=100001, other_urn=100000))
    assert (ruled.rule, ruled.difference) == ("not-with", None)
    here, there = shown.groups[0].urns[0], shown.groups[1].urns[0]
    scored = await world.client.find(WhyNot(programme_id="prg-1", urn=here, other_urn=there))
    assert scored.rule in ("", "not-with")
    same = await world.client.find(WhyNot(programme_id="prg-1", urn=here, other_urn=shown.groups[0].urns[1]))
    assert same.sentence.endswith("are in one group.")


@pytest.mark.parametrize(
    "query", [ShowCohort(programme_id="prg-9"), WhyGroup(group_id="grp-9"), ShowSharing(group_id="grp-9")]
)
async def test_what_is_not_there_is_refused_in_words(world, query):
    with pytest.raises(Rejected, match="unknown-"):
        await world.client.find(query)


def _pairs(ids):
    return [(a, b) for a in ids for b in ids if a < b]
