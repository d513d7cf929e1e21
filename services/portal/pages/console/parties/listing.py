"""The trusts or partnerships that take part, and schools that train together; one more joins."""

import re
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
from shared.commands.parties import (
    EnrolPartnership,
    EnrolTrust,
    ListParties,
    NamePartyPerson,
    PartyRows,
    TrainTogether,
    WithdrawParty,
)
from shared.commands.programmes_queries import ProgrammeRow
from shared.template import Role

SCHOOL, TRUST = "school", "trust"
TOGETHER = {"same-trust": "of one trust", "same-federation": "under one governing body"}
"""Which schools may train together, as a template names them, in words."""
INCOMPLETE = "Something is missing: a name, and for a partnership the URNs of its schools; for a person their address."


async def parties(request: Request) -> Response:
    """List them, enrol one more, or name somebody who has a role for the programme as a whole."""
    desk = await Desk.of(request)
    row, of = await _of_programme(desk)
    return await desk.serve(partial(_shown, desk, row, of), partial(_command, row, of), unreadable=INCOMPLETE)


async def of_parties(desk: Desk) -> tuple[ProgrammeRow, WholeProgramme]:
    """Return the programme of the address; raises Hidden where schools take part each by itself."""
    row, of = await _of_programme(desk)
    if of.template.party.kind == SCHOOL:
        raise Hidden
    return row, of


async def _of_programme(desk: Desk) -> tuple[ProgrammeRow, WholeProgramme]:
    """Return the programme; raises Hidden where it has nobody but the people of single schools."""
    row = await of_path(desk)
    of = await desk.portal.read.whole.get(row.programme_id)
    if of is None or not (of.template.party.kind != SCHOOL or of.template.party.together or roles_at(of, "programme")):
        raise Hidden
    return row, of


def roles_at(of: WholeProgramme, place: str) -> dict[str, str]:
    """Return the roles that are named there, by key, as the template calls them."""
    named: list[Role] = [role for role in of.template.roles if role.at == place and not role.of]
    return {role.key: (role.title or role.key.replace("-", " ")).capitalize() for role in named}


def person_of(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the person whom a form names."""
    return {name: posted.get(name, "").strip() for name in ("role", "name", "email")}


def urns_of(text: str) -> tuple[int, ...]:
    """Return the URNs that somebody has typed or pasted, each once."""
    return tuple(dict.fromkeys(int(found) for found in re.findall(r"\b\d{5,7}\b", text)))


def _command(row: ProgrammeRow, of: WholeProgramme, posted: Mapping[str, str]) -> Command:
    about: dict[str, Any] = {"programme_id": row.programme_id}
    if posted.get("do") == "name":
        return NamePartyPerson.model_validate({**about, "party": "", "person": person_of(posted)})
    name, do = posted.get("party", "").strip(), posted.get("do", "")
    if of.template.party.together and do == "together":
        return TrainTogether.model_validate({**about, "name": name, "urns": urns_of(posted.get("urns", ""))})
    if of.template.party.together and do.startswith("apart:"):
        return WithdrawParty.model_validate({**about, "party": do.removeprefix("apart:")[:100]})
    if do != "enrol" or of.template.party.kind == SCHOOL:
        raise Hidden
    if of.template.party.kind == TRUST:
        return EnrolTrust.model_validate({**about, "trust": name})
    return EnrolPartnership.model_validate({**about, "name": name, "urns": urns_of(posted.get("urns", ""))})


async def _shown(
    desk: Desk, row: ProgrammeRow, of: WholeProgramme, refused: str = "", values: Mapping[str, str] | None = None
) -> Response:
    page, search = desk.page_number(), Search(desk.written())
    query = ListParties(programme_id=row.programme_id, search=search.text, limit=PAGE, offset=(page - 1) * PAGE)
    found: PartyRows = await desk.find(query)
    kind = of.template.party.kind
    facts: dict[str, Any] = {
        "row": row, "found": found, "kind": kind, "values": values or {}, "roles": roles_at(of, "programme"),
        "relations": bool(of.template.relations), "search": search,
        "together": [TOGETHER[one] for one in of.template.party.together],
        "pages": Pages(page, found.total, kept({"search": search.text})),
    }  # fmt: skip
    title = (
        f"{'Who trains together in' if facts['together'] else 'People of'} {row.name}"
        if kind == SCHOOL
        else f"{kind.capitalize()}s of {row.name}"
    )
    return desk.show("parties/listing", 422 if refused else 200, title=title, refused=refused, **facts)
