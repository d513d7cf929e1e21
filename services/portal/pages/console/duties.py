"""Recurring duties of a programme: how they stand by school and strand, this year or this term."""

from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import Pages, kept
from shared.commands.duties import DutyRows, DutySums, ListDuties, SumDuties
from shared.commands.duty_words import missing, whereabouts

SCHOOLS = 25
"""Schools on a page: each has a table of its strands."""


async def duties(request: Request) -> Response:
    """Show sums, the school with the most missed first; `school` shows one with its people by name."""
    desk = await Desk.of(request)
    row, page = await of_path(desk), desk.page_number()
    search = await searched(desk, row.programme_id)
    term, school = request.query_params.get("term") == "yes", request.query_params.get("school", "")[:100]
    query = SumDuties(
        programme_id=row.programme_id, school_id=school, term=term, concerning=search.ids, by_strand=not school,
        limit=SCHOOLS, offset=(page - 1) * SCHOOLS,
    )  # fmt: skip
    found: DutySums | None = await desk.known(query)
    sums = found.sums if found else ()
    without = await _without_day(desk, row.programme_id, school) if page == 1 and not search.text else None
    rows = without.duties if without else ()
    told = [one.person_id for each in rows for gap in each.gaps for one in gap.who]
    names = await desk.names([*(one.person_id for one in sums), *told])
    facts: dict[str, Any] = {
        "row": row, "found": found, "schools": [list(each) for _, each in groupby(sums, key=lambda one: one.school_id)],
        "term": term, "school": school, "names": names, "search": search,
        "gaps": [
            (f"{each.title}, {each.school}" if each.school else each.title, gap.sentence, whereabouts(gap.who, names))
            for each in rows
            for gap in each.gaps
        ],
        "missing": [missing(one) for one in without.missing] if without else [],
        "more": without.total - len(rows) if without else 0,
        "pages": Pages(
            page, found.schools if found else 0,
            kept({"term": "yes" if term else "", "school": school, "search": search.text}), SCHOOLS,
        ),
    }  # fmt: skip
    return desk.show("duties", title=f"Duties of {row.name}", **facts)


async def _without_day(desk: Desk, programme_id: str, school: str) -> DutyRows | None:
    """The duties that found no day in a period."""
    query = ListDuties(programme_id=programme_id, school_id=school, without_day=True, limit=SCHOOLS)
    found: DutyRows | None = await desk.known(query)
    return found
