"""Reading a report: in the page, as PDF or spreadsheet. Files come from reporting in parts and are checked whole."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access
from services.portal.domain.records import Report
from services.portal.pages.files import FORMATS, report_file, served
from services.portal.pages.papers import papers_of
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.reports import ReportFormat, ReportRow, ShowReport

# The report is a document of its own: its styles are its own, and it may run and load nothing.
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)


async def report_page(request: Request) -> Response:
    """Show a report with its downloads."""
    portal: Portal = request.app.state.portal
    visitor, row = await _readable(portal, request)
    programme = await portal.read.programmes.get(row.programme_id)
    schools = await portal.read.schools.of_programme(row.programme_id, [row.school_id]) if row.school_id else []
    return portal.renderer.page(
        request,
        "report.html",
        visitor=visitor,
        csrf=visitor.csrf,
        title=row.title,
        report=row,
        school=schools[0] if schools else None,
        programme=programme,
        here=_here(visitor, request),
        formats={key: label for key, label in FORMATS.items() if key in row.formats},
    )


async def read_report(request: Request) -> Response:
    """Serve the report's HTML, to be framed by our own page or read alone."""
    portal: Portal = request.app.state.portal
    visitor, report = await _readable(portal, request)
    document, _ = await report_file(portal.owners.find, report, visitor.person_id, "html")
    headers = {"content-security-policy": DOCUMENT_POLICY, "x-frame-options": "SAMEORIGIN"}
    return Response(document, media_type="text/html; charset=utf-8", headers=headers)


async def download(request: Request) -> Response:
    """Serve a report's file."""
    portal: Portal = request.app.state.portal
    wanted = request.path_params["format"]
    visitor, report = await _readable(portal, request)
    if wanted not in FORMATS or wanted not in report.formats:
        raise Hidden
    content, part = await report_file(portal.owners.find, report, visitor.person_id, cast("ReportFormat", wanted))
    return served(content, part, "attachment", f"report.{wanted}")


async def _readable(portal: Portal, request: Request) -> tuple[Visitor, ReportRow]:
    """The report behind the link. Who may read one that a template declares with blocks is reporting's to say."""
    visitor, report_id = await _meant(portal, request)
    report = await portal.read.reports.get(report_id)
    if report is not None and not await may_read(portal, visitor, report):
        raise Hidden
    shown = ShowReport(report_id=report_id, person_id=visitor.person_id)
    row: ReportRow = await portal.shown(shown)
    # Of release 0.1.0 the portal says who may read one, and cannot before it knows it.
    if report is None and not row.about:
        raise Hidden
    return visitor, row


async def _meant(portal: Portal, request: Request) -> tuple[Visitor, str]:
    """The report that the link is about; or a paper of the meeting whose days it is about. Raises Hidden."""
    paper = request.path_params.get("report_id", "")
    visitor = await portal.admit(request, "days" if paper else "report")
    if paper and all(one.report_id != paper for one in await papers_of(portal, visitor)):
        raise Hidden
    return visitor, paper or visitor.link.target_id


def _here(visitor: Visitor, request: Request) -> str:
    paper = request.path_params.get("report_id", "")
    if paper:
        return f"{visitor.root}/days/papers/{paper}"
    return f"{visitor.root}/report/{visitor.link.target_id}" if visitor.here else f"{visitor.root}/report"


async def may_read(portal: Portal, visitor: Visitor, report: Report) -> bool:
    """Whether the person may read a report of a template of release 0.1.0."""
    programme = await portal.read.programmes.get(report.programme_id)
    schools = await portal.read.schools.of_person(visitor.person_id)
    here = [school for school in schools if school.programme_id == report.programme_id]
    visit = await portal.read.meetings.get("visit", report.visit_id) if report.visit_id else None
    return access.may_read(visitor.person_id, report, programme, here, visit)
