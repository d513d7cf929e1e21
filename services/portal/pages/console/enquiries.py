"""The brochure of a programme, made and published here, and the enquiries that came by its page."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from shared.commands.base import Command
from shared.commands.brochures import (
    BrochureRow,
    BrochureRows,
    ListBrochures,
    PublishBrochure,
    UnpublishBrochure,
)
from shared.commands.enquiries import CloseEnquiry, EnquiryRows, EraseEnquiries, ListEnquiries
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.reports import CompileReport

LIMIT = 200


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
    found = await desk.known(ListEnquiries(programme_id=row.programme_id, limit=LIMIT))
    known = found if isinstance(found, EnquiryRows) else EnquiryRows(total=0, waiting=0, enquiries=())
    return desk.show(
        "enquiries",
        422 if refused else 200,
        title="Brochure and enquiries",
        refused=refused,
        row=row,
        brochure=brochure,
        rows=known.enquiries,
        total=known.total,
    )
