"""The brochure of a programme, made and published here, and the enquiries that came by its page."""

from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import Search
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.base import Command
from shared.commands.brochures import (
    BrochureRow,
    BrochureRows,
    ListBrochures,
    PublishBrochure,
    UnpublishBrochure,
)
from shared.commands.enquiries import CloseEnquiry, EnquiryRows, EnquiryState, EraseEnquiries, ListEnquiries
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.reports import CompileReport

STATES: dict[str, str] = {"waiting": "Waits", "done": "Answered"}


async def enquiries(request: Request) -> Response:
    """List them under the brochure, and do what is chosen."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    brochure = await _brochure(desk, row)
    return await desk.serve(partial(_shown, desk, row, brochure), partial(_command, row.programme_id, brochure))


def _command(programme_id: str, brochure: BrochureRow | None, posted: Mapping[str, str]) -> Command | None:
    match posted.get("do"):
        case "make" if brochure:
            return CompileReport(programme_id=programme_id, report=brochure.report)
        case "publish":
            return PublishBrochure(programme_id=programme_id)
        case "unpublish":
            return UnpublishBrochure(programme_id=programme_id)
        case "done" if posted.get("enquiry"):
            return CloseEnquiry(enquiry_id=posted["enquiry"])
        case "erase" if posted.get("enquiry"):
            return EraseEnquiries(enquiry_id=posted["enquiry"])
        case _:
            return None


async def _brochure(desk: Desk, row: ProgrammeRow) -> BrochureRow | None:
    found = await desk.known(ListBrochures(programme_id=row.programme_id))
    return next(iter(found.brochures), None) if isinstance(found, BrochureRows) else None


async def _shown(
    desk: Desk, row: ProgrammeRow, brochure: BrochureRow | None, refused: str = "", **_values: Any
) -> Response:  # fmt: skip
    given, page = desk.request.query_params, desk.page_number()
    search, states = Search(desk.written()), get_args(EnquiryState)
    state = given.get("state", "") if given.get("state", "") in states else ""
    query: dict[str, Any] = {"programme_id": row.programme_id, "state": state, "search": search.text}
    query |= {"limit": PAGE, "offset": (page - 1) * PAGE}
    found = await desk.known(ListEnquiries.model_validate(query))
    known = found if isinstance(found, EnquiryRows) else EnquiryRows(total=0, waiting=0, enquiries=())
    return desk.show(
        "enquiries",
        422 if refused else 200,
        title="Brochure and enquiries",
        refused=refused,
        row=row,
        brochure=brochure,
        rows=known.enquiries,
        search=search,
        state=state,
        states=STATES,
        pages=Pages(page, known.total, kept({"state": state, "search": search.text})),
    )
