"""The cohort by region: the figures behind the map, for whoever does not see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from html import escape

from kindred.atlas.cohort import Cohort, Group

UNKNOWN = "Region not known"


@dataclass(frozen=True, slots=True)
class Region:
    """Groups and who waits. `score`: mean over the schools; `least`: coverage of the school covered least."""

    name: str
    groups: int
    waiting: int
    score: float | None
    least: float | None


def regions(cohort: Cohort) -> list[Region]:
    """By name, those not known last. A group counts where most of its schools are, of several where its first is."""
    groups: dict[str, list[Group]] = defaultdict(list)
    for group in cohort.groups:
        named = Counter(name for name in group.regions if name).most_common(1)
        groups[named[0][0] if named else UNKNOWN].append(group)
    waiting = Counter(one.region or UNKNOWN for one in cohort.waiting)
    names = sorted({*groups, *waiting}, key=lambda name: (name == UNKNOWN, name))
    return [_region(name, groups[name], waiting[name]) for name in names]


def _region(name: str, groups: list[Group], waiting: int) -> Region:
    schools = sum(len(group.names) for group in groups)
    covered = [value for group in groups for value in group.coverage]
    total = sum(group.score * len(group.names) for group in groups)
    return Region(name, len(groups), waiting, total / schools if schools else None, min(covered, default=None))


def table(cohort: Cohort) -> str:
    """The regions as a table with a row for all of them."""
    found = regions(cohort)
    if not found:
        return ""
    whole = _region("All", list(cohort.groups), len(cohort.waiting))
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Region", "Groups", "Mean score", "Least covered", "Waiting")
    )
    rows = "".join(map(_row, found))
    return (
        '<h2 id="by-region">The groups by region</h2>\n<div class="wide" role="region" aria-labelledby="by-region" '
        'tabindex="0"><table class="figures">\n'
        "<caption>A group counts in the region of most of its schools. Least covered: the share of needs of the one "
        f"school that is covered least.</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>\n"
        f"<tfoot>{_row(whole)}</tfoot></table></div>"
    )


def _row(region: Region) -> str:
    score = "none" if region.score is None else f"{region.score:.3f}"
    least = "none" if region.least is None else f"{region.least * 100:.0f} %"
    cells = (f"{region.groups:,}", score, least, f"{region.waiting:,}")
    return f'<tr><th scope="row">{escape(region.name)}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
