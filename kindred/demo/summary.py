"""What happened in a round, and where to look."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table

from kindred.demo import figures
from kindred.demo.plot import Plot
from kindred.demo.round import CONFIG, Round
from kindred.output.display import table


def show(this: Round, plots: Iterable[Plot], seconds: float) -> None:
    """Print what each programme has to show, mails by kind, reports, figures, and the verdict."""
    for plot in plots:
        if plot.shows is not None:
            plot.shows(this)
    for item in (_mails(this), *_notes(this)):
        this.console.print(item)
    for line in figures.said(this, seconds):
        this.console.print(line, highlight=False)
    verdict(this.console, this)


def stopped(this: Round, then: Iterable[str]) -> None:
    """Say what to do by hand where the year has stopped, and the verdict on what was played."""
    kinds = Counter(row.template for row in this.ledger.rows.values())
    this.console.print(table(f"{sum(kinds.values()):,} mails so far", ("kind", "#mails"), sorted(kinds.items())))
    this.console.print("[bold]The year stops here. What comes next is yours:[/bold]")
    for sentence in then:
        this.console.print(f"  {sentence}", soft_wrap=True, markup=False, highlight=False)
    verdict(this.console, this)


def _mails(this: Round) -> Table:
    kinds = Counter(row.template for row in this.ledger.rows.values())
    return table(f"{sum(kinds.values()):,} mails", ("kind", "#mails"), sorted(kinds.items()))


def _notes(this: Round) -> list[RenderableType]:
    story = this.story
    made = ", ".join(f"{count} {kind}" for kind, count in story.reports.items())
    reports = [f"Reports: {made}; in {this.target.folder / 'reports'}"] if made else []
    return ["\n".join([*story.notes, *reports])]


def where_to_look(this: Round, gate: str) -> None:
    """Print addresses to open in a browser, whole, each on a line of its own. `gate`: where one becomes somebody."""
    this.console.print("[bold]Sign in as[/bold], for as long as this serves")
    for one in this.ways_in:
        who = f"  {one.title}, {one.name}:"
        this.console.print(who, f"{gate}/as/{one.slug}", soft_wrap=True, highlight=False, markup=False)
    rows = [
        *this.story.links,
        ("Every mail", this.target.mail_url),
        ("Reports as files", str(this.target.folder / "reports")),
        ("Commands, as the coordinator, once you have typed", as_coordinator(this)),
        ("  such as", "kindred needs, kindred cohorts show, kindred visits list, kindred mails list"),
    ]
    this.console.print("[bold]Where to look[/bold]")
    for what, where in rows:
        this.console.print(f"  {what}:", where, soft_wrap=True, highlight=False, markup=False)


def as_coordinator(this: Round) -> str:
    """What is typed in a terminal first, so that commands are the coordinator's and about the programme of visits."""
    about = f" KINDRED_PROGRAMME='{this.story.programme}'" if this.story.programme else ""
    return f"export {CONFIG}='{this.target.folder / 'config'}'{about}"


def verdict(console: Console, this: Round) -> None:
    """Say how many checks held, and name those that did not."""
    wrong = this.checks.wrong
    for check in wrong:
        console.print(f"[red]not so:[/red] {check.what}: {check.detail}", highlight=False)
    held = len(this.checks.done) - len(wrong)
    colour = "red" if wrong else "green"
    console.print(f"[{colour}]{held} of {len(this.checks.done)} checks hold.[/{colour}]")
