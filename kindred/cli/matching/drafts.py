"""Drafts of a cohort under `kindred cohorts`: match again, choose how much may change, follow, cancel, ask what if."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kindred.atlas.cohort import of
from kindred.atlas.page import page
from kindred.cli.input import lookup
from kindred.cli.input.options import Programme, Urns
from kindred.cli.session import ask, find, pause
from kindred.output.display import emit, err, table, wants_json
from shared.commands.matching import (
    CancelMatching,
    ChooseRematch,
    CohortDetail,
    CurveDetail,
    CurvePoint,
    MovedSchool,
    RematchCohort,
    ShowCohort,
    ShowCurve,
    WhatIf,
    WhatIfDetail,
)
from shared.errors import Rejected

LOOK = 0.5


def add_to(app: typer.Typer) -> None:
    """Put the commands into the group."""
    for name, command in COMMANDS.items():
        app.command(name)(command)


def rematch(
    seed: Annotated[int | None, typer.Option()] = None,
    curve: Annotated[bool, typer.Option("--curve", help="wait, and show what may change for which score")] = False,
    keep: Annotated[float | None, typer.Option(help="what a kept relationship counts, 0 to 1 (usually 0.04)")] = None,
    least: Annotated[
        bool, typer.Option("--least", help="change only what must change, and find room for schools that came late")
    ] = False,
    programme: Programme = "",
) -> None:
    """Draft the groups again, keeping what is worth keeping; groups that have met stay as they are."""
    programme_id = lookup.programme(programme).programme_id
    done = ask(RematchCohort(programme_id=programme_id, seed=seed, keeping=keep, curve=curve, least=least))
    if curve:
        found = _followed(programme_id)
        if found.cohort.state != "draft":
            raise Rejected("no-draft", found.cohort.sentence)
        _show_curve(programme_id)
        return
    emit(done, done.sentence or "Matching again; `kindred cohorts show` has the new draft in a moment.")


def curve(programme: Programme = "") -> None:
    """Show how much may change for which score, from the latest re-match with a curve."""
    _show_curve(lookup.programme(programme).programme_id)


def choose(
    point: Annotated[int, typer.Argument(help="number of a point of the curve")], programme: Programme = ""
) -> None:
    """Take a point of the curve as the draft."""
    programme_id = lookup.programme(programme).programme_id
    row = find(ShowCurve(programme_id=programme_id), CurveDetail).cohort
    done = ask(ChooseRematch(programme_id=programme_id, revision=row.revision, point=point))
    emit(done, done.sentence)


def follow(programme: Programme = "") -> None:
    """Watch the draft being worked out."""
    found = _followed(lookup.programme(programme).programme_id)
    emit(found.cohort, found.cohort.sentence)


def cancel(programme: Programme = "") -> None:
    """Stop working out a draft, or drop the draft of a re-match."""
    done = ask(CancelMatching(programme_id=lookup.programme(programme).programme_id))
    emit(done, done.sentence)


def what_if(
    urns: Urns,
    apart: Annotated[bool, typer.Option("--apart", help="kept apart instead of together")] = False,
    programme: Programme = "",
) -> None:
    """Show what a pin would cost and who would move; nothing is saved."""
    query = WhatIf(
        programme_id=lookup.programme(programme).programme_id,
        urns=tuple(urns),
        how="apart" if apart else "together",
    )
    found = find(query, WhatIfDetail)
    moves = [(move.urn, move.name, _group(move.from_group), _target(move)) for move in found.moves]
    tables = [table("Would move", ("#URN", "school", "from", "to"), moves)] if moves else []
    emit(found, *tables, found.sentence)


def draw(
    file: Annotated[Path, typer.Argument(dir_okay=False, writable=True, help="where to write the page (HTML)")],
    programme: Programme = "",
) -> None:
    """Draw the cohort as a page: map of its groups, how well needs are covered, who waits and why."""
    chosen = lookup.programme(programme)
    found = lookup.cohort(programme)
    file.write_text(page(of(found), chosen.name), encoding="utf-8")
    said = f"{file}: {len(found.groups)} groups, {file.stat().st_size / 1024:.0f} KB. Open it in a browser."
    emit({"file": str(file), "groups": len(found.groups)}, said)


COMMANDS: dict[str, Callable[..., None]] = {
    "rematch": rematch, "curve": curve, "choose": choose, "follow": follow, "cancel": cancel, "what-if": what_if,
    "map": draw,
}  # fmt: skip


def _group(number: int | None) -> str:
    return "waits" if number is None else f"group {number}"


def _target(move: MovedSchool) -> str:
    return f"new group {move.to_group}" if move.new_group else _group(move.to_group)


def _followed(programme_id: str) -> CohortDetail:
    """The cohort once its draft is there, with a progress bar until then."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=wants_json() or not err.is_terminal, transient=True) as progress:
        task = progress.add_task("Matching", total=1.0)
        while True:
            found = find(ShowCohort(programme_id=programme_id, limit=1), CohortDetail)
            if found.cohort.state != "matching":
                return found
            progress.update(task, completed=found.cohort.progress or 0.0)
            pause(LOOK)


def _show_curve(programme_id: str) -> None:
    found = find(ShowCurve(programme_id=programme_id), CurveDetail)
    if not found.points:
        raise Rejected("no-curve", "There is no curve; `kindred cohorts rematch --curve` works one out.")
    say = "`kindred cohorts choose N` makes a point the draft; nobody is informed before `publish`."
    emit(found, _points(found.points), say)


def _points(points: Iterable[CurvePoint]) -> Table:
    rows = [("*" if p.chosen else "", p.number, p.ended, p.moved, p.waiting, f"{p.score:.4f}", _how(p)) for p in points]
    return table("Changes against score", ("", "#point", "#ended", "#moved", "#waiting", "#score", "how"), rows)


def _how(point: CurvePoint) -> str:
    if point.keeping is None:
        return "only what must change"
    return "nothing counts as kept" if point.keeping == 0 else f"a kept relationship counts {point.keeping:g}"
