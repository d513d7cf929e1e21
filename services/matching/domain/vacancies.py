"""Whether a school could be in some group, and which pin is in the way.

A trio is enough. Whether its members are needed elsewhere is left to the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from services.matching.domain.pins import clusters
from services.matching.domain.rules import forbidden
from services.matching.domain.schools import Round, School

UNSPLIT = (1, 2, 5)
"""Numbers of schools that groups of three and four leave some of over."""

Clusters = list[frozenset[str]]


def has_group(matching: Round, partners: Sequence[School]) -> bool:
    """Whether two of a school's partners may be together, so that a trio with it could exist."""
    return any(not forbidden(matching, a, b) for a, b in combinations(partners, 2))


def pin_in_the_way(matching: Round, school: School, partners: Sequence[School]) -> tuple[School, ...]:
    """Schools pinned together without whose pin this school, and they, could all have a group.

    () where the pins leave room for the school, or taking back no single one would help. No pin names the school.
    """
    pinned = clusters(matching.pins)
    if _room(matching, partners, pinned):
        return ()
    for cluster in pinned:
        others = [other for other in pinned if other != cluster]
        if _room(matching, partners, others) and _all_placed(matching, school, partners, cluster, others):
            return tuple(one for one in matching.schools if one.id in cluster)
    return ()


def _room(matching: Round, partners: Sequence[School], pinned: Clusters) -> bool:
    """Whether a group with the school could exist beside these clusters, and the numbers add up."""
    sizes, count = matching.rules.sizes, len(matching.schools)
    full = sum(len(cluster) for cluster in pinned if len(cluster) == max(sizes))
    if len(sizes) > 1 and count not in UNSPLIT and count - full in UNSPLIT:
        return False
    able = {one.id for one in partners}
    if any(len(cluster) < max(sizes) and cluster <= able for cluster in pinned):
        return True
    held = frozenset[str]().union(*pinned)
    return has_group(matching, [one for one in partners if one.id not in held])


def _all_placed(
    matching: Round, school: School, partners: Sequence[School], cluster: frozenset[str], others: Clusters
) -> bool:
    """Whether the school could be in a trio with one or two of the cluster, while the rest of it has a group too."""
    held = frozenset[str]().union(*others)
    free = [one for one in matching.schools if one.id not in held and one.id not in cluster and one is not school]
    members = [one for one in matching.schools if one.id in cluster]
    able = [one for one in partners if one.id not in held]
    for first in (one for one in able if one.id in cluster):
        for second in able:
            if second is not first and not forbidden(matching, first, second):
                rest = [one for one in members if one not in (first, second)]
                if _filled(matching, rest, [one for one in free if one is not second]):
                    return True
    return False


def _filled(matching: Round, rest: Sequence[School], free: Sequence[School]) -> bool:
    """Whether `rest`, up to three schools that may be together, is empty, a trio, or part of one with free schools."""
    able = [one for one in free if not any(forbidden(matching, one, other) for other in rest)]
    return len(rest) in (0, 3) or (len(rest) == 2 and bool(able)) or (len(rest) == 1 and has_group(matching, able))
