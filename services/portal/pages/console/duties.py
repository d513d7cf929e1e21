"""Recurring duties of a programme: how they stand by school and strand, this year or this term."""

from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from shared.commands.duties import DutySum, DutySums, SumDuties


async def duties(request: Request) -> Response:
    """Show sums, the school with the most missed first; `school` shows one with its people by name."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    term, school = request.query_params.get("term") == "yes", request.query_params.get("school", "")[:100]
    found = await desk.known(SumDuties(programme_id=row.programme_id, school_id=school, term=term))
    sums = found.sums if isinstance(found, DutySums) else ()
    schools = [list(each) for _, each in groupby(sums, key=lambda one: one.school_id)]
    if not school:
        schools = [[one for one in each if not one.activity and not one.person_id] for each in schools]
    schools = sorted(filter(None, schools), key=lambda each: -sum(one.missed for one in each))
    facts: dict[str, Any] = {
        "row": row, "found": found, "schools": schools, "term": term, "school": school,
        "names": await desk.names(one.person_id for one in sums), "total": _total(schools),
    }  # fmt: skip
    return desk.show("duties", title=f"Duties of {row.name}", **facts)


def _total(schools: list[list[DutySum]]) -> dict[str, int]:
    strands = [one for each in schools for one in each if not one.activity and not one.person_id]
    return {name: sum(getattr(one, name) for one in strands) for name in ("due", "done", "missed", "excused", "open")}
