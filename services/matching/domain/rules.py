"""The hard rules: typed, each with a reason code, never traded for score.

A rule answers one question about two schools: does it keep them apart? A blank field forbids nothing.
"""

from __future__ import annotations

from enum import StrEnum

from services.matching.domain.schools import Pins, Round, Rules, School, accepted, distance


class Rule(StrEnum):
    """Why two schools may not be in one group, or why a school is in none."""

    CLOSED = "closed"
    SAME_TRUST = "same-trust"
    SAME_FEDERATION = "same-federation"
    SHARED_PERSON = "shared-person"
    GROUPED_BEFORE = "grouped-before"
    EXCLUDED = "not-with"
    PINNED_APART = "pinned-apart"
    PHASES = "phases"
    ACROSS_WATER = "across-water"
    TOO_FAR = "too-far"
    PINNED_TOGETHER = "pinned-together"
    LATE = "late"
    SIZES = "sizes"
    NO_PLACE_LEFT = "no-place-left"


PAIR_RULES = (
    Rule.CLOSED,
    Rule.SAME_TRUST,
    Rule.SAME_FEDERATION,
    Rule.SHARED_PERSON,
    Rule.GROUPED_BEFORE,
    Rule.EXCLUDED,
    Rule.PINNED_APART,
    Rule.PHASES,
    Rule.ACROSS_WATER,
    Rule.TOO_FAR,
)

SENTENCES = {
    Rule.CLOSED: "one of them has closed",
    Rule.SAME_TRUST: "they belong to the same trust",
    Rule.SAME_FEDERATION: "they belong to the same federation",
    Rule.SHARED_PERSON: "one person would come to the visits for both",
    Rule.GROUPED_BEFORE: "they have been in a group together before",
    Rule.EXCLUDED: "one of them asked not to be matched with the other",
    Rule.PINNED_APART: "the coordinator keeps them apart",
    Rule.PHASES: "one is a primary and the other a secondary school",
    Rule.ACROSS_WATER: "one of them is on an island and the other is not there",
    Rule.TOO_FAR: "they are farther apart than one of them accepts to travel",
    Rule.PINNED_TOGETHER: "the schools it is to be kept together with cannot be in one group",
    Rule.LATE: "it came after the groups were published",
    Rule.SIZES: "groups of the programme's sizes leave some of this number of schools over",
    Rule.NO_PLACE_LEFT: "every group that it could be in would take a school from another group",
}

RELAXING = {
    Rule.CLOSED: "withdraw the school that has closed, and let the one that took over from it in",
    Rule.SAME_TRUST: "allow schools of one trust in a group",
    Rule.SAME_FEDERATION: "allow schools of one federation in a group",
    Rule.SHARED_PERSON: "name another person for one of the schools",
    Rule.GROUPED_BEFORE: "allow schools to meet again that were grouped before",
    Rule.EXCLUDED: "ask the schools whether they still want to be kept apart",
    Rule.PINNED_APART: "take back the pins that keep it apart",
    Rule.PHASES: "allow primary and secondary schools in one group",
    Rule.ACROSS_WATER: "ask the schools whether they would make the crossing, and take the island off the list",
    Rule.TOO_FAR: "agree a longer way to travel with it or its neighbours",
    Rule.PINNED_TOGETHER: "take back the pin",
    Rule.LATE: "match again; `kindred cohorts rematch --least` moves as few schools as can be",
    Rule.SIZES: "enrol one more school",
    Rule.NO_PLACE_LEFT: "enrol one more school that can be with it",
}


def apart_by_phase(rules: Rules, a: School, b: School) -> bool:
    """Whether the programme keeps the two phases (or their stages) apart."""
    return any(
        frozenset({left, right}) in rules.phases_apart
        for left in {a.phase, a.stage} - {""}
        for right in {b.phase, b.stage} - {""}
        if left != right
    )


def across_water(rules: Rules, a: School, b: School) -> bool:
    """Whether one is on an island of the programme's list and the other is somewhere else."""
    return a.authority != b.authority and not rules.islands.isdisjoint({a.authority, b.authority})


def too_far(a: School, b: School) -> bool:
    """Whether the distance is longer than one of them accepts; exactly as far is near enough."""
    way = distance(a, b)
    return way is not None and way > accepted(a, b)


def shared_roles(a: School, b: School) -> tuple[tuple[str, str], ...]:
    """The roles at a and at b of each person who would attend visits for both."""
    theirs = dict(b.people)
    return tuple((role, theirs[person]) for person, role in a.people if person in theirs)


def because(rule: Rule, a: School, b: School) -> str:
    """Why the rule keeps these two apart: schools by name, people by role, as sentences are stored."""
    if rule != Rule.SHARED_PERSON:
        return SENTENCES[rule]
    here, there = shared_roles(a, b)[0]
    return f"the {here} of {a.called} is also the {there} of {b.called}, and cannot come to visits for both"


def broken(rules: Rules, pins: Pins, a: School, b: School) -> tuple[Rule, ...]:
    """Every rule that keeps the two apart, the gravest first."""
    pair = frozenset({a.id, b.id})
    found = {
        Rule.CLOSED: a.closed or b.closed,
        Rule.SAME_TRUST: bool(a.trust) and a.trust == b.trust and not rules.same_trust_allowed,
        Rule.SAME_FEDERATION: bool(a.federation) and a.federation == b.federation and not rules.same_federation_allowed,
        Rule.SHARED_PERSON: bool(shared_roles(a, b)),
        Rule.GROUPED_BEFORE: b.id in a.grouped_before or a.id in b.grouped_before,
        Rule.EXCLUDED: b.id in a.apart or a.id in b.apart,
        Rule.PINNED_APART: pair in pins.apart,
        Rule.PHASES: apart_by_phase(rules, a, b),
        Rule.ACROSS_WATER: across_water(rules, a, b),
        Rule.TOO_FAR: too_far(a, b),
    }
    return tuple(rule for rule in PAIR_RULES if found[rule])


def forbidden(matching: Round, a: School, b: School) -> bool:
    """Whether any rule keeps the two apart."""
    return bool(broken(matching.rules, matching.pins, a, b))


def feasible(matching: Round, group: tuple[School, ...]) -> bool:
    """Whether a group may exist: its size, no forbidden pair, and every pinned partner inside."""
    ids = {school.id for school in group}
    return (
        len(group) in matching.rules.sizes
        and not any(forbidden(matching, a, b) for at, a in enumerate(group) for b in group[:at])
        and not any(0 < len(pair & ids) < len(pair) for pair in matching.pins.together)
    )
