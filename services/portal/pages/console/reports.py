"""Reports of a programme: their state and editions; made again or for the first time; read by who may read them."""

from collections.abc import Mapping
from functools import partial
from typing import Any, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.whole import WholeProgramme, titles
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import searched
from services.portal.pages.files import FORMATS, report_file, served
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.reports import (
    CompileReport,
    ListReports,
    ReportFormat,
    ReportRow,
    ReportRows,
    ReportState,
    ShowReport,
)

STATES: dict[str, str] = {"compiling": "Being made", "compiled": "Ready", "failed": "Failed"}
ASKED_FOR = "coordinator"
"""`after` of a report that is made when the coordinator asks for it."""


async def reports(request: Request) -> Response:
    """List reports, newest first, and make one."""
    desk = await Desk.of(request)
    row = await of_path(desk)

    def command(posted: dict[str, str]) -> CompileReport:
        key, about_id = posted.get("report", "")[:100], posted.get("about", "")[:100]
        return CompileReport(programme_id=row.programme_id, report=key, about_id=about_id)

    said = "It is being made; its readers get a mail if it says more."
    return await desk.serve(partial(_shown, desk, row), command, said=said)


async def file_of(request: Request) -> Response:
    """Serve a report that this coordinator may read; reporting decides, and notes that it was read."""
    desk = await Desk.of(request)
    me, wanted = desk.here.account.person_id, request.path_params["format"]
    asked = ShowReport(report_id=request.path_params["report_id"], person_id=me)
    row: ReportRow = await desk.portal.shown(asked)
    if wanted not in FORMATS or wanted not in row.formats:
        raise Hidden
    content, last = await report_file(desk.find, row, me, cast("ReportFormat", wanted))
    return served(content, last, "attachment", f"report.{wanted}")


async def _shown(desk: Desk, row: ProgrammeRow, refused: str = "", **_values: Any) -> Response:
    of = await desk.portal.read.whole.get(row.programme_id)
    kinds = {one.key: one.title for one in of.template.reports} if of else {}
    kind, page = desk.request.query_params.get("kind", ""), desk.page_number()
    kind = kind if kind in kinds else ""
    states: tuple[ReportState, ...] = get_args(ReportState)
    state = next((one for one in states if one == desk.request.query_params.get("state")), None)
    search = await searched(desk, row.programme_id)
    query = ListReports(
        programme_id=row.programme_id, kind=kind, state=state, concerning=search.ids, limit=PAGE,
        offset=(page - 1) * PAGE, reader_id=desk.here.account.person_id,
    )  # fmt: skip
    found: ReportRows = await desk.find(query)
    mine = {one.report_id for one in found.reports if one.may_read and one.state == "compiled"}
    facts: dict[str, Any] = {
        "row": row, "rows": found.reports, "kinds": kinds, "kind": kind, "readers": _readers(of), "mine": mine,
        "asked_for": _asked_for(of), "states": STATES, "formats": FORMATS,
        "pages": Pages(page, found.total, kept({"kind": kind, "state": state or "", "search": search.text})),
        "search": search, "state": state or "",
    }  # fmt: skip
    return desk.show("reports", 422 if refused else 200, title=f"Reports of {row.name}", refused=refused, **facts)


def _readers(of: WholeProgramme | None) -> Mapping[str, tuple[str, ...]]:
    """Key of a report -> who gets it, in the template's words."""
    return {one.key: titles(one.to, of.template) for one in of.template.reports} if of else {}


def _asked_for(of: WholeProgramme | None) -> Mapping[str, str]:
    """Reports about the programme as a whole that are made when the coordinator asks."""
    reports = of.template.reports if of else ()
    return {one.key: one.title for one in reports if ASKED_FOR in one.after and one.about == "programme"}
