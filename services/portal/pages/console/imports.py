"""Import: a file goes up and is checked; what is to be put right comes back as the same file."""

from typing import Any, Literal, get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.files import MEDIA, as_csv, download
from services.portal.pages.console.programmes import of_path
from services.portal.pages.portal import Hidden
from shared.commands.programmes import ImportFile, ImportReport, ImportStatus, ListProblemRows, ProblemRow, ProblemRows
from shared.commands.programmes_queries import EnrolmentForm, FileReply, ProgrammeRow
from shared.errors import Permanent, Rejected

Kind = Literal["enrolments", "facilitators", "parties"]
KINDS: dict[str, str] = {
    "enrolments": "Schools that enrol",
    "facilitators": "People who lead visit days",
    "parties": "Trusts, their people, and who reports to whom",
}
ADDED = ("Row is", "What to put right")
"""Columns of ours in the file that goes back; an import passes over them."""
REGISTER = "/console/register"


async def import_file(request: Request) -> Response:
    """Take a file and have it checked."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    if request.method != "POST":
        return _form(desk, row)
    posted = await desk.posted()
    kind, file = posted.get("kind", ""), await desk.uploaded("file")
    kinds: dict[str, Kind] = {one: one for one in get_args(Kind)}
    if kind not in kinds or file is None:
        return _form(desk, row, "Choose a file, and say what stands in it.", posted)
    try:
        key = await desk.portal.owners.upload(await file.read(), file.filename or "file")
        command = ImportFile(
            kind=kinds[kind], upload=key, filename=" ".join((file.filename or "file").split())[:200],
            programme_id=row.programme_id, accept_unread=posted.get("accept") == "yes", check=True,
        )  # fmt: skip
        started = await desk.ask(command, posted.get("once", ""))
    except (Rejected, Permanent) as refused:
        return _form(desk, row, refused.sentence, posted)
    return RedirectResponse(f"{row_path(row)}/imports/{started.import_id}", 303)


async def problem_file(request: Request) -> Response:
    """The rows to be put right as the person's own file, with what became of each and what to do."""
    desk = await Desk.of(request)
    await where(desk)
    report = await report_of(desk)
    found = await problem_rows(desk, report, 1_000_000)
    table = [[*ADDED, *found.header], *([one.row_is, "\n".join(one.reasons), *one.cells] for one in found.rows)]
    return download("to-put-right.csv", MEDIA["csv"], as_csv(table))


async def enrolment_form(request: Request) -> Response:
    """The empty file to fill in."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    found: FileReply = await desk.find(EnrolmentForm(programme_id=row.programme_id, format="xlsx"))
    return download("enrolments.xlsx", found.media_type, found.content)


def row_path(row: ProgrammeRow) -> str:
    """Where a programme's pages stand."""
    return f"/console/programmes/{row.programme_id}"


async def where(desk: Desk) -> tuple[str, str]:
    """Return the pages that an import belongs to, and their name: a programme's, or those of the register."""
    if "programme_id" not in desk.request.path_params:
        return REGISTER, "schools and term dates"
    row = await of_path(desk)
    return row_path(row), row.name


def _form(desk: Desk, row: ProgrammeRow, refused: str = "", values: dict[str, str] | None = None) -> Response:
    facts: dict[str, Any] = {"row": row, "kinds": KINDS, "values": values or {"kind": "enrolments"}}
    return desk.show("import", 422 if refused else 200, title=f"Import into {row.name}", refused=refused, **facts)


async def report_of(desk: Desk) -> ImportReport:
    """Return the import that the address names; raises Hidden where there is none, or none of this programme."""
    asked = desk.request.path_params
    found: ImportReport = await desk.portal.shown(ImportStatus(import_id=asked["import_id"][:100]))
    if found.programme_id != asked.get("programme_id"):
        raise Hidden
    return found


async def problem_rows(desk: Desk, report: ImportReport, most: int) -> ProblemRows:
    """Return the rows to be put right, `most` of them."""
    rows: list[ProblemRow] = []
    while True:
        after = rows[-1].line if rows else 0
        query = ListProblemRows(import_id=report.import_id, after_line=after, limit=min(200, most))
        page: ProblemRows = await desk.find(query)
        rows += page.rows
        if not page.rows or len(rows) >= min(page.total, most):
            return page.model_copy(update={"rows": tuple(rows)})
