"""One head of two schools: these two are never in one group, and everybody is told so by school and role."""

from dataclasses import replace
from itertools import combinations

import pytest

from services.matching.domain.exchange import why_not
from services.matching.domain.rules import Rule
from services.matching.domain.schools import Round
from services.matching.forming.formation import form
from shared.commands.matching import PinSchools, RematchCohort, WhatIf, WhyNot
from shared.errors import Rejected
from shared.events.matching import CohortDrafted, CohortFormationFailed
from tests.fakes.matching import facts
from tests.unit.matching import cases
from tests.unit.matching.regrouped import QUICK

HEAD = {"headteacher": "per-marsh"}
SAID = "the headteacher of School 00 is also the headteacher of School 01, and cannot come to visits for both"


def enrolled(count, shared=(0, 1)):
    """So many schools, some of them with one head."""
    return [facts.enrolled(n, people=HEAD if n in shared else {"headteacher": f"per-{n}"}) for n in range(count)]


def together(shown, *urns):
    return any(set(urns) <= set(group.urns) for group in shown.groups)


async def drafted(world, schools):
    await world.tell(facts.opened(), *schools, facts.closed(len(schools)))
    return await world.shown()


async def test_two_schools_with_one_head_are_in_different_groups_and_the_draft_is_published(world):
    free = await drafted(world, enrolled(8, shared=()))
    a, b = free.groups[0].urns[:2]
    await world.tell(
        *(facts.amended(urn - 100000, people=HEAD) for urn in (a, b)),
    )
    shown = await world.shown()
    assert together(free, a, b)
    assert (together(shown, a, b), shown.cohort.waiting) == (False, 0)
    done = await world.publish()
    assert done.sentence == "2 groups with 8 schools are published; 0 wait."


async def test_the_rule_is_named_with_schools_and_roles_and_without_an_id(world):
    await drafted(world, enrolled(8))
    why = await world.client.find(WhyNot(programme_id="prg-1", urn=100000, other_urn=100001))
    assert (why.rule, why.sentence) == ("shared-person", f"School 00 and School 01 may not be in one group: {SAID}.")
    what_if = await world.client.find(WhatIf(programme_id="prg-1", urns=(100000, 100001), how="together"))
    assert (what_if.rule, what_if.moves) == ("shared-person", ())
    with pytest.raises(Rejected) as refused:
        await world.client.ask(PinSchools(programme_id="prg-1", urns=(100000, 100001), how="together"))
    assert refused.value.sentence == what_if.sentence == f"School 00 and School 01 cannot be in one group: {SAID}."


async def test_the_roles_are_named_where_they_differ(world):
    await drafted(
        world,
        [
            facts.enrolled(0, people={"headteacher": "per-marsh"}),
            facts.enrolled(1, people={"senior-leader": "per-marsh"}),
            *(facts.enrolled(n) for n in range(2, 6)),
        ],
    )
    why = await world.client.find(WhyNot(programme_id="prg-1", urn=100001, other_urn=100000))
    assert "the senior leader of School 01 is also the headteacher of School 00" in why.sentence


async def test_who_does_not_attend_visits_may_be_one_person_for_many_schools(world):
    shown = await drafted(world, [facts.enrolled(n, people={"clerk": "per-clerk"}) for n in range(8)])
    assert (shown.groups_total, shown.cohort.waiting) == (2, 0)


async def test_schools_that_all_have_one_head_make_no_group_and_the_rule_is_named(world):
    await drafted(world, enrolled(6, shared=range(6)))
    (failed,) = world.of(CohortFormationFailed)
    assert [(block.rule, len(block.school_ids)) for block in failed.blocking] == [("shared-person", 6)]
    assert failed.sentence == "6 of 6 schools have no group. To help: name another person for one of the schools."
    assert "per-" not in failed.model_dump_json()


async def test_a_head_who_is_replaced_keeps_the_schools_apart_no_longer_and_a_new_one_may(world):
    await drafted(world, enrolled(6, shared=range(6)))
    await world.tell(*(facts.replaced(n, "headteacher", f"per-{n}") for n in range(1, 6)))
    await world.client.ask(RematchCohort(programme_id="prg-1"))
    assert (await world.shown()).cohort.waiting == 0
    await world.tell(facts.replaced(2, "headteacher", "per-3", version=3), facts.replaced(2, "headteacher", "per-9"))
    why = await world.client.find(WhyNot(programme_id="prg-1", urn=100002, other_urn=100003))
    assert why.rule == "shared-person"
    assert not together(await world.shown(), 100002, 100003)
    assert len(world.of(CohortDrafted)) == 2


@pytest.mark.parametrize("count", [11, 30, 70])
def test_every_search_keeps_them_apart(count):
    """The exact one, the plain one, and the compiled one."""
    whole = cases.plain(count, farthest=500.0).schools
    heads = tuple(replace(one, people=((f"per-{n // 2}", "headteacher"),)) for n, one in enumerate(whole))
    matching = Round(heads)
    found = form(matching, 1, QUICK)
    assert not found.waiting
    for group in found.groups:
        assert not any(dict(a.people).keys() & dict(b.people).keys() for a, b in combinations(group, 2))
    here, there = heads[0], heads[1]
    assert why_not(matching, here, there, (here,), (there,)).rules == (Rule.SHARED_PERSON,)


async def test_schools_of_one_federation_are_in_different_groups_unless_the_template_allows_it(world):
    pair = [facts.enrolled(n, federation="The Dales Federation" if n < 2 else None) for n in range(8)]
    shown = await drafted(world, pair)
    assert (together(shown, 100000, 100001), shown.cohort.waiting) == (False, 0)
    why = await world.client.find(WhyNot(programme_id="prg-1", urn=100000, other_urn=100001))
    assert (why.rule, why.sentence) == (
        "same-federation",
        "School 00 and School 01 may not be in one group: they belong to the same federation.",
    )
    programme = world.stores.programmes.kept["prg-1"]
    terms = programme.terms.model_copy(update={"same_federation_allowed": True})
    world.stores.programmes.kept["prg-1"] = programme.model_copy(update={"terms": terms})
    why = await world.client.find(WhyNot(programme_id="prg-1", urn=100000, other_urn=100001))
    assert why.rule == ""
