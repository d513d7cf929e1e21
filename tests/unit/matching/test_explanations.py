"""What people are told about a group, to the word."""

from dataclasses import replace

import pytest

from services.matching.domain.exchange import best_swap, why_not
from services.matching.domain.explain import explain
from services.matching.domain.pins import pinned, refusal
from services.matching.domain.reasons import Reasons
from services.matching.domain.rules import Rule, broken
from services.matching.domain.schools import Pins, Round, Rules, Weights
from services.matching.domain.score import Parts, coverage, diversity, group_parts, percentile
from services.matching.forming.formation import form
from tests.unit.matching import cases

A = cases.school(
    1, name="Ash", authority="1", area="Barnsley", pupils=150, fsm=0.1, needs=(("reading", 4), ("homework", 1)),
    strengths=(("writing", 5),),
)  # fmt: skip
B = cases.school(
    2, name="Beech", authority="2", area="Sheffield", pupils=400, fsm=0.4, place=(3000.0, 4000.0),
    needs=(("writing", 3),), strengths=(("reading", 4),),
)  # fmt: skip
C = cases.school(3, name="Cedar", authority="1", area="Barnsley", pupils=160, fsm=0.1, needs=(("reading", 2),))


def test_the_score_of_a_group_worked_out_by_hand():
    assert coverage(A, (B, C)) == pytest.approx(0.8 * 0.8)
    assert [diversity(A, B), diversity(A, C)] == [1.0, 0.0]
    assert diversity(A, B, mixed=False) == pytest.approx(2 / 3)
    parts = group_parts(Weights(), (A, B, C))
    assert parts.coverage == pytest.approx(0.5 * (0.64 + 1.0 + 0.8))
    assert parts.weakest == pytest.approx(0.25 * 3 * 0.64)
    assert parts.diversity == pytest.approx(0.15 * (0.5 + 1.0 + 0.5))
    assert parts.travel == pytest.approx(0.10 * (1.0 + 0.875 * 2 / 2 * 2))
    assert parts.total == pytest.approx(parts.coverage + parts.weakest + parts.diversity + parts.travel)


def test_a_group_is_explained_in_sentences():
    why = explain(Weights(), (A, B, C), {"reading": "Reading", "writing": "Writing"})
    assert why.reasons == (
        "Ash can show Beech what it most wants to see: Writing.",
        "Cedar comes above all to learn here.",
        "Ash is covered least: 64 % of its needs.",
        "The schools lie 0 to 5 km apart.",
        "They come from 2 authorities: Barnsley, Sheffield.",
    )
    ash = why.schools[0]
    assert ash.gets == (
        "Reading (weight 4): Beech covers it well.",
        "homework (weight 1): nobody in the group covers it.",
    )
    assert ash.gives == ("Writing to Beech.",)
    assert ash.context == (
        "The farthest way is 5 km to Beech; both accept 40 km.",
        "It is a very small school (150 pupils); Beech differs in size.",
        "Free meals: 10 % of its pupils, 40 % at Beech.",
    )
    assert why.parts == group_parts(Weights(), (A, B, C)).per(3)


def test_parts_of_nothing_are_nothing():
    assert Parts(0.0, 0.0, 0.0, 0.0).per(0).total == 0.0
    assert percentile([], 0.05) == 0.0
    assert percentile([0.1 * n for n in range(1, 21)], 0.05) == 0.1


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ({"trust": "t"}, {"trust": "t"}, Rule.SAME_TRUST),
        ({"people": (("p", "headteacher"),)}, {"people": (("p", "senior-leader"),)}, Rule.SHARED_PERSON),
        ({"grouped_before": frozenset({"sch-002"})}, {}, Rule.GROUPED_BEFORE),
        ({}, {"apart": frozenset({"sch-001"})}, Rule.EXCLUDED),
        ({"phase": "nursery"}, {"phase": "16-plus"}, Rule.PHASES),
        ({"farthest": 9.9}, {"place": (10000.0, 0.0)}, Rule.TOO_FAR),
    ],
)
def test_each_hard_rule_by_itself(left, right, rule):
    a, b = cases.school(1, **left), cases.school(2, **right)
    assert broken(Rules(), Pins(), a, b) == broken(Rules(), Pins(), b, a) == (rule,)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"trust": ""}, {"trust": ""}),
        ({"people": (("p", "headteacher"),)}, {"people": (("q", "headteacher"),)}),
        ({"phase": "all-through"}, {"phase": "primary"}),
        ({"phase": "not-applicable"}, {"phase": "secondary"}),
        ({"farthest": 10.0}, {"place": (10000.0, 0.0)}),
        ({"place": None}, {"place": (900000.0, 0.0)}),
    ],
)
def test_what_is_blank_or_just_within_forbids_nothing(left, right):
    assert broken(Rules(), Pins(), cases.school(1, **left), cases.school(2, **right)) == ()


