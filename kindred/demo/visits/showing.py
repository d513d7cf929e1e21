"""What the summary of a year says of its visits: groups with their reasons, and when they took place."""

from rich.table import Table

from kindred.demo.round import Round
from kindred.output import wording
from kindred.output.display import table

SHOWN = 6


def show(this: Round) -> None:
    """Print groups and visits."""
    this.console.print(_groups(this))
    this.console.print(_visits(this))


def _groups(this: Round) -> Table:
    cohort = this.story.cohort
    assert cohort is not None
    rows = [
        (g.number, g.score, "\n".join(f"{name} ({urn})" for urn, name in zip(g.urns, g.names, strict=True)),
         "\n".join(g.reasons[:3]))
        for g in cohort.groups[:SHOWN]
    ]  # fmt: skip
    more = f"; {cohort.groups_total - SHOWN} more by `kindred cohorts show`" if cohort.groups_total > SHOWN else ""
    title = f"{cohort.cohort.groups} groups of {cohort.cohort.schools} schools, score {cohort.cohort.score:.4f}{more}"
    return table(title, ("#group", "#score", "schools", "why"), rows)


def _visits(this: Round) -> Table:
    story = this.story
    ordered = sorted(story.visits.values(), key=lambda row: row.visit.on)
    rows = [
        (wording.date(row.visit.on), story.school(row.visit.host_school_id), story.name(row.visit.facilitator_id or ""),
         f"{len(row.present)} of {len(row.visit.attendees)}", story.moved.get(row.visit.visit_id, ""))
        for row in ordered
        if row.visit.visit_id in story.moved or row in ordered[:SHOWN]
    ]  # fmt: skip
    title = f"{len(story.visits)} visits and {len(story.events)} events; the first ones and those that moved"
    return table(title, ("when", "host", "facilitator", "came", "moved"), rows)
