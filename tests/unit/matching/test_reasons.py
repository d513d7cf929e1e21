"""Why schools wait, and what a group is in which nobody gives: what is said is true."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings

from services.matching.domain.explain import explain
from services.matching.domain.reasons import Reasons
from services.matching.domain.rules import PAIR_RULES, Rule, broken
from services.matching.domain.schools import Round, Weights
from services.matching.forming import outcomes
from services.matching.forming.formation import form, ready
from tests.unit.matching import cases
from tests.unit.matching.regrouped import COHORT, QUICK


def grouped(matching, *groups):
    """The round after these groups of earlier programmes, by the schools' numbers."""
    met: dict[int, set[int]] = {}
    for group in groups:
        for one in group:
            met.setdefault(one, set()).update(set(group) - {one})
    return Round(
        tuple(
            replace(school, grouped_before=frozenset(f"sch-{other:03}" for other in met.get(n, ())))
            for n, school in enumerate(matching.schools)
        )
    )


def years(count, seed):
    """Groups of so many schools in one to four earlier programmes."""
    draw, groups = Random(seed), []
    for _ in range(1 + seed % 4):
        order = draw.sample(range(count), count)
        groups += [order[at : at + 4] for at in range(0, count, 4)]
    return groups


@pytest.mark.parametrize("count", [3, 4, 6, 7, 8, 9, 10, 11])
@pytest.mark.parametrize("seed", range(8))
def test_where_only_earlier_groups_keep_schools_apart_they_are_the_reason_and_the_numbers_are_true(count, seed):
    matching = grouped(cases.plain(count, farthest=500.0), *years(count, seed))
    for waits in form(matching, 1, QUICK).waiting:
        others = [one for one in matching.schools if one.id != waits.school.id]
        met = [one for one in others if broken(matching.rules, matching.pins, waits.school, one)]
        assert waits.rule == Rule.GROUPED_BEFORE
        assert waits.partners == len(others) - len(met)
        assert waits.gained in (0, len(met))
        assert "they have been in a group together before" in waits.sentence
        assert waits.sentence.endswith("To help: allow schools to meet again that were grouped before.")


def test_a_school_whose_partners_have_met_each_other_is_told_so():
    matching = grouped(cases.plain(3), (0, 1))
    said = {waits.school.name: waits.sentence for waits in form(matching, 1).waiting}
    help_ = "To help: allow schools to meet again that were grouped before."
    assert said["School 2"] == (
        "School 2 waits: 2 of the other schools may be with it, but not with one another: "
        f"they have been in a group together before. {help_}"
    )
    assert said["School 0"] == (
        "School 0 waits: 1 of the other schools may be with it; 1 more might, but "
        f"they have been in a group together before. {help_}"
    )


def test_a_rule_whose_relaxing_gives_no_group_is_not_named():
    """School 3 may not be with School 2 for two reasons; to relax one of them would not help."""
    rules = {"trust": "t", "phase": "primary"}
    schools = grouped(cases.plain(2), (0, 1)).schools
    matching = Round((*schools, cases.school(2, **rules), cases.school(3, **{**rules, "phase": "secondary"})))
    assert Reasons(matching).why(matching.schools[2], ()).rule == Rule.GROUPED_BEFORE


def test_six_schools_of_which_one_trio_can_be_made_are_not_told_that_six_cannot_be_split():
    """Trios among 0, 1, 2 and 3 only: whoever is left over has met the others."""
    matching = grouped(cases.plain(6, farthest=500.0), (0, 4), (1, 4), (2, 4), (3, 4, 5), (0, 5), (1, 5), (2, 5))
    found = form(matching, 1)
    assert [len(group) for group in found.groups] == [4]
    assert {waits.rule for waits in found.waiting} == {Rule.GROUPED_BEFORE}


def test_a_number_that_cannot_be_split_is_named_only_where_no_rule_would_help():
    far = cases.school(5, place=(900_000.0, 0.0))
    matching = Round((*cases.plain(5, farthest=500.0).schools, far))
    found = form(matching, 1)
    assert {waits.school.name: waits.rule for waits in found.waiting} == {
        "School 5": Rule.TOO_FAR,
        next(iter({waits.school.name for waits in found.waiting} - {"School 5"})): Rule.SIZES,
    }


@settings(max_examples=60, deadline=None)
@given(matching=cases.rounds(least=3, most=9))
def test_a_rule_that_is_named_keeps_somebody_apart(matching):
    found = form(matching, 1, QUICK)
    pairs = list(combinations(ready(matching).schools, 2))
    kept = {rule for a, b in pairs for rule in broken(matching.rules, matching.pins, a, b)}
    for waits in found.waiting:
        assert waits.rule in kept or waits.rule not in PAIR_RULES
        assert "0 more might" not in waits.sentence


def drafted(found):
    """What the coordinator reads above the draft."""
    return outcomes.outcome(COHORT.model_copy(update={"published": 0}), found).sentence


def idle(*numbers, count=7):
    """A round in which these schools neither need nor have anything."""
    matching = cases.plain(count, farthest=500.0)
    return Round(
        tuple(replace(one, needs=(), strengths=()) if n in numbers else one for n, one in enumerate(matching.schools))
    )


def test_a_group_in_which_nobody_gives_is_named_in_the_draft_and_in_its_reasons():
    (group,) = form(idle(0, 1, 2, count=3), 1).groups
    found = form(idle(0, 1, 2, count=3), 1)
    assert drafted(found) == (
        "3 schools in 1 group; 0 wait. In the group of School 0, School 1 and School 2 nobody has what another "
        "looks for."
    )
    why = explain(Weights(), group, {})
    assert why.reasons[:2] == (
        "Nobody in the group covers another's need.",
        "Nobody gives or receives here; look at this group before you publish it.",
    )
    assert not any("comes" in reason or "come above" in reason or "covered least" in reason for reason in why.reasons)


def test_many_groups_in_which_nobody_gives_are_counted_and_three_are_named():
    lone = [replace(cases.school(n), place=(200_000.0 * (n // 3), 0.0)) for n in range(12)]
    taught = [
        replace(one, id=f"sch-9{one.id[-2:]}", needs=(("reading", 5),), strengths=(("reading", 5),), place=(9e6, 9e6))
        for one in lone[:3]
    ]
    sentence = drafted(form(Round((*lone, *taught)), 1))
    assert sentence.startswith("15 schools in 5 groups; 0 wait. In 4 groups nobody has what another looks for: ")
    assert sentence.count(";") == 4
    assert sentence.endswith("; and 1 more.")
    assert drafted(form(Round(tuple(lone)), 1)) == (
        "12 schools in 4 groups; 0 wait. In none of the groups does anybody have what another looks for."
    )


def test_a_draft_in_which_everybody_gives_says_nothing_of_it():
    assert drafted(form(cases.plain(7), 1)) == "7 schools in 2 groups; 0 wait."
