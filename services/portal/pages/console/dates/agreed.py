"""Days that people agree between themselves: which wait, for whom, and where nothing suits."""

from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.agreed_visits import ArrangementRows, ArrangementState, ListDays
from shared.template.kinds import AGREED

STATES: dict[str, str] = {
    "waiting": "Waiting", "agreed": "Agreed", "not-open": "Not yet", "closed": "Closed"
}  # fmt: skip


async def agreed(request: Request) -> Response:
    """List arrangements by state, those in which nothing suits first."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    states: tuple[ArrangementState, ...] = get_args(ArrangementState)
    asked, page = request.query_params.get("state", ""), desk.page_number()
    state = next((one for one in states if one == asked), "waiting")
    of, search = await desk.portal.read.whole.get(row.programme_id), await searched(desk, row.programme_id)
    kinds = {one.key: one.title for one in of.template.activities if one.kind in AGREED} if of else {}
    kind = request.query_params.get("kind", "")
    query = ListDays(
        programme_id=row.programme_id, state=state, activity=kind if kind in kinds else "", concerning=search.ids,
        limit=PAGE, offset=(page - 1) * PAGE,
    )  # fmt: skip
    found: ArrangementRows = await desk.find(query)
    rows = found.arrangements
    ids = {person for one in rows for person in (*one.waiting_for, one.person_id)}
    schools = await desk.portal.read.schools.of_programme(row.programme_id, sorted({one.school_id for one in rows}))
    facts: dict[str, Any] = {
        "row": row, "rows": rows, "state": state, "states": STATES, "names": await desk.names(ids),
        "titles": kinds, "kinds": kinds, "kind": query.activity, "search": search,
        "schools": {school.school_id: school.name for school in schools},
        "pages": Pages(
            page, found.total, kept({"state": state, "kind": query.activity, "search": search.text})
        ),
    }  # fmt: skip
    return desk.show("dates/agreed", title=f"Days that people agree in {row.name}", **facts)
