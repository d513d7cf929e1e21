"""Everybody who takes part, by part of a name or address."""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programmes_queries import ListProgrammes, ProgrammeRows


async def people(request: Request) -> Response:
    """List people by the page; `search` and `programme` narrow it."""
    desk = await Desk.of(request)
    page = desk.page_number()
    search = desk.written()
    programmes: ProgrammeRows = await desk.find(ListProgrammes())
    named = {row.programme_id: row.name for row in programmes.programmes}
    programme = request.query_params.get("programme", "")
    programme = programme if programme in named else ""
    query = FindPeople(search=search, programme_id=programme, limit=PAGE, offset=(page - 1) * PAGE)
    found: FoundPeople = await desk.find(query)
    return desk.show(
        "people/listing", title="People", rows=found.people, search=search, programme_id=programme, named=named,
        pages=Pages(page, found.total, kept({"search": search, "programme": programme})),
    )  # fmt: skip
