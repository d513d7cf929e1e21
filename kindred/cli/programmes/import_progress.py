"""Following an import while the service reads the file, and its result: every row is in, or reported."""

import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kindred.cli.programmes.problem_file import must_be_writable, write_problems
from kindred.cli.session import ask_for, find, pause, upload
from kindred.output.display import emit, err, table, wants_json
from shared.commands.programmes import ImportFile, ImportKind, ImportReport, ImportStarted, ImportStatus, Problem
from shared.errors import Rejected

SHOWN = 20
NOTHING_WENT_IN = 1
_KEPT = "value-left-out"


def import_file(
    path: Path,
    kind: ImportKind,
    programme_id: str | None = None,
    *,
    accept_unread: bool = False,
    problems: Path | None = None,
    check: bool = False,
) -> None:
    """Upload a file, follow its import with a progress bar and show what came of it.

    What the service does not understand of it is shown and asked about, unless `accept_unread`. The rows with something
    wrong in them are written to `problems`. With `check` nothing goes in. Ends with exit code 1 when nothing went in.
    """
    must_be_writable(problems)
    command = ImportFile(
        kind=kind,
        upload=upload(path),
        filename=path.name,
        programme_id=programme_id,
        accept_unread=accept_unread,
        check=check,
    )
    report = _carried_out(command)
    if report.state == "refused" and report.questions and _agreed(report):
        report = _carried_out(command.model_copy(update={"accept_unread": True}))
    if report.state == "refused":
        raise Rejected("refused-file", _asked(report) if report.questions else report.sentence)
    written = write_problems(report, problems)
    emit(report, *_tables(report), "\n".join([*_summary(report), *written, *_hint(report, problems)]))
    if not report.added + report.changed + report.unchanged:
        raise typer.Exit(NOTHING_WENT_IN)


def _carried_out(command: ImportFile) -> ImportReport:
    started = ask_for(command, ImportStarted)
    return _follow(started.import_id, command.filename)


def _agreed(report: ImportReport) -> bool:
    """Ask the person at the terminal; where there is none, nobody has agreed."""
    if wants_json() or not sys.stdin.isatty():
        return False
    for question in report.questions:
        err.print(question, markup=False)
    return typer.confirm("Take the file in all the same?", err=True)


def _asked(report: ImportReport) -> str:
    return "\n".join([report.sentence, *report.questions, "`--accept-unread` takes the file in as it is."])


def _follow(import_id: str, name: str) -> ImportReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=wants_json() or not err.is_terminal, transient=True) as progress:
        task = progress.add_task(f"Reading {name}", total=None)
        while True:
            report = find(ImportStatus(import_id=import_id), ImportReport)
            progress.update(task, completed=report.rows_done, total=report.rows_total or None)
            if report.state != "running":
                return report
            pause(0.2)


def _tables(report: ImportReport) -> list[Table]:
    built = []
    if report.changes:
        rows = [(c.key, c.field, c.old, c.new) for c in report.changes[:SHOWN]]
        title = f"Changed ({report.changed:,}{_cut(report.changes_total or len(report.changes), 'changes')})"
        built.append(table(title, ("key", "field", "was", "is"), rows))
    left_out = [each for each in report.problems if each.rule != _KEPT]
    kept = [each for each in report.problems if each.rule == _KEPT]
    if left_out:
        total = len(left_out) + max(0, report.problems_total - len(report.problems))
        title = f"Rows left out ({report.rejected:,}{_cut(total, 'reasons')})"
        built.append(table(title, ("#line", "column", "why"), _lines(left_out)))
    if kept:
        title = f"Went in, but without these values ({len(kept):,}{_cut(len(kept), 'values')})"
        built.append(table(title, ("#line", "column", "why"), _lines(kept)))
    return built


def _lines(problems: Sequence[Problem]) -> list[tuple[object, ...]]:
    return [(p.line, p.column, p.reason) for p in problems[:SHOWN]]


def _cut(total: int, what: str) -> str:
    return f"; the first {SHOWN} of {total:,} {what}" if total > SHOWN else ""


def _summary(report: ImportReport) -> list[str]:
    counts = (
        f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} as before, "
        f"{report.rejected:,} not taken."
    )
    nothing = () if report.added + report.changed + report.unchanged else ("Nothing went in.",)
    return [*report.notes, report.sentence or counts, *nothing]


def _hint(report: ImportReport, problems: Path | None) -> tuple[str, ...]:
    if not report.problems or problems is not None:
        return ()
    return ("`--problems FILE` writes these rows to a file, each with what to put right.",)
