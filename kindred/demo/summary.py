"""What happened in a round, and where to look."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table

from kindred.demo.round import Round
from kindred.output import wording
from kindred.output.display import table

SHOWN = 6


def show(this: Round) -> None:
    """Print groups with their reasons, visits, mails by kind, reports, and the verdict."""
    for item in (_groups(this), _visits(this), _mails(this), *_notes(this)):
        this.console.print(item)
    verdict(this.console, this)


def stopped(this: Round, then: Iterable[str]) -> None:
    """Say what to do by hand where the year has stopped, and the verdict on what was played."""
    kinds = Counter(row.template for row in this.ledger.rows.values())
    this.console.print(table(f"{sum(kinds.values()):,} mails so far", ("kind", "#mails"), sorted(kinds.items())))
    this.console.print("[bold]The year stops here. What comes next is yours:[/bold]")
    for sentence in then:
        this.console.print(f"  {sentence}", soft_wrap=True, markup=False, highlight=False)
    verdict(this.console, this)


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


def _mails(this: Round) -> Table:
    kinds = Counter(row.template for row in this.ledger.rows.values())
    return table(f"{sum(kinds.values()):,} mails", ("kind", "#mails"), sorted(kinds.items()))


def _notes(this: Round) -> list[RenderableType]:
    story = this.story
    made = ", ".join(f"{count} {kind}" for kind, count in story.reports.items())
    return ["\n".join([*story.notes, f"Reports: {made}; in {this.target.folder / 'reports'}"])]


def where_to_look(this: Round) -> None:
    """Print addresses to open in a browser, whole, each on a line of its own."""
    rows = [
        *this.story.links,
        ("Every mail", this.target.mail_url),
        ("Reports as files", str(this.target.folder / "reports")),
        ("Commands", "kindred cohorts show, kindred visits list, kindred mails list, kindred events tail --all"),
    ]
    this.console.print("[bold]Where to look[/bold]")
    for what, where in rows:
        this.console.print(f"  {what}:", where, soft_wrap=True, highlight=False, markup=False)


def verdict(console: Console, this: Round) -> None:
    """Say how many checks held, and name those that did not."""
    wrong = this.checks.wrong
    for check in wrong:
        console.print(f"[red]not so:[/red] {check.what}: {check.detail}", highlight=False)
    held = len(this.checks.done) - len(wrong)
    colour = "red" if wrong else "green"
    console.print(f"[{colour}]{held} of {len(this.checks.done)} checks hold.[/{colour}]")
