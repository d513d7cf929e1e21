"""Reports that somebody may read: those that were sent to them, and those about their schools.

What is listed was asked of reporting for this person, each by itself, as its page asks again.
"""

import asyncio
import datetime as dt
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.me.trusts import schools_of_trusts
from services.portal.pages.portal import Hidden, Portal, Visitor
from services.portal.pages.report import may_read
from shared.commands.forms import EntryRow, EntryRows, ListEntries
from shared.commands.reports import ListReports, ReportRow, ReportRows, ShowReport
from shared.errors import Rejected

PAGE = "reports"
RELEASED = "released"
MOST = 200
"""How many reports and entries of one school are looked through, the newest first."""


@dataclass(frozen=True)
class Line:
    """Something to read. `about`: the school and the programme."""

    title: str
    href: str
    about: str
    on: dt.date | None = None


async def reports(request: Request) -> Response:
    """List what this person may read."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    asked = request.query_params.get("school", "")
    of_trust = await schools_of_trusts(portal, visitor)
    own = {part.key for part in visitor.parts if part.kind == "school"}
    if asked and asked not in own | of_trust:
        raise Hidden
    schools = {asked} if asked else own
    found, entries = await asyncio.gather(
        _reports(portal, visitor, schools, sent=not asked), _entries(portal, visitor, schools, told=not asked)
    )
    return portal.renderer.page(
        request, "me/reports.html", visitor=visitor, csrf=visitor.csrf, title="Reports",
        trust=bool(of_trust) and not asked, reports=_newest_first(found), entries=_newest_first(entries),
    )  # fmt: skip


def _newest_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.on or dt.date.min, line.title), reverse=True)


async def _reports(portal: Portal, visitor: Visitor, schools: set[str], *, sent: bool) -> list[Line]:
    links = await portal.read.links.of_person(visitor.person_id) if sent else []
    about = [one for school in sorted(schools) for one in await _of_school(portal, school)]
    wanted = dict.fromkeys([*(link.target_id for link in links if link.purpose == "report"), *about])
    shown = await asyncio.gather(*(_readable(portal, visitor, one) for one in wanted))
    return [await _line(portal, visitor, row) for row in shown if row is not None]


async def _of_school(portal: Portal, school_id: str) -> list[str]:
    rows: ReportRows = await portal.owners.find(ListReports(school_id=school_id, limit=MOST))
    return [row.report_id for row in rows.reports if row.state == "compiled"]


async def _readable(portal: Portal, visitor: Visitor, report_id: str) -> ReportRow | None:
    try:
        row: ReportRow = await portal.owners.find(ShowReport(report_id=report_id, person_id=visitor.person_id))
    except Rejected:
        return None
    known = await portal.read.reports.get(report_id)
    if known is not None:
        return row if await may_read(portal, visitor, known) else None
    return row if row.about else None


async def _line(portal: Portal, visitor: Visitor, row: ReportRow) -> Line:
    schools = await portal.read.schools.of_programme(row.programme_id, [row.school_id]) if row.school_id else []
    programme = await portal.read.programmes.get(row.programme_id) or await portal.read.whole.get(row.programme_id)
    about = ", ".join(part for part in (*(one.name for one in schools), programme.name if programme else "") if part)
    on = row.compiled_at.date() if row.compiled_at else None
    return Line(row.title, f"{visitor.root}/report/{row.report_id}", about, on)


async def _entries(portal: Portal, visitor: Visitor, schools: set[str], *, told: bool) -> list[Line]:
    """What others have written and released: about these schools, or as a mail told."""
    links = await portal.read.links.of_person(visitor.person_id) if told else []
    ids = dict.fromkeys(link.target_id for link in links if (link.purpose, link.target_kind) == ("entry", "entry"))
    about = {"state": RELEASED, "person_id": visitor.person_id, "limit": MOST}
    queries = [
        *(ListEntries.model_validate({"school_id": one, **about}) for one in sorted(schools)),
        *(ListEntries.model_validate({"named": one, **about}) for one in ids),
    ]
    found: list[EntryRows] = await asyncio.gather(*(portal.owners.find(query) for query in queries))
    rows = {row.entry_id: row for rows in found for row in rows.entries}
    others = [row for row in rows.values() if visitor.person_id not in row.author_ids]
    return [line for row in others if (line := await _entry(portal, visitor, row))]


async def _entry(portal: Portal, visitor: Visitor, row: EntryRow) -> Line | None:
    programme = await portal.read.whole.get(row.programme_id)
    form = programme.template.form(row.form) if programme else None
    if programme is None or form is None:
        return None
    schools = await portal.read.schools.of_programme(row.programme_id, [row.school_id]) if row.school_id else []
    names = await portal.read.people.names([row.about_id])
    about = [names.get(row.about_id, ""), *(one.name for one in schools), programme.name]
    href = f"{visitor.root}/entry/{row.entry_id}/read"
    return Line(form.title, href, ", ".join(part for part in about if part), row.changed_at.date())
