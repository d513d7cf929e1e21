"""A programme whose template says everything groups its schools by the rules that the template names, and no others."""

import pytest

from services.matching.domain.records import ProgrammeRecord
from services.matching.domain.terms import terms_of
from shared.commands.matching import WhyNot
from shared.events.matching import CohortDrafted, CohortFormed, GroupChanged, GroupFormed, MatchingStarted
from tests.fakes.matching import circles, exchange, facts


def together(shown, *urns):
    return any({100000 + urn for urn in urns} <= set(group.urns) for group in shown.groups)


async def drafted(world, *schools, rules=circles.APART, **changes):
    await world.tell(circles.opened(rules, **changes), *schools, circles.closed(8))
    return await world.shown()


async def test_schools_are_drafted_reviewed_and_published(world):
    shown = await drafted(world, *map(circles.enrolled, range(8)))
    assert (len(world.of(CohortDrafted)), len(world.of(CohortFormed)), shown.cohort.schools) == (1, 0, 8)
    assert sorted(len(group.urns) for group in shown.groups) == [4, 4]
    await world.publish()
    assert sorted(school for one in world.of(GroupFormed) for school in one.school_ids) == [
        f"sch-{number:02}" for number in range(8)
    ]


async def test_without_review_the_first_draft_is_published_at_once(world):
    await drafted(world, *map(circles.enrolled, range(8)), review_before_publishing=False)
    assert len(world.of(CohortFormed)) == 1


async def test_the_draft_waits_for_the_programme_and_every_enrolment(world):
    await world.tell(circles.closed(8), *map(circles.enrolled, range(8)), circles.opened())
    assert [one.schools for one in world.of(MatchingStarted)] == [8]


async def test_a_programme_without_groups_is_left_alone(world):
    told = exchange.opened()
    await world.tell(told, exchange.enrolled("a"), circles.closed(0))
    assert world.of(MatchingStarted) == []


@pytest.mark.parametrize(("rules", "apart"), [(circles.APART, True), ((), False)])
async def test_who_comes_for_two_schools_keeps_them_apart_where_the_template_says_so(world, rules, apart):
    free = await drafted(world, *map(circles.enrolled, range(8)), rules=rules)
    a, b = (urn - 100000 for urn in free.groups[0].urns[:2])
    await world.tell(circles.took(a, "per-both"), circles.took(b, "per-both", "scribe"))
    assert together(await world.shown(), a, b) is not apart
    if apart:
        why = await world.client.find(WhyNot(programme_id="prg-1", urn=100000 + a, other_urn=100000 + b))
        assert f"the speaker of School {a:02} is also the scribe of School {b:02}" in why.sentence
        before = len(world.of(MatchingStarted))
        await world.tell(circles.gave_up(b, "per-both", "scribe"))
        assert len(world.of(MatchingStarted)) == before + 1


@pytest.mark.parametrize("rule", ["same-trust", "same-federation"])
async def test_a_trust_or_federation_keeps_schools_apart_where_the_template_says_so(world, rule):
    one = {"trust": "t-1"} if rule == "same-trust" else {"federation": "The Four"}
    schools = [circles.enrolled(n, **(one if n < 4 else {})) for n in range(8)]
    await drafted(world, *schools, rules=(rule,))
    shown = await world.shown()
    assert not any(together(shown, a, b) for a in range(4) for b in range(a))


def test_rules_that_a_template_does_not_name_do_not_hold():
    terms = terms_of(circles.template(rules=()))
    assert terms
    assert (terms.same_trust_allowed, terms.same_federation_allowed, terms.again) == (True, True, True)
    assert not terms.people_apart
    assert terms.attending == ("speaker", "scribe")


async def test_a_school_that_says_nothing_of_travel_has_no_limit_unless_the_template_has(world):
    far = {"easting": 90_000, "northing": 20_000}
    near = [circles.enrolled(n, farthest=None) for n in range(7)]
    shown = await drafted(world, *near, circles.enrolled(7, farthest=None, **far))
    assert shown.cohort.waiting == 0


async def test_a_school_that_leaves_leaves_its_published_group(world):
    await drafted(world, *map(circles.enrolled, range(8)))
    await world.publish()
    await world.tell(circles.withdrawn(3))
    (changed,) = world.of(GroupChanged)
    assert changed.left == ("sch-03",)


def test_a_programme_that_was_stored_with_its_template_reads_as_it_was():
    opened = facts.opened()
    stored = {"programme_id": "prg-1", "template": opened.template.model_dump(mode="json"), "closed": 2}
    record = ProgrammeRecord.model_validate(stored)
    assert record.terms == terms_of(opened.template)
    assert (record.closed, record.by_roster) == (2, False)
    assert ProgrammeRecord.model_validate(record.model_dump(mode="json")) == record
