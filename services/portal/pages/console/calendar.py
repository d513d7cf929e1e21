"""Review of a calendar: what is dated, what cannot be and why, what changes; then check and publish."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.console.standing import cohort_of
from services.portal.pages.paging import PAGE, Pages
from services.portal.pages.portal import Hidden
from shared.commands.matching import CohortRow
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.scheduling import CalendarDetail, DraftCalendar, ListVisits, PublishVisits, ShowCalendar, VisitRows


async def calendar(request: Request) -> Response:
    """Show dates by day, and have a draft worked out."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    cohort, detail = await _calendar(desk, row)
    shown, said = partial(_shown, desk, row, cohort, detail), "Dates are being worked out; look again in a minute."
    return await desk.serve(
        shown, lambda _posted: DraftCalendar(cohort_id=cohort.cohort_id) if cohort else None, to=request.url.path,
        said=said, unreadable="There are no groups to date yet.",
    )  # fmt: skip


async def publish_calendar(request: Request) -> Response:
    """Check what goes out, then publish the dates."""
    desk = await Desk.sure(request)
    row = await of_path(desk)
    cohort, detail = await _calendar(desk, row)
    if cohort is None or detail is None:
        raise Hidden
    if detail.state != "draft":
        return desk.no_draft(f"{HERE}/{row.programme_id}/calendar")
    invited = await _invitations(desk, detail)
    facts: dict[str, Any] = {"row": row, "detail": detail, "invited": invited, "title": "Check and publish the dates"}
    cohort_id = cohort.cohort_id
    return await desk.serve(
        partial(desk.asked, "publish-calendar", **facts),
        lambda posted: PublishVisits(
            cohort_id=cohort_id, revision=whole_number(posted.get("revision", "")),
            leave_out_unplaced=posted.get("without") == "yes",
        ),
        to=f"{HERE}/{row.programme_id}/calendar", said="The dates are published, and invitations go out.",
    )  # fmt: skip


async def _shown(
    desk: Desk, row: ProgrammeRow, cohort: CohortRow | None, detail: CalendarDetail | None, refused: str = "",
    **_values: Any,
) -> Response:  # fmt: skip
    page = desk.page_number()
    found = VisitRows(total=0, visits=())
    if cohort is not None and detail is not None:
        query = ListVisits(cohort_id=cohort.cohort_id, drafts=True, limit=PAGE, offset=(page - 1) * PAGE)
        found = await desk.find(query)
    names = await desk.portal.read.schools.of_programme(
        row.programme_id, [one.visit.host_school_id for one in found.visits]
    )
    facts: dict[str, Any] = {
        "row": row, "detail": detail, "published": cohort is not None and cohort.state == "published",
        "visits": sorted(found.visits, key=lambda one: (one.visit.on, one.visit.visit_id)),
        "events": sorted(found.events, key=lambda one: one.event.on) if page == 1 else [],
        "hosts": {school.school_id: school.name for school in names}, "pages": Pages(page, found.total),
    }  # fmt: skip
    return desk.show("calendar", 422 if refused else 200, title=f"Calendar of {row.name}", refused=refused, **facts)


async def _calendar(desk: Desk, row: ProgrammeRow) -> tuple[CohortRow | None, CalendarDetail | None]:
    found = desk.known
    cohort = await cohort_of(found, row.programme_id)
    detail = await found(ShowCalendar(cohort_id=cohort.cohort_id)) if cohort else None
    return cohort, detail


async def _invitations(desk: Desk, detail: CalendarDetail) -> int:
    """How many invitations the dates of a draft bring: one for each person and date; worked out from the first 500."""
    query = ListVisits(cohort_id=detail.cohort_id, drafts=True, limit=500)
    found: VisitRows = await desk.find(query)
    visits = sum(len(one.visit.attendees) + (one.visit.facilitator_id is not None) for one in found.visits)
    events = sum(len(one.event.attendees) for one in found.events)
    return round(visits * found.total / max(1, len(found.visits))) + events
