"""Who stands in which relation to whom: heads report to executive heads, say."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.whole import WholeProgramme
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import Search
from services.portal.pages.paging import PAGE, Pages, kept
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.parties import DeclareRelation, EndRelation, ListRelations, RelationRows
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programmes_queries import ProgrammeRow
from shared.errors import Rejected

MOST = 500
"""People in the menus; where there are more, they are found by name first."""


async def relations(request: Request) -> Response:
    """List them, declare one, end one."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    of = await desk.portal.read.whole.get(row.programme_id)
    if of is None or not of.template.relations:
        raise Hidden
    who = "Choose the relation and both people; write a day as 2027-01-04."
    return await desk.serve(partial(_shown, desk, row, of), partial(_command, row), unreadable=who)


def _command(row: ProgrammeRow, posted: Mapping[str, str]) -> Command:
    """Return the command; raises ValueError where a day is none."""
    since = posted.get("since", "").strip()
    named = {"relation": posted.get("relation", ""), "person": posted.get("one", ""), "to": posted.get("to", "")}
    if not all(named.values()):
        raise Rejected("who", "Choose the relation and both people.")
    about: dict[str, Any] = {"programme_id": row.programme_id, **named}
    if posted.get("do") == "end":
        return EndRelation.model_validate(about)
    if posted.get("do") != "declare":
        raise Hidden
    return DeclareRelation.model_validate({**about, "since": dt.date.fromisoformat(since) if since else None})


async def _shown(
    desk: Desk, row: ProgrammeRow, of: WholeProgramme, refused: str = "", values: Mapping[str, str] | None = None
) -> Response:
    page, who = desk.page_number(), Search(desk.written("who"))
    query = ListRelations(programme_id=row.programme_id, search=who.text, limit=PAGE, offset=(page - 1) * PAGE)
    found: RelationRows = await desk.find(query)
    search = desk.written()
    people, total = await _people(desk, row, search)
    today = of.today(desk.portal.clock.now())
    facts: dict[str, Any] = {
        "row": row, "people": people,
        "rows": [one for one in found.relations if one.until is None or one.until > today],
        "over": [one for one in found.relations if one.until is not None and one.until <= today],
        "kinds": {one.key: one.key.replace("-", " ").capitalize() for one in of.template.relations},
        "values": values or {}, "search": search, "total": total, "who": who,
        "pages": Pages(page, found.total, kept({"who": who.text, "search": search})), "standing": found.standing,
    }  # fmt: skip
    return desk.show(
        "parties/relations", 422 if refused else 200, title="Who stands how to whom", refused=refused, **facts
    )


async def _people(desk: Desk, row: ProgrammeRow, search: str) -> tuple[dict[str, str], int]:
    """The people of the menus, by id, and how many fit; `search`: parts of names or addresses, with commas between."""
    people, total = dict[str, str](), 0
    for part in dict.fromkeys(one.strip() for one in search.split(",")[:4]):
        found: FoundPeople = await desk.find(FindPeople(search=part, programme_id=row.programme_id, limit=MOST))
        people |= {one.person_id: f"{one.name}, {one.email}" for one in found.people}
        total += found.total
    return people, max(total, len(people))
