"""`kindred reports`: what was compiled, and the files."""

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, short, table
from shared.commands.reporting import Chunk, CompileImpact, Impact, ShowImpact
from shared.commands.reports import CompileReport, FetchReport, ListReports, ReportRow, ReportRows
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
Format = Literal["pdf", "html", "xlsx"]


@app.command("list")
def list_(
    kind: Annotated[str, typer.Option(help="key of a template's report, action-plan, appraisal or impact")] = "",
    programme: Programme = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List reports, newest first; nothing of what is in them."""
    programme_id = lookup.programme(programme).programme_id if programme else ""
    query = ListReports(kind=kind, programme_id=programme_id, limit=limit, offset=offset)
    found = find(query, ReportRows)
    rows = [
        (r.title, r.kind, r.sentence or r.state, r.edition, r.pages, f"{r.pdf_bytes:,}", short(r.report_id))
        for r in found.reports
    ]
    columns = ("title", "kind", "state", "#edition", "#pages", "#bytes", "id")
    none = f"There is no report of kind '{kind}' yet; without --kind all are listed." if kind and not rows else ""
    emit(found, table(f"Reports ({found.total:,})", columns, rows), none)


@app.command("open")
def open_(
    report: Annotated[str, typer.Argument(help="id of a report, or its beginning")],
    format_: Annotated[str, typer.Option("--format", help="pdf, html or xlsx")] = "pdf",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="keep it here and do not open it")] = None,
    edition: Annotated[int, typer.Option(min=0, help="0 is the latest")] = 0,
    as_: Annotated[str, typer.Option("--as", help="id or address of who reads; they open what they may read")] = "",
    programme: Programme = "",
) -> None:
    """Fetch a report's file and open it. What a template lets only some people read is opened as one of them."""
    row = lookup.report(report)
    if row.about and not row.public and not as_:
        raise Rejected("which-person", "This report is opened by who may read it, and noted: add --as PERSON.")
    filename, content = fetch(row, format_, edition, lookup.person_id(as_, programme) if as_ else "")
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


@app.command("compile")
def compile_report(
    report: Annotated[str, typer.Argument(help="key of a report in the template")],
    about: Annotated[str, typer.Option(help="id of the match, person, school or other thing it is about")] = "",
    programme: Programme = "",
) -> None:
    """Have a report of the template made now, and told to its readers if it says anything new."""
    command = CompileReport(programme_id=lookup.programme(programme).programme_id, report=report, about_id=about)
    done = ask(command)
    emit(done, done.sentence)


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


def fetch(row: ReportRow, named: str, edition: int = 0, person_id: str = "") -> tuple[str, bytes]:
    """The file's name and content, piece by piece from one edition, 0 being the row's.

    Raises Rejected("damaged-file") when it is not the file that was compiled, by its own SHA-256 or the row's.
    """
    wanted, number = _format(named), edition or row.edition
    about = {"report_id": row.report_id, "person_id": person_id, "format": wanted, "edition": number}
    content = b""
    while True:
        chunk = find(FetchReport.model_validate({**about, "offset": len(content)}), Chunk)
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


def _format(text: str) -> Format:
    found: Format | None = parsing.known(text, Format)
    if found is None:
        raise Rejected("unknown-format", f"{text!r} is no format; a report comes as pdf, html or xlsx.")
    return found
