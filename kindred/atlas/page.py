"""The page: one self-contained HTML file without scripts, readable on a phone, in the dark and by a screen reader."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path

from kindred.atlas.cohort import Cohort, is_local
from kindred.atlas.crowded import squares
from kindred.atlas.drawing import map_of
from kindred.atlas.histogram import histogram
from kindred.atlas.insets import insets
from kindred.atlas.marks import legend
from kindred.atlas.regions import table

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
LISTED = 200
"""Waiting schools listed by name; the rest is counted."""


def page(cohort: Cohort, title: str) -> str:
    """The whole page."""
    name = escape(title)
    sections = (_figures(cohort), _map(cohort), _coverage(cohort), _waiting(cohort))
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n" + "\n".join(sections) + "\n</main>\n"
        "</body>\n</html>\n"
    )


def _figures(cohort: Cohort) -> str:
    schools, sizes = len(cohort.coverage), Counter(len(group.names) for group in cohort.groups)
    frozen = sum(group.frozen for group in cohort.groups)
    parts = [f"{count:,} of {size}" for size, count in sorted(sizes.items())]
    rows = [
        ("Groups", f"{len(cohort.groups):,}", ", ".join(parts)),
        ("Schools in a group", f"{schools:,}", f"{frozen:,} groups have met" if frozen else cohort.state),
        ("Waiting", f"{len(cohort.waiting):,}", _share(len(cohort.waiting), schools + len(cohort.waiting))),
        ("Score", f"{cohort.score:.4f}", _bound(cohort)),
    ]
    cells = (f"<div><dt>{name}</dt><dd>{value}<small>{escape(note)}</small></dd></div>" for name, value, note in rows)
    return f"<dl>{''.join(cells)}</dl>"


def _bound(cohort: Cohort) -> str:
    if cohort.bound is None or cohort.bound <= 0:
        return "mean over the schools"
    gap = 100 * (cohort.bound - cohort.score) / cohort.bound
    least = "about what could be reached" if is_local(cohort.bound_kind) else "what no match can beat"
    return f"{gap:.1f} % below {least} ({cohort.bound_kind})"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} % of all" if whole else ""


def _map(cohort: Cohort) -> str:
    framed = squares(cohort)
    unknown = sum(place is None for group in cohort.groups for place in group.places)
    unknown += sum(one.place is None for one in cohort.waiting)
    lost = f"<p>{unknown:,} schools are not on the map: their places are not known.</p>\n" if unknown else ""
    enlarged = (
        "<p>The most crowded squares of 40 km are framed and drawn enlarged, with a line from each group's mark "
        "to each of its schools. With a mouse, point at a mark to read who they are; <code>kindred cohorts show</code> "
        "lists them all.</p>\n"
        if framed
        else ""
    )
    return (
        "<h2>Where the groups are</h2>\n<p>Each shape joins the schools of one group. The mark in its middle, by "
        "colour and form, is how much of their needs is covered, on average; a cross is a school that waits. "
        "Where marks overlap, the least covered lies on top.</p>\n"
        f"{enlarged}{legend(cohort, framed=bool(framed))}\n"
        f'<div class="atlas">{map_of(cohort, framed)}{insets(cohort, framed)}<div>{lost}{table(cohort)}</div></div>'
    )


def _coverage(cohort: Cohort) -> str:
    covered = cohort.coverage
    if not covered:
        return "<h2>How well needs are covered</h2>\n<p>There are no groups yet.</p>"
    marks = [("least", covered[0]), ("5th percentile", _at(covered, 0.05)), ("median", _at(covered, 0.5))]
    return (
        "<h2>How well needs are covered</h2>\n<p>Schools by the share of their needs that others in their group "
        f"can help with. The school covered least has {covered[0] * 100:.0f} %.</p>\n{histogram(covered, marks)}"
    )


def _at(ordered: list[float], share: float) -> float:
    """Nearest rank."""
    return ordered[max(-(-int(share * 1000) * len(ordered) // 1000) - 1, 0)]


def _waiting(cohort: Cohort) -> str:
    if not cohort.waiting:
        return "<h2>Who waits</h2>\n<p>Nobody: every school has a group.</p>"
    counts = Counter(one.rule for one in cohort.waiting).most_common()
    most = counts[0][1]
    bars = "".join(
        f'<tr><th scope="row">{escape(_words(rule))}</th><td class="bar"><span style="width:{100 * count / most:.0f}%">'
        f"</span></td><td>{count:,}</td></tr>"
        for rule, count in counts
    )
    listed = "".join(
        f"<li><b>{escape(_words(one.rule))}.</b> {escape(one.sentence)}</li>" for one in cohort.waiting[:LISTED]
    )
    rest = len(cohort.waiting) - LISTED
    more = f"<p>And {rest:,} more.</p>" if rest > 0 else ""
    return (
        '<h2>Who waits, by the rule that leaves them without a group</h2>\n<table class="bars"><tbody>'
        f"{bars}</tbody></table>\n<details><summary>Every school and what would help</summary><ol>{listed}</ol>"
        f"{more}</details>"
    )


def _words(rule: str) -> str:
    return rule.replace("-", " ").capitalize()
