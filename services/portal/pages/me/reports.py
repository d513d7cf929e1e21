"""Reports that somebody may read: those that were sent to them, and those about their schools; by the page, searched.

What is listed was asked of reporting for this person, as its page asks again.
"""

import asyncio
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.me.trusts import schools_of_trusts
from services.portal.pages.paging import PAGE as SIZE
from services.portal.pages.paging import Pages, kept, page_number
from services.portal.pages.portal import Hidden, Portal, Visitor
from services.portal.pages.report import may_read
from shared.commands.forms import EntryRow, EntryRows, ListEntries
from shared.commands.reports import ListReports, ReportRow, ReportRows, ShowReport
from shared.errors import Rejected

PAGE = "reports"
RELEASED = "released"
MOST = 200
"""How many reports and entries of one school are asked for at once."""
LOOKED_THROUGH = 2000
"""How many reports, and how many entries, of one school are looked through, the newest first."""


@dataclass(frozen=True)
class Line:
    """Something to read. `about`: the school and the programme; `written`: others wrote and released it."""

    title: str
    href: str
    about: str
    on: dt.date | None = None
    written: bool = False

    def says(self, text: str) -> bool:
        """Whether these words stand in it."""
        return text.casefold() in f"{self.title} {self.about}".casefold()


async def reports(request: Request) -> Response:
    """List what this person may read, a page at a time."""
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
    text = " ".join(request.query_params.get("search", "").split())[:100]
    every = [*found, *entries]
    fitting = sorted((one for one in every if one.says(text)), key=_newest, reverse=True)
    pages = Pages(page_number(request), len(fitting), kept({"school": asked, "search": text}))
    shown = fitting[pages.offset : pages.offset + SIZE]
    return portal.renderer.page(
        request, "me/reports.html", visitor=visitor, csrf=visitor.csrf, title="Reports",
        trust=bool(of_trust) and not asked, reports=[one for one in shown if not one.written],
        entries=[one for one in shown if one.written], pages=pages, text=text, school=asked,
        searchable=len(every) > SIZE or bool(text), here=request.url.path,
    )  # fmt: skip


def _newest(line: Line) -> tuple[dt.date, str]:
    return line.on or dt.date.min, line.title


async def _reports(portal: Portal, visitor: Visitor, schools: set[str], *, sent: bool) -> list[Line]:
    links = await portal.read.links.of_person(visitor.person_id) if sent else []
    here = [await _of_school(portal, visitor, school) for school in sorted(schools)]
    about = {row.report_id: row for rows in here for row in rows}
    mailed = dict.fromkeys(one.target_id for one in links if one.purpose == "report" and one.target_id not in about)
    others = await asyncio.gather(*(_shown(portal, visitor, one) for one in mailed))
    rows = [*(row for row in others if row), *(row for row in about.values() if row.may_read)]
    may = await asyncio.gather(*(_readable(portal, visitor, row) for row in rows))
    named = _Named(portal)
    return [await _line(named, visitor, row) for row, yes in zip(rows, may, strict=True) if yes]


async def _of_school(portal: Portal, visitor: Visitor, school_id: str) -> list[ReportRow]:
    query = ListReports(school_id=school_id, reader_id=visitor.person_id, limit=MOST)
    pages: list[ReportRows] = await _looked_through(portal, query)
    return [row for page in pages for row in page.reports if row.state == "compiled"]


async def _looked_through(portal: Portal, query: ListReports | ListEntries) -> list[Any]:
    """The answers to a query page by page, up to as many rows as are looked through."""
    found = list[Any]()
    for offset in range(0, LOOKED_THROUGH, MOST):
        found.append(await portal.owners.find(query.model_copy(update={"offset": offset})))
        if offset + MOST >= found[-1].total:
            break
    return found


async def _shown(portal: Portal, visitor: Visitor, report_id: str) -> ReportRow | None:
    try:
        row: ReportRow = await portal.owners.find(ShowReport(report_id=report_id, person_id=visitor.person_id))
    except Rejected:
        return None
    return row


async def _readable(portal: Portal, visitor: Visitor, row: ReportRow) -> bool:
    """Whether the portal lets them read what reporting does: of release 0.1.0 it is the portal that says so."""
    known = await portal.read.reports.get(row.report_id)
    return await may_read(portal, visitor, known) if known is not None else bool(row.about)


class _Named:
    """Names of schools and programmes, each looked up once."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._schools: dict[tuple[str, str], str] = {}
        self._programmes: dict[str, str] = {}

    async def school(self, programme_id: str, school_id: str | None) -> str:
        """The name of a school; "" where there is none."""
        if not school_id:
            return ""
        if (programme_id, school_id) not in self._schools:
            found = await self._portal.read.schools.of_programme(programme_id, [school_id])
            self._schools[programme_id, school_id] = found[0].name if found else ""
        return self._schools[programme_id, school_id]

    async def programme(self, programme_id: str) -> str:
        """The name of a programme; "" where it is not known."""
        if programme_id not in self._programmes:
            read = self._portal.read
            found = await read.programmes.get(programme_id) or await read.whole.get(programme_id)
            self._programmes[programme_id] = found.name if found else ""
        return self._programmes[programme_id]

    async def about(self, programme_id: str, school_id: str | None, *before: str) -> str:
        """What is said of something to read, in a line."""
        named = await self.school(programme_id, school_id), await self.programme(programme_id)
        return ", ".join(part for part in (*before, *named) if part)


async def _line(named: _Named, visitor: Visitor, row: ReportRow) -> Line:
    on = row.compiled_at.date() if row.compiled_at else None
    about = await named.about(row.programme_id, row.school_id)
    return Line(row.title, f"{visitor.root}/report/{row.report_id}", about, on)


async def _entries(portal: Portal, visitor: Visitor, schools: set[str], *, told: bool) -> list[Line]:
    """What others have written and released: about these schools, or as a mail told."""
    links = await portal.read.links.of_person(visitor.person_id) if told else []
    ids = dict.fromkeys(link.target_id for link in links if (link.purpose, link.target_kind) == ("entry", "entry"))
    wanted = [*({"school_id": one} for one in sorted(schools)), *({"named": one} for one in ids)]
    found = await asyncio.gather(*(_released(portal, visitor, one) for one in wanted))
    rows = {row.entry_id: row for rows in found for row in rows}
    others = [row for row in rows.values() if visitor.person_id not in row.author_ids]
    return await _written(portal, visitor, others)


async def _released(portal: Portal, visitor: Visitor, about: dict[str, str]) -> list[EntryRow]:
    asked = {"state": RELEASED, "person_id": visitor.person_id, "limit": MOST, **about}
    pages: list[EntryRows] = await _looked_through(portal, ListEntries.model_validate(asked))
    return [row for page in pages for row in page.entries]


async def _written(portal: Portal, visitor: Visitor, rows: Iterable[EntryRow]) -> list[Line]:
    rows, named = list(rows), _Named(portal)
    names, lines = await portal.read.people.names([row.about_id for row in rows]), list[Line]()
    for row in rows:
        programme = await portal.read.whole.get(row.programme_id)
        form = programme.template.form(row.form) if programme else None
        if form is not None:
            about = await named.about(row.programme_id, row.school_id, names.get(row.about_id, ""))
            href = f"{visitor.root}/entry/{row.entry_id}/read"
            lines.append(Line(form.title, href, about, row.changed_at.date(), written=True))
    return lines
