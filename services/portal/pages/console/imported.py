"""An import: how far it is, its rows put right in place, checked again, taken in; and taken back."""

import asyncio
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.put_right import corrected, shown
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.imports import problem_rows, report_of, where
from services.portal.pages.portal import Hidden
from shared.commands.imports import GoOnWithImport, ImportUndo, ShowImportUndo, UndoImport
from shared.commands.programmes import ImportReport, ImportStatus, ProblemRows
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments
from shared.errors import Rejected

SHOWN = 25
"""Rows that are put right on one page: a form of them all stays small."""
NAMED = 12
"""Schools that are named before the rest is only counted."""
NONE = ProblemRows(header=(), total=0, rows=())


async def import_report(request: Request) -> Response:
    """Show an import; of a check, put rows right and go on."""
    desk = await Desk.of(request)
    base, back = await where(desk)
    report = await report_of(desk)
    rows = NONE if report.state == "running" else await problem_rows(desk, report, SHOWN)
    if request.method != "POST":
        return await _shown(desk, (base, back), report, rows)
    posted = await desk.posted()
    if posted.get("do") not in {"check", "import"} or not report.check:
        raise Hidden
    command = GoOnWithImport(
        import_id=report.import_id, rows=corrected(rows.rows, len(rows.header), posted),
        check=posted["do"] == "check", accept_unread=posted.get("accept") == "yes",
    )  # fmt: skip
    try:
        started = await desk.ask(command, posted.get("once", ""))
    except Rejected as refused:
        return await _shown(desk, (base, back), report, rows, refused=refused.sentence, values=posted)
    return RedirectResponse(f"{base}/imports/{started.import_id}", 303)


async def undo_import(request: Request) -> Response:
    """Say what taking an import back does, and do it."""
    desk = await Desk.sure(request)
    base, back = await where(desk)
    report = await report_of(desk)
    found: ImportUndo = await desk.portal.shown(ShowImportUndo(import_id=report.import_id))
    here = f"{base}/imports/{report.import_id}"
    facts: dict[str, Any] = {
        "base": base, "back": back, "found": found, "here": here,
        "leave": await _named(desk, found.leave), "as_before": await _named(desk, found.as_before),
        "stay": await _named(desk, found.stay), "most": NAMED,
    }  # fmt: skip
    command = UndoImport(import_id=report.import_id)
    asked = partial(desk.asked, "import-undo", title="Take the import back", **facts)
    return await desk.serve(asked, lambda _posted: command, to=here)


async def _shown(
    desk: Desk, of: tuple[str, str], report: ImportReport, rows: ProblemRows, *, refused: str = "",
    values: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    done = report.state == "done" and not report.check and report.kind == "enrolments"
    undo: ImportUndo | None = await desk.known(ShowImportUndo(import_id=report.import_id)) if done else None
    check: ImportReport | None = await desk.known(ImportStatus(import_id=report.follows)) if report.follows else None
    base, back = of
    facts: dict[str, Any] = {
        "base": base, "back": back, "report": report, "rows": rows, "values": values or {}, "undo": undo,
        "lines": [shown(one, rows.header, rows.columns) for one in rows.rows],
        "differs": check is not None and check.check and not report.check and _sums(check) != _sums(report),
        "before": check,
    }  # fmt: skip
    return desk.show("import-report", 422 if refused else 200, title=_title(report), refused=refused, **facts)


def _title(report: ImportReport) -> str:
    if report.state == "running":
        return "The file is being read"
    if report.state == "refused":
        return "The file was not taken"
    if not report.check:
        return "The import was taken back" if report.undone else "The file is in"
    ready, wrong = report.added + report.changed, report.rejected
    if not ready and not wrong:
        return "Nothing is new"
    return f"{ready:,} ready, {wrong:,} to put right" if wrong else f"{ready:,} ready"


def _sums(report: ImportReport) -> tuple[int, ...]:
    return report.added, report.changed, report.unchanged, report.rejected


async def _named(desk: Desk, urns: tuple[int, ...]) -> list[str]:
    """The first schools by name; those that are not known by their URN."""
    programme_id = desk.request.path_params["programme_id"]
    asked = (ListEnrolments(programme_id=programme_id, urn=urn, limit=1) for urn in urns[:NAMED])
    found: list[EnrolmentRows | None] = await asyncio.gather(*map(desk.known, asked))
    return [
        one.enrolments[0].school.name if one and one.enrolments else f"URN {urn}"
        for urn, one in zip(urns, found, strict=False)
    ]
