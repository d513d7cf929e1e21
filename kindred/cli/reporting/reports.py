"""`kindred reports`: what was compiled, and the files."""

import hashlib
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, short, table
from shared.commands.reporting import (
    Chunk,
    CompileImpact,
    FetchReport,
    Impact,
    ListReports,
    ReportRow,
    ReportRows,
    ShowImpact,
)
from shared.errors import Rejected
from shared.events.reporting import ReportKind

app = typer.Typer(help="Reports and impact.", no_args_is_help=True)
Format = Literal["pdf", "html", "xlsx"]


@app.command("list")
def list_(
    kind: Annotated[str, typer.Option(help=", ".join(get_args(ReportKind)))] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List reports, newest first."""
    found = find(ListReports(kind=_kind(kind), limit=limit, offset=offset), ReportRows)
    rows = [
        (r.title, r.kind, r.state, r.edition, r.pages, f"{r.pdf_bytes:,}", short(r.report_id)) for r in found.reports
    ]
    columns = ("title", "kind", "state", "#edition", "#pages", "#bytes", "id")
    emit(found, table(f"Reports ({found.total:,})", columns, rows))


@app.command("open")
def open_(
    report: Annotated[str, typer.Argument(help="id of a report, or its beginning")],
    format_: Annotated[str, typer.Option("--format", help="pdf, html or xlsx")] = "pdf",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="keep it here and do not open it")] = None,
    edition: Annotated[int, typer.Option(min=0, help="0 is the latest")] = 0,
) -> None:
    """Fetch a report's file and open it."""
    row = lookup.report(report)
    filename, content = fetch(row, format_, edition)
    target = output or Path(typer.get_app_dir("kindred")) / filename
    if target.is_dir():
        target /= filename
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    emit(
        {"file": str(target), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()},
        f"{row.title}: {target}",
    )
    if output is None:
        typer.launch(str(target))


@app.command("impact")
def impact(
    compile_: Annotated[bool, typer.Option("--compile", help="compile the impact report and send it")] = False,
    programme: Programme = "",
) -> None:
    """Show the impact of the cohort: shares of participants who agree, small numbers withheld."""
    cohort_id = lookup.cohort(programme).cohort.cohort_id
    if compile_:
        done = ask(CompileImpact(cohort_id=cohort_id))
        emit(done, done.sentence or "The impact report is being compiled.")
        return
    found = find(ShowImpact(cohort_id=cohort_id), Impact)
    rows = [
        (line.about, share.label, "too few" if share.agree is None else f"{share.agree} of {share.answers}")
        for line in (found.total, *found.lines)
        for share in line.shares
    ]
    emit(found, table("Impact", ("about", "statement", "agree"), rows), found.note)


def fetch(row: ReportRow, named: str, edition: int = 0) -> tuple[str, bytes]:
    """The file's name and content, piece by piece from one edition, 0 being the row's.

    Raises Rejected("damaged-file") when it is not the file that was compiled, by its own SHA-256 or the row's.
    """
    wanted, number = _format(named), edition or row.edition
    content = b""
    while True:
        chunk = find(FetchReport(report_id=row.report_id, format=wanted, edition=number, offset=len(content)), Chunk)
        content += chunk.content
        if len(content) >= chunk.size or not chunk.content:
            break
    told = {chunk.sha256, row.sha256} if wanted == "pdf" and number == row.edition else {chunk.sha256}
    if told != {hashlib.sha256(content).hexdigest()}:
        raise Rejected(
            "damaged-file",
            f"{chunk.filename} is not the file that was compiled (its SHA-256 differs); nothing was kept. Try again; "
            "if it stays so, restore the reports from a backup.",
        )
    return chunk.filename, content


def _kind(text: str) -> ReportKind | None:
    kind: ReportKind | None = parsing.known(text, ReportKind)
    if text and kind is None:
        raise Rejected("unknown-kind", f"{text!r} is no kind of report; they are {', '.join(get_args(ReportKind))}.")
    return kind


def _format(text: str) -> Format:
    found: Format | None = parsing.known(text, Format)
    if found is None:
        raise Rejected("unknown-format", f"{text!r} is no format; a report comes as pdf, html or xlsx.")
    return found
