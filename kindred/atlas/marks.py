"""Classes of coverage and how they are told apart: by colour and, for whoever sees none, by the shape of their mark."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from kindred.atlas.cohort import Cohort, Group

CLASSES = (0.3, 0.5, 0.7, 0.9)
"""Where the next class of a group's mean coverage begins."""
SHAPES = ("triangle pointing down", "diamond", "square", "triangle pointing up", "disc")


def kind(group: Group) -> int:
    """The class of a group's mean coverage, 0 (least) to 4."""
    return bisect_right(CLASSES, group.covered)


def kinds() -> list[str]:
    """The classes in words, the least first."""
    edges = (0.0, *CLASSES, 1.0)
    return [f"{low * 100:.0f} to {high * 100:.0f} %" for low, high in pairwise(edges)]


def mark(nth: int, at: tuple[int, int], size: int) -> str:
    """The path of a class's mark around a point; `size` is half its width."""
    x, y, r = *at, size
    if nth == 0:
        return f"M{x - r} {y - r}h{2 * r}l{-r} {2 * r}z"
    if nth == 1:
        return f"M{x} {y - r}l{r} {r}l{-r} {r}l{-r} {-r}z"
    if nth == 2:
        return f"M{x - r} {y - r}h{2 * r}v{2 * r}h{-2 * r}z"
    if nth == 3:
        return f"M{x - r} {y + r}h{2 * r}l{-r} {-2 * r}z"
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def cross(at: tuple[int, int], size: int) -> str:
    """The path of the mark of a school that waits."""
    x, y, r = *at, size
    return f"M{x - r} {y - r}l{2 * r} {2 * r}m{-2 * r} 0l{2 * r} {-2 * r}"


def legend(cohort: Cohort, *, framed: bool) -> str:
    """What marks mean and how many there are, as a list; `framed`: there are frames on the map."""
    counts, whole = Counter(kind(group) for group in cohort.groups), max(len(cohort.groups), 1)
    keys = [
        (
            f'<path class="k{nth}" d="{mark(nth, (0, 0), 70)}"/>',
            f"{words}: {_groups(counts[nth])} ({_share(counts[nth], whole)})",
        )
        for nth, words in enumerate(kinds())
    ]
    keys.append(('<circle class="dot" r="22"/>', "a school"))
    keys.append((f'<path class="crosses" d="{cross((0, 0), 60)}"/>', f"a school that waits: {len(cohort.waiting):,}"))
    if framed:
        keys.append(('<rect class="frame" x="-80" y="-80" width="160" height="160"/>', "a square drawn enlarged"))
    rows = (
        f'<li><svg class="key" viewBox="-100 -100 200 200" aria-hidden="true">{drawn}</svg>{words}</li>'
        for drawn, words in keys
    )
    return f'<ul class="keys" aria-label="Groups by coverage">{"".join(rows)}</ul>'


def _groups(count: int) -> str:
    return f"{count:,} group" if count == 1 else f"{count:,} groups"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
