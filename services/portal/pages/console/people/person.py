"""One person: what they do; hand a place over or end it, correct the address, forget them."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.files import download
from services.portal.pages.console.people.standing_in import Coming, courses_of, stood_in, to_come
from services.portal.pages.kept_about import kept_by_owners, kept_by_pages
from services.portal.pages.loading import parts_of
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.parties import HandOverPlaces, LeavePartyRole, ReplacePartyPerson
from shared.commands.people import FindPeople, FoundPeople, FoundPerson, PlaceRow
from shared.commands.portal import RevokeLinks
from shared.commands.programmes import CorrectAddress, ErasePerson, LeaveRole, ReplacePerson
from shared.commands.sign_in import ResetSignIn

HERE = "/console/people"
INCOMPLETE = "Give the name and the work address of whoever takes over."


async def person(request: Request) -> Response:
    """Show somebody, and do what is chosen."""
    desk = await Desk.of(request)
    one = await _of_path(desk)
    coming = await to_come(desk, one)
    return await desk.serve(partial(_shown, desk, one, coming), partial(_command, one, coming), unreadable=INCOMPLETE)


async def kept(request: Request) -> Response:
    """All that is kept about somebody as a file, but not the words that they wrote, which are theirs; it is noted."""
    desk = await Desk.sure(request)
    one = await _of_path(desk)
    portal, now = desk.portal, desk.portal.clock.now()
    await portal.exports.exported(desk.here.account.person_id, f"kept-about {one.person_id}", "")
    parts = await parts_of(portal.read, one.person_id, now)
    found = {
        "made": now, "person": one.model_dump(mode="json"),
        **await kept_by_pages(portal.read, one.person_id, parts),
        **await kept_by_owners(portal, one.person_id, parts),
    }  # fmt: skip
    content = json.dumps(found, default=str, ensure_ascii=False, indent=2).encode()
    return download("kept-about-somebody.json", "application/json", content)


async def erase(request: Request) -> Response:
    """Say what is forgotten, then forget it; the second factor was proved within half an hour."""
    desk = await Desk.sure(request)
    one = await _of_path(desk)
    shown = partial(desk.asked, "people/erase", title=f"Forget {one.name}", one=one)
    said = "That person is forgotten; every service drops what it kept."
    return await desk.serve(shown, lambda _posted: ErasePerson(person_id=one.person_id), to=HERE, said=said)


async def out(request: Request) -> Response:
    """Say what of somebody's can be stopped, then stop it; the second factor was proved within half an hour."""
    desk = await Desk.sure(request)
    one = await _of_path(desk)
    shown = partial(desk.asked, "people/out", title=f"Stop what {one.name} signed in with", one=one)
    here = f"{HERE}/{one.person_id}"
    return await desk.serve(shown, partial(_stopped, one), to=here)


def _stopped(one: FoundPerson, posted: Mapping[str, str]) -> Command | None:
    match posted.get("do", ""):
        case "sign-ins":
            return ResetSignIn(person_id=one.person_id)
        case "links":
            return RevokeLinks(person_id=one.person_id)
        case _:
            return None


def _command(one: FoundPerson, coming: Sequence[Coming], posted: Mapping[str, str]) -> Command:
    act, _, number = posted.get("do", "").partition(":")
    successor = {"name": posted.get("name", "").strip(), "email": posted.get("email", "").strip()}
    interim = posted.get("interim") == "yes"
    match act:
        case "correct":
            return CorrectAddress(person_id=one.person_id, email=posted.get("address", "").strip())
        case "all":
            where = posted.get("where", "") or None
            return HandOverPlaces.model_validate(
                {"person": one.person_id, "programme_id": where, "interim": interim, **successor}
            )
        case "replace":
            return _replaced(one, _place(one, number), successor, interim=interim)
        case "stand-in":
            return stood_in(one, coming, number, posted.get("substitute", ""))
        case "leave":
            return _left(one, _place(one, number))
        case _:
            raise Hidden


def _place(one: FoundPerson, number: str) -> PlaceRow:
    """The place that the form meant; raises Hidden where it is theirs no longer."""
    at = whole_number(number)
    if not 1 <= at <= len(one.places):
        raise Hidden
    return one.places[at - 1]


def _replaced(one: FoundPerson, place: PlaceRow, successor: Mapping[str, str], *, interim: bool) -> Command:
    details = {"role": place.role, **successor}
    about = {"programme_id": place.programme_id, "person": details, "leaving": one.person_id, "interim": interim}
    if place.urn is not None:
        return ReplacePerson.model_validate({**about, "urn": place.urn})
    return ReplacePartyPerson.model_validate({**about, "party": place.party})


def _left(one: FoundPerson, place: PlaceRow) -> Command:
    about = {"programme_id": place.programme_id, "role": place.role, "leaving": one.person_id}
    if place.urn is not None:
        return LeaveRole.model_validate({**about, "urn": place.urn})
    return LeavePartyRole.model_validate({**about, "party": place.party})


async def _of_path(desk: Desk) -> FoundPerson:
    asked = desk.request.path_params["person_id"]
    found: FoundPeople = await desk.find(FindPeople(person_id=asked[:100]))
    if not found.people:
        raise Hidden
    return found.people[0]


async def _shown(
    desk: Desk, one: FoundPerson, coming: Sequence[Coming], refused: str = "", values: Mapping[str, str] | None = None
) -> Response:
    where = {place.programme_id: place.programme for place in one.places if place.under_way}
    facts: dict[str, Any] = {"one": one, "where": where, "coming": coming, "values": values or {}}
    facts["courses"] = await courses_of(desk, one)
    return desk.show("people/person", 422 if refused else 200, title=one.name, refused=refused, **facts)
