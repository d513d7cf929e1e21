"""Groups that have met: they stay as they are, and one that has become too small takes others in."""

from dataclasses import replace

import pytest

from services.matching.domain.draft_groups import changed_and_new
from services.matching.domain.group_changes import overtaken
from services.matching.domain.records import Proposal
from services.matching.domain.relationships import ended
from services.matching.domain.schools import Pins, Round
from services.matching.forming.rematch import Standing, curve, rematch, repaired
from services.matching.forming.what_if import what_if
from tests.unit.matching import cases
from tests.unit.matching.regrouped import COHORT, QUICK, check, ids, published, standing
from tests.workers import UNTRACED

pytestmark = UNTRACED


def test_frozen_groups_stay_even_where_a_rule_has_turned_against_them():
    matching = cases.plain(13, farthest=500.0)
    first, *others = standing(matching).groups
    stands = Standing(tuple(others), (first,))
    apart = Round(matching.schools, pins=Pins(apart=frozenset({frozenset(first[:2])})))
    for found in (repaired(apart, stands, 1), rematch(apart, stands, 1, QUICK, keeping=0.0)):
        check(apart, stands, found)


def shrunk(count):
    """A round whose first group has met and lost all but two of its schools: (round, standing, the two)."""
    matching = cases.plain(count, farthest=500.0)
    first, *others = standing(matching).groups
    left = tuple(school for school in matching.schools if school.id not in first[2:])
    return replace(matching, schools=left), Standing(tuple(others), (first[:2],)), set(first[:2])


def home_of(found, school):
    return next(set(group) for group in ids(found.groups) if school in group)


@pytest.mark.parametrize("count", [10, 30, 75])
def test_a_group_that_met_and_has_two_schools_left_takes_in_one_that_joins(count):
    matching, stands, pair = shrunk(count)
    late = cases.school(900, place=(1000.0, 0.0), phase="primary")
    more = replace(matching, schools=(*matching.schools, late))
    found = repaired(more, stands, 1)
    assert home_of(found, late.id) == {*pair, late.id}
    assert set(stands.groups) <= set(ids(found.groups))
    assert not found.waiting


@pytest.mark.parametrize("count", [10, 30])
def test_a_group_that_met_and_has_two_schools_left_is_filled_up_and_stays_together(count):
    matching, stands, pair = shrunk(count)
    whole = Standing((*stands.groups, tuple(sorted(pair))))
    least = repaired(matching, stands, 1)
    searched = [rematch(matching, stands, 1, QUICK, keeping=keeping) for keeping in (0.0, 0.04)]
    for found in (least, *searched, *(option.formed for option in curve(matching, stands, 1, QUICK))):
        check(matching, whole, found)
        assert not found.waiting
        assert len(home_of(found, min(pair))) in (3, 4)
        assert pair < home_of(found, min(pair))
    present = [school.id for school in matching.schools]
    assert ended(stands.groups, ids(least.groups), present) <= 3


@pytest.mark.parametrize("why", ["nobody may join", "the two may not be together", "five schools"])
def test_a_group_that_met_and_cannot_take_others_in_goes_on_as_it_is(why):
    alone = {"phase": "secondary"} if why == "nobody may join" else {"phase": "primary"}
    pair = tuple(cases.school(900 + n, trust="a" if "together" in why else "", **alone) for n in range(2))
    others = cases.plain(3 if why == "five schools" else 8, farthest=500.0)
    names = [school.id for school in others.schools]
    stands = Standing(
        (tuple(names),) if len(names) == 3 else (tuple(names[:4]), tuple(names[4:])), (("sch-900", "sch-901"),)
    )
    matching = replace(others, schools=(*others.schools, *pair))
    for found in (repaired(matching, stands, 1), rematch(matching, stands, 1, QUICK, keeping=0.0)):
        assert stands.frozen[0] in ids(found.groups)
        assert not found.waiting
        assert not found.blocking


def test_of_two_such_groups_the_one_that_a_rule_has_turned_against_stays_and_the_other_takes_in():
    pair = tuple(cases.school(900 + n, trust="a", phase="primary") for n in range(2))
    others = cases.plain(7, farthest=500.0)
    names = [school.id for school in others.schools]
    stands = Standing((tuple(names[:4]),), (("sch-900", "sch-901"), tuple(names[4:6])))
    found = repaired(replace(others, schools=(*others.schools, *pair)), stands, 1)
    assert ids(found.groups) == (tuple(names[:4]), tuple(names[4:]), ("sch-900", "sch-901"))


def test_what_if_never_parts_schools_that_have_met():
    """Parting the two would end one relationship, keeping them ends two."""
    matching = cases.plain(8, farthest=500.0)
    names = [school.id for school in matching.schools]
    groups = (tuple(names[:2]), tuple(names[2:5]), tuple(names[5:]))
    pinned = replace(matching, pins=Pins(frozenset({frozenset({names[0], names[2]})})))
    either, kept = what_if(pinned, groups, 1), what_if(pinned, groups, 1, met=1)
    assert [move.school_id for move in either.moves if move.school_id in groups[0]] != []
    assert [move.school_id for move in kept.moves if move.school_id in groups[0]] == []


def test_the_last_school_of_a_group_that_met_joins_another():
    matching = cases.plain(8, farthest=500.0)
    names = [school.id for school in matching.schools]
    found = repaired(matching, Standing((tuple(names[:3]), tuple(names[3:7])), (tuple(names[7:]),)), 1)
    assert ids(found.groups) == (tuple(sorted((*names[:3], names[7]))), tuple(names[3:7]))
    alone = repaired(matching, Standing((), (tuple(names[:3]), tuple(names[3:7]), tuple(names[7:]))), 1)
    assert ids(alone.groups) == (tuple(names[:3]), tuple(names[3:7]), tuple(names[7:]))


def test_a_group_that_met_goes_on_as_itself_where_another_has_as_many_of_its_schools():
    known = [published(1, "a", "b", "c"), published(2, "y", "z", held=True)]
    changed, new = changed_and_new(COHORT, known, [Proposal(school_ids=("a", "b", "y", "z"))])
    assert [(one.number, one.members) for one in changed] == [(2, ("a", "b", "y", "z")), (1, ())]
    assert new == ()
    assert [overtaken(one) for one in changed] == [False, False]
    parted = known[1].model_copy(update={"proposed": Proposal(school_ids=("b", "c", "z"))})
    grown = known[0].model_copy(update={"proposed": Proposal(school_ids=("a", "b", "c", "d")), "held": True})
    alone = published(3, "x", held=True).model_copy(update={"proposed": Proposal()})
    assert [overtaken(one) for one in (parted, grown, alone)] == [True, True, False]