def test_pins_replace_each_other_and_are_refused_where_a_rule_stands():
    pins = pinned(Pins(), ("a", "b", "c"), "together")
    assert len(pins.together) == 3
    assert pinned(pins, ("a", "b"), "apart").apart == {frozenset({"a", "b"})}
    assert pinned(pins, ("a", "b", "c"), "free") == Pins()
    schools = {name: cases.school(n, id=name, name=name, trust="t" if n < 2 else "") for n, name in enumerate("abcde")}
    assert refusal(Rules(), pins, schools) == (
        Rule.SAME_TRUST,
        "a and b cannot be in one group: they belong to the same trust.",
    )
    five = pinned(pinned(Pins(), ("b", "c", "d"), "together"), ("d", "e", "a"), "together")
    assert refusal(Rules(), five, schools) == (Rule.SIZES, "a, b, c, d, e would be a group of 5; the largest has 4.")


def test_who_waits_is_told_the_rule_and_what_relaxing_it_gives():
    far = cases.school(9, name="Far", place=(90000.0, 0.0))
    waits = Reasons(Round((*cases.plain(6).schools, far))).why(far, ())
    assert (waits.rule, waits.partners, waits.gained) == (Rule.TOO_FAR, 0, 6)
    assert waits.sentence == (
        "Far waits: 0 of the other schools may be with it; 6 more might, but they are farther apart than one of them "
        "accepts to travel. To help: agree a longer way to travel with it or its neighbours."
    )


def together(matching, *numbers):
    return replace(matching, pins=pinned(matching.pins, tuple(f"sch-{n:03}" for n in numbers), "together"))


@pytest.mark.parametrize("count", [6, 9])
def test_who_has_no_group_beside_a_pinned_quad_is_told_the_pin(count):
    matching = together(cases.plain(count, farthest=500.0), 0, 1, 2, 3)
    found = form(matching, 1)
    assert {len(group) for group in found.groups} == {4}
    assert {one.sentence for one in found.waiting} == {
        f"{one.school.name} waits: there is no group for it while School 0, School 1, School 2, School 3 are kept "
        "together. To help: take back the pin."
        for one in found.waiting
    }
    assert {one.rule for one in found.waiting} == {Rule.PINNED_TOGETHER}
    freed = form(replace(matching, pins=Pins()), 1)
    assert not freed.waiting


def along(*places, **facts):
    """Schools at these kilometres of a line, each ready to travel 40 km; `facts` of the last one."""
    here = [cases.school(n, place=(1000.0 * km, 0.0)) for n, km in enumerate(places)]
    return Round((*here[:-1], replace(here[-1], **facts)))


def test_a_pin_that_holds_a_partner_elsewhere_is_named():
    matching = together(along(0, 20, -20, -25, -30, -30, 35), 1, 2)
    waits = Reasons(matching).why(matching.schools[-1], ())
    assert (waits.rule, [one.name for one in waits.pinned]) == (Rule.PINNED_TOGETHER, ["School 1", "School 2"])
    (alone,) = form(matching, 1).waiting
    assert alone == waits
    assert not form(replace(matching, pins=Pins()), 1).waiting


def test_a_pin_is_not_named_where_taking_it_back_gives_nobody_a_group():
    matching = together(along(0, 0, -30, -30, 30, 30, apart=frozenset({"sch-004"})), 0, 1, 2, 3)
    assert [(one.rule, one.pinned) for one in form(matching, 1).waiting] == [(Rule.SIZES, ())] * 2
    assert len(form(replace(matching, pins=Pins()), 1).groups) == 1
    spare = together(cases.plain(7, farthest=500.0), 0, 1, 2, 3)
    assert Reasons(spare).why(spare.schools[-1], ()).pinned == ()


def test_why_not_names_the_rule_or_the_price():
    matching = cases.plain(7)
    here, there = matching.schools[:3], matching.schools[3:]
    scored = why_not(matching, here[0], there[0], here, there)
    assert scored.rules == ()
    assert scored.best is not None
    assert f"{abs(scored.best.change):.3f} points" in scored.sentence
    old = cases.school(1, grouped_before=frozenset({there[0].id}))
    ruled = why_not(matching, old, there[0], (old, *here[1:]), there)
    assert ruled.rules == (Rule.GROUPED_BEFORE,)
    assert ruled.sentence == "School 1 and School 3 may not be in one group: they have been in a group together before."


def test_the_best_swap_is_the_best_of_all_exchanges():
    matching = cases.plain(10)
    groups = [matching.schools[:3], matching.schools[3:6], matching.schools[6:]]
    best = best_swap(matching, groups[0], groups[1:])
    assert best is not None
    before = sum(group_parts(Weights(), group).total for group in groups)
    other = next(group for group in groups[1:] if set(best.there) & set(group) or best.back in group)
    rest = [group for group in groups[1:] if group is not other]
    after = sum(group_parts(Weights(), group).total for group in (best.here, best.there, *rest))
    assert best.change == pytest.approx(after - before)
