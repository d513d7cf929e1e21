"""From the domain's round to the engine's arrays."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import nan

import numpy as np

from services.matching.domain import schools as domain
from services.matching.domain.score import band
from services.matching.engine.instance import Instance, Weights, rows

__all__ = ["encode", "engine_weights"]

Kind = tuple[str, str, str, bool]
"""Phase, stage, island ("" on the mainland), closed: what decides by itself whether two schools may meet."""


def engine_weights(weights: domain.Weights, keeping: float = 0.0) -> Weights:
    """The template's weights as the engine takes them; `keeping` is what an unchanged relationship is worth."""
    return Weights(weights.coverage, weights.weakest, weights.diversity, weights.travel, keeping, weights.both_ways)


def encode(matching: domain.Round, kept: frozenset[frozenset[str]] = frozenset()) -> Instance:
    """The round as arrays, school i being `matching.schools[i]`. `kept`: pairs of ids grouped at present."""
    schools = matching.schools
    place = {school.id: at for at, school in enumerate(schools)}
    kinds = sorted({_kind(matching.rules, school) for school in schools})
    needs, wishes, offers = _topics(schools)
    return Instance(
        _facts(matching, kinds),
        _clashes(matching.rules, kinds),
        needs,
        wishes,
        offers,
        *rows(_apart(matching, place), len(schools)),
        *rows(_pairs(matching.pins.together, place), len(schools)),
        *rows(_pairs(kept, place), len(schools)),
    )


def _kind(rules: domain.Rules, school: domain.School) -> Kind:
    return school.phase, school.stage, school.authority if school.authority in rules.islands else "", school.closed


def _facts(matching: domain.Round, kinds: list[Kind]) -> np.ndarray:
    trusts = {name: at for at, name in enumerate(sorted({school.trust for school in matching.schools} - {""}))}
    number = {kind: at for at, kind in enumerate(kinds)}
    areas = {name: at for at, name in enumerate(sorted({school.authority for school in matching.schools}))}
    facts = np.empty((len(matching.schools), 8), np.float64)
    for at, school in enumerate(matching.schools):
        x, y = school.place if school.place is not None else (nan, nan)
        size = band(school.pupils)
        facts[at] = (
            x / 1000,
            y / 1000,
            school.farthest,
            -1 if school.fsm is None else school.fsm,
            number[_kind(matching.rules, school)],
            -1 if matching.rules.same_trust_allowed else trusts.get(school.trust, -1),
            -1 if size is None else size,
            areas[school.authority] if matching.rules.weights.mixed else 0,
        )
    return facts


def _clashes(rules: domain.Rules, kinds: list[Kind]) -> np.ndarray:
    def apart(a: Kind, b: Kind) -> bool:
        phases = ((p, q) for p in {a[0], a[1]} - {""} for q in {b[0], b[1]} - {""})
        return (
            a[3]
            or b[3]
            or a[2] != b[2]
            or any(frozenset(pair) in rules.phases_apart for pair in phases if len(set(pair)) == 2)
        )

    return np.array([[apart(a, b) for b in kinds] for a in kinds], np.bool_).reshape(len(kinds), len(kinds))


def _topics(schools: tuple[domain.School, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    names = sorted({topic for school in schools for topic, _ in (*school.needs, *school.strengths)})
    number = {name: at for at, name in enumerate(names)}
    most = max((len(school.needs) for school in schools), default=1) or 1
    needs = np.full((len(schools), most), -1, np.int16)
    wishes = np.zeros((len(schools), most), np.float64)
    offers = np.zeros((len(schools), max(len(names), 1)), np.uint8)
    for at, school in enumerate(schools):
        for k, (topic, share) in enumerate(school.shares()):
            needs[at, k], wishes[at, k] = number[topic], share
        for topic, _ in school.strengths:
            offers[at, number[topic]] = round(school.offers(topic) * 100)
    return needs, wishes, offers


def _apart(matching: domain.Round, place: dict[str, int]) -> list[tuple[int, int]]:
    found = [
        (place[school.id], place[other])
        for school in matching.schools
        for other in school.apart | school.grouped_before
        if other in place
    ]
    if not matching.rules.same_federation_allowed:
        found += _federated(matching.schools)
    return found + _shared(matching.schools) + _pairs(matching.pins.apart, place)


def _shared(schools: tuple[domain.School, ...]) -> list[tuple[int, int]]:
    """Pairs of schools for both of which one person would come."""
    return _alike((at, person) for at, school in enumerate(schools) for person in dict(school.people))


def _federated(schools: tuple[domain.School, ...]) -> list[tuple[int, int]]:
    """Pairs of schools of one federation."""
    return _alike((at, school.federation) for at, school in enumerate(schools) if school.federation)


def _alike(found: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Pairs of schools that have something in common."""
    homes: dict[str, list[int]] = {}
    for at, what in found:
        homes.setdefault(what, []).append(at)
    return [pair for home in homes.values() for pair in combinations(home, 2)]


def _pairs(pairs: frozenset[frozenset[str]], place: dict[str, int]) -> list[tuple[int, int]]:
    known = [sorted(place[one] for one in pair) for pair in pairs if all(one in place for one in pair)]
    return sorted((pair[0], pair[1]) for pair in known if len(pair) == 2)
