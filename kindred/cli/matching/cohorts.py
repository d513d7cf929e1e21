"""`kindred cohorts`: groups, the reasons for them, and overruling them."""

from typing import Annotated, Literal

import typer
from rich.table import Table

from kindred.atlas.cohort import is_local
from kindred.cli.input import lookup
from kindred.cli.input.options import Named, Programme, Urns, Yes
from kindred.cli.input.warnings import agreed, warn
from kindred.cli.matching import drafts
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, short, table
from shared.commands.matching import (
    CohortDetail,
    CohortRow,
    CohortRows,
    GroupReasons,
    ListCohorts,
    PinSchools,
    PublishCohort,
    SchoolReasons,
    WhyGroup,
    WhyNot,
    WhyNotReasons,
)

app = typer.Typer(no_args_is_help=True)
drafts.add_to(app)


@app.command("list")
def list_() -> None:
    """List all cohorts, newest first."""
    found = find(ListCohorts(), CohortRows)
    columns = ("cohort", "#revision", "state", "#groups", "#schools", "#waiting", "#score")
    emit(found, table("Cohorts", columns, map(_row, found.cohorts)))


@app.command("show")
def show(name: Named = "", programme: Programme = "") -> None:
    """Show the cohort of a programme: groups with their score and first reasons, who waits and why."""
    found = lookup.cohort(name or programme)
    emit(found, *_tables(found))


@app.command("why")
def why(group: Annotated[str, typer.Argument(help="number or id of a group")], programme: Programme = "") -> None:
    """Show why a group is as it is."""
    row = lookup.group(group, programme)
    found = find(WhyGroup(group_id=row.group_id), GroupReasons)
    lines = [
        (s.urn, s.name, "\n".join(s.gets), "\n".join(s.gives), "\n".join((*s.context, *filter(None, _compared(s)))))
        for s in found.schools
    ]
    emit(
        found,
        table(f"Group {row.number}: {row.score:.3f}", ("#URN", "school", "gets", "gives", "context"), lines),
        "\n".join(row.reasons),
        f"Best exchange with another group: {found.best_swap}" if found.best_swap else "",
    )


@app.command("why-not")
def why_not(urn: int, other_urn: int, programme: Programme = "") -> None:
    """Say why two schools are not in one group."""
    query = WhyNot(programme_id=lookup.programme(programme).programme_id, urn=urn, other_urn=other_urn)
    found = find(query, WhyNotReasons)
    emit(found, found.sentence)


@app.command("publish")
def publish(
    revision: Annotated[int, typer.Option(help="the draft you reviewed; the latest where not given")] = 0,
    programme: Programme = "",
    yes: Yes = False,
) -> None:
    """Publish the draft: the schools get mails with their groups."""
    row = lookup.cohort(programme).cohort
    agreed(warn(row.programme_id), "Publish the groups all the same?", yes=yes, must=True)
    done = ask(PublishCohort(cohort_id=row.cohort_id, revision=revision or row.revision))
    emit(done, done.sentence or f"The cohort is published with {row.groups} groups.")
    hint("Dates are being planned; `kindred visits calendar` has them in a moment.")


@app.command("pin")
def pin(urns: Urns, programme: Programme = "") -> None:
    """Keep schools together from the next draft on."""
    _pin(urns, "together", programme)


@app.command("part")
def part(urns: Urns, programme: Programme = "") -> None:
    """Keep schools apart from the next draft on."""
    _pin(urns, "apart", programme)


@app.command("free")
def free(urns: Urns, programme: Programme = "") -> None:
    """Take back a pin or a parting."""
    _pin(urns, "free", programme)


def _pin(urns: list[int], how: Literal["together", "apart", "free"], programme: str) -> None:
    done = ask(PinSchools(programme_id=lookup.programme(programme).programme_id, urns=tuple(urns), how=how))
    emit(done, done.sentence or "Noted for the next draft; `kindred cohorts rematch` makes one.")


def _compared(school: SchoolReasons) -> tuple[str, str]:
    return school.standing, school.scarcity


def _row(row: CohortRow) -> tuple[object, ...]:
    return short(row.cohort_id), row.revision, row.state, row.groups, row.schools, row.waiting, row.score


def _tables(found: CohortDetail) -> list[Table | str]:
    row = found.cohort
    head = f"Cohort {row.cohort_id}, {row.state}, revision {row.revision}: {row.groups} groups of {row.schools} schools"
    groups = [(g.number, g.score, "\n".join(_named(g.urns, g.names)), "\n".join(g.reasons[:2])) for g in found.groups]
    built: list[Table | str] = [head + (f". {row.sentence}" if row.sentence else "")]
    if row.progress is not None:
        built.append(f"{row.progress:.0%} done; `kindred cohorts follow` shows it go on.")
    if groups:
        built.append(table("Groups", ("#group", "#score", "schools", "why"), groups))
    if found.waiting:
        lines = [(w.urn, w.name, w.rule, w.sentence) for w in found.waiting]
        built.append(table("Waiting", ("#URN", "school", "rule", "what would help"), lines))
    parts = ", ".join(f"{name} {value:.3f}" for name, value in found.parts.items())
    how = f"seed {found.seed}, {found.engine}, {found.seconds:.1f} s"
    return [
        *built,
        f"Score {row.score:.4f} ({parts}); {how}.{bound_in_words(found)}",
        *found.blocking,
    ]


def bound_in_words(found: CohortDetail) -> str:
    """What the score could be at most: of any match, or, where it was worked out by window, about so much."""
    if found.bound is None:
        return ""
    if is_local(found.bound_kind):
        return f" About {found.bound:.4f} could be reached ({found.bound_kind})."
    return f" No match scores more than {found.bound:.4f} ({found.bound_kind})."


def _named(urns: tuple[int, ...], names: tuple[str, ...]) -> list[str]:
    return [f"{name} ({urn})" for urn, name in zip(urns, names, strict=True)]
