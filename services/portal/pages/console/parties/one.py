"""One trust or partnership: who is missing at which school, categories, people; schools join and leave."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.parties.listing import of_parties, person_of, roles_at, urns_of
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.parties import (
    ChangePartnership,
    DecideCategory,
    ListParties,
    NamePartyPerson,
    PartyRow,
    PartyRows,
    WithdrawParty,
)
from shared.commands.programmes import AddPerson
from shared.commands.programmes_queries import ProgrammeRow
from shared.errors import Rejected

INCOMPLETE = "Something is missing. A person has a role, a name and an address; a decision has a reason."


async def party(request: Request) -> Response:
    """Show it, and do what is chosen."""
    desk = await Desk.of(request)
    row, of = await of_parties(desk)
    one = await _of_path(desk, row)
    if request.method == "POST" and (await desk.posted()).get("do") == "withdraw":
        await Desk.sure(request)
    return await desk.serve(partial(_shown, desk, row, of, one), partial(_command, row, one), unreadable=INCOMPLETE)


def _command(row: ProgrammeRow, one: PartyRow, posted: Mapping[str, str]) -> Command:
    """Return the command; raises ValueError where a day is none."""
    about: dict[str, Any] = {"programme_id": row.programme_id}
    urn, reason = whole_number(posted.get("urn", "")), posted.get("reason", "").strip()
    match posted.get("do"):
        case "name":
            return NamePartyPerson.model_validate({**about, "party": one.party_id, "person": person_of(posted)})
        case "at-school":
            return AddPerson.model_validate({**about, "urn": urn, "person": person_of(posted)})
        case "category":
            since = posted.get("since", "").strip()
            decided = {"urn": urn, "category": posted.get("category", ""), "reason": reason}
            day = dt.date.fromisoformat(since) if since else None
            return DecideCategory.model_validate({**about, **decided, "since": day})
        case "schools":
            joining, leaving = urns_of(posted.get("joining", "")), urns_of(posted.get("leaving", ""))
            return ChangePartnership(**about, party=one.party_id, joining=joining, leaving=leaving)
        case "withdraw" if reason:
            return WithdrawParty(**about, party=one.party_id, reason=reason)
        case "withdraw":
            raise Rejected("no-reason", "Say why it leaves; it stays with its enrolment.")
        case _:
            raise Hidden


async def _of_path(desk: Desk, row: ProgrammeRow) -> PartyRow:
    party_id = desk.request.path_params["party_id"][:100]
    found: PartyRows = await desk.find(ListParties(programme_id=row.programme_id, party_id=party_id))
    one = next((each for each in found.parties if each.party_id == party_id), None)
    if one is None:
        raise Hidden
    return one


async def _shown(
    desk: Desk, row: ProgrammeRow, of: WholeProgramme, one: PartyRow, *, refused: str = "",
    values: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    today = of.today(desk.portal.clock.now())
    there = [school for school in one.schools if school.until is None or school.until > today]
    categories = of.template.categories.values if of.template.categories else ()
    facts: dict[str, Any] = {
        "row": row, "one": one, "there": there, "gone": [school for school in one.schools if school not in there],
        "roles": roles_at(of, one.kind), "school_roles": roles_at(of, "school"),
        "categories": {entry.key: entry.title for entry in categories},
        "schools": {str(school.urn): school.school for school in there}, "values": values or {},
        "joined": one.kind != "trust",
    }  # fmt: skip
    return desk.show("parties/one", 422 if refused else 200, title=one.name, refused=refused, **facts)
