"""Insertion: makes groups feasible after a search, and places who is left over.

A group that breaks a rule gives up members until it keeps every rule. Whoever is left over joins a trio, or makes a new
trio with members of quads. The rest wait.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

Fits = Callable[[list[int]], bool]
Worth = Callable[[list[int]], float]

TRIED = 150
"""Members of quads looked at for one school; in a country's round their pairs would be millions."""


def reinsert(groups: list[list[int]], loose: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> list[int]:
    """Change `groups` in place so that each keeps every rule; the schools that wait, ascending."""
    waiting = sorted(loose)
    for group in groups:
        if not fits(group):
            kept = _largest_part(group, fits, worth, sizes)
            waiting += [school for school in group if school not in kept]
            group[:] = kept
    groups[:] = [group for group in groups if group]
    placed = True
    while placed and waiting:
        placed = any(step(groups, waiting, fits, worth, sizes) for step in (_join, _found, _borrow, _pass_on))
    return sorted(waiting)


def _largest_part(group: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> list[int]:
    """The best of the largest parts of a group that keep every rule, or nobody."""
    for size in sorted(sizes, reverse=True):
        parts = [list(part) for part in combinations(group, size) if fits(list(part))]
        if parts:
            return max(parts, key=worth)
    return []


def _join(groups: list[list[int]], waiting: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> bool:
    """One who waits joins the trio that gains most by it."""
    if max(sizes) < 4:
        return False
    for school in waiting:
        able = [group for group in groups if len(group) == 3 and fits([*group, school])]
        if able:
            max(able, key=lambda group: worth([*group, school]) - worth(group)).append(school)
            waiting.remove(school)
            return True
    return False


def _found(groups: list[list[int]], waiting: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> bool:
    """Those who wait form a group of their own."""
    for size in sorted(sizes):
        able = [list(group) for group in combinations(waiting[:40], size) if fits(list(group))]
        if able:
            best = max(able, key=worth)
            groups.append(best)
            waiting[:] = [school for school in waiting if school not in best]
            return True
    return False


def _borrow(groups: list[list[int]], waiting: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> bool:
    """Two who wait take a member of a quad, or one takes a member of each of two quads."""
    if 3 not in sizes:
        return False
    quads = [group for group in groups if len(group) == 4]
    lenders = [(group, one) for group in quads for one in group if fits([other for other in group if other != one])]
    for at, school in enumerate(waiting[:TRIED]):
        friends = [(group, one) for group, one in lenders if fits([school, one])][:TRIED]
        able = friends if fits([school]) else lenders  # one that is pinned fits nobody without its partner
        for other in waiting[at + 1 : TRIED]:
            for group, one in able if fits([school, other]) else ():
                if fits([school, other, one]):
                    return _form(groups, waiting, [school, other], [(group, one)])
        for (group, one), (second, two) in combinations(friends, 2):
            if group is not second and fits([school, one, two]):
                return _form(groups, waiting, [school], [(group, one), (second, two)])
    return False


def _form(groups: list[list[int]], waiting: list[int], waiters: list[int], lent: list[tuple[list[int], int]]) -> bool:
    for group, one in lent:
        group.remove(one)
    groups.append([*waiters, *(one for _, one in lent)])
    waiting[:] = [school for school in waiting if school not in waiters]
    return True


def _pass_on(groups: list[list[int]], waiting: list[int], fits: Fits, worth: Worth, sizes: tuple[int, ...]) -> bool:
    """One who waits takes a member's place, and that member joins a trio."""
    if max(sizes) < 4:
        return False
    trios = [group for group in groups if len(group) == 3]
    for school in waiting:
        for group in groups:
            for member in group:
                swapped = [other if other != member else school for other in group]
                if fits(swapped):
                    for trio in trios:
                        if trio is not group and fits([*trio, member]):
                            group[:] = swapped
                            trio.append(member)
                            waiting.remove(school)
                            return True
    return False
