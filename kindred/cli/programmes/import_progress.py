"""Following an import while the service reads the file."""

from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kindred.cli.session import ask_for, find, pause, upload
from kindred.output.display import emit, err, table, wants_json
from shared.commands.programmes import ImportFile, ImportKind, ImportReport, ImportStarted, ImportStatus
from shared.errors import Rejected

SHOWN = 20


def import_file(path: Path, kind: ImportKind, programme_id: str | None = None) -> None:
    """Upload a file, follow its import with a progress bar and show what came of it."""
    command = ImportFile(kind=kind, upload=upload(path), filename=path.name, programme_id=programme_id)
    started = ask_for(command, ImportStarted)
    report = _follow(started.import_id, path.name)
    if report.state == "refused":
        raise Rejected("refused-file", report.sentence)
    emit(report, *_tables(report), _summary(report))


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
        built.append(table(_title("Changed", SHOWN, len(report.changes)), ("key", "field", "was", "is"), rows))
    if report.problems:
        rows_ = [(p.line, p.column, p.reason) for p in report.problems[:SHOWN]]
        built.append(table(_title("Not taken", SHOWN, report.rejected), ("#line", "column", "why"), rows_))
    return built


def _title(what: str, shown: int, total: int) -> str:
    return f"{what} ({total:,}; the first {shown}, --json shows more)" if total > shown else f"{what} ({total:,})"


def _summary(report: ImportReport) -> str:
    counts = (
        f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} as before, "
        f"{report.rejected:,} not taken."
    )
    return "\n".join([*report.notes, report.sentence or counts])
