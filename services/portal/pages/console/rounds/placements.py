"""A round of placements: who is placed to what and why, who and what is without, offers that run, the ledger."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.named import bare, one_named
from services.portal.pages.console.searched import Search, whom
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.base import Command
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.rounds import (
    AcceptOffer,
    DeclineOffer,
    ForbidPlacement,
    FreePlacement,
    PersonWithout,
    PinPlacement,
    PlacementRow,
    RoundDetail,
    ShowRound,
    ThingWithout,
    WithdrawPlacement,
)
from shared.template import Round

LEAVING: dict[str, str] = {
    "person": "the person leaves; the other side stays open",
    "thing": "what they were placed to is withdrawn; the person waits for another",
    "both": "both are out",
}
ENTRY = "ent-"
"""How ids of entries begin, which a choice among several has for its value."""
WISHES: dict[str, str] = {"pin": "Place this person there", "forbid": "Never place this person there"}


async def look(desk: Desk, row: ProgrammeRow, of: Round, search: Search) -> RoundDetail | None:
    """Return a page of the round; None where nothing has come in yet."""
    offset = (desk.page_number() - 1) * PAGE
    query = ShowRound(
        programme_id=row.programme_id, round=of.key, search=search.text, concerning=search.ids, limit=PAGE,
        offset=offset,
    )  # fmt: skip
    found: RoundDetail | None = await desk.known(query)
    return found


async def named(desk: Desk, row: ProgrammeRow, of: Round, posted: Mapping[str, str]) -> dict[str, str]:
    """Return the entries that a wish is about, any of the round, by field. Raises Rejected, SeveralFit."""
    finders = {"person": _person, "thing": _place}
    written = {field: posted.get(field, "").strip()[:100] for field in finders}
    return {field: await find(desk, row, of, written[field]) for field, find in finders.items() if written[field]}


async def _person(desk: Desk, row: ProgrammeRow, of: Round, written: str) -> str:
    ids = (written,) if written.startswith(ENTRY) else (await whom(desk, bare(written), row.programme_id)).ids
    found: RoundDetail = await desk.find(ShowRound(programme_id=row.programme_id, round=of.key, concerning=ids))
    every: list[PlacementRow | PersonWithout] = [*found.placements, *found.people_without]
    fits = [one for one in every if not {one.person_id, one.school_id, one.person_entry_id}.isdisjoint(ids)]
    names = await desk.names(one.person_id for one in fits)
    known = {one.person_entry_id: f"{_named(names, one.person_id)} ({one.school})" for one in fits}
    return one_named("person", written, known, "person of this round")


async def _place(desk: Desk, row: ProgrammeRow, of: Round, written: str) -> str:
    about = {"concerning": (written,)} if written.startswith(ENTRY) else {"search": bare(written)}
    query = {"programme_id": row.programme_id, "round": of.key, **about}
    found: RoundDetail = await desk.find(ShowRound.model_validate(query))
    part = bare(written).casefold()
    things: list[PlacementRow | ThingWithout] = [*found.placements, *found.things_without]
    known = {
        one.thing_entry_id: f"{one.thing} ({one.host})"
        for one in things
        if one.thing_entry_id == written or part in one.thing.casefold() or part in one.host.casefold()
    }
    return one_named("thing", written, known, "place of this round")


def command(posted: Mapping[str, str], row: ProgrammeRow, of: Round) -> Command | None:
    """Return what a form asks for; None where something of it was not chosen."""
    act, _, which = posted.get("do", "").partition(":")
    match act:
        case "withdraw" if posted.get("leaving") in LEAVING:
            return WithdrawPlacement.model_validate({"match_id": which, "leaving": posted["leaving"]})
        case "accept":
            return AcceptOffer(offer_id=which)
        case "decline":
            return DeclineOffer(offer_id=which)
        case "free":
            person, _, thing = which.partition("/")
            return FreePlacement(
                programme_id=row.programme_id, round=of.key, person_entry_id=person, thing_entry_id=thing
            )
        case "say" if posted.get("person") and posted.get("thing") and posted.get("how") in WISHES:
            made = PinPlacement if posted["how"] == "pin" else ForbidPlacement
            return made(
                programme_id=row.programme_id,
                round=of.key,
                person_entry_id=posted["person"],
                thing_entry_id=posted["thing"],
            )
        case _:
            return None


def check(found: RoundDetail | None) -> dict[str, Any] | None:
    """Return what stands on the page before publishing; None where there is no draft."""
    if found is None or found.round.state != "draft":
        return None
    row = found.round
    return {
        "revision": row.revision,
        "facts": (("Placed", row.placed), ("People without a place", row.people_without),
                  ("Places without a person", row.things_without)),
        "told": f"The {row.placed} people who are placed, and the schools that receive them: about "
        f"{2 * row.placed} mails, as the programme\u2019s template says",
        "then": "Who waits is offered what becomes free" if row.people_without else "",
        "warning": row.sentence,
        "button": f"Publish {row.placed} placements and tell the people" if row.placed != 1
        else "Publish one placement and tell the people",
    }  # fmt: skip


async def shown(
    desk: Desk, row: ProgrammeRow, of: Round, found: RoundDetail | None, search: Search, *, refused: str = "",
    values: Mapping[str, str] | None = None, choices: Mapping[str, Mapping[str, str]] | None = None,
) -> Response:  # fmt: skip
    """Show the round; `choices`: what fits what was written in a field."""
    placed = found.placements if found else ()
    without = found.people_without if found else ()
    offers = found.offers if found else ()
    waiting: list[PlacementRow | PersonWithout] = [*placed, *without]
    names = await desk.names([*(one.person_id for one in waiting), *(one.person_id for one in offers)])
    people = {one.person_entry_id: f"{_named(names, one.person_id)} ({one.school})" for one in waiting}
    things = {one.thing_entry_id: f"{one.thing} ({one.host})" for one in placed}
    things |= {one.thing_entry_id: f"{one.thing} ({one.host})" for one in (found.things_without if found else ())}
    pages = Pages(desk.page_number(), found.fitting if found else 0, kept({"search": search.text}))
    return desk.show(
        "rounds/placements", 422 if refused else 200, title=of.title or of.key.replace("-", " ").capitalize(),
        refused=refused, row=row, found=found, names=names, people=people, things=things, wishes=WISHES,
        leaving=LEAVING, values=values or {}, pages=pages, search=search, choices=choices or {},
        here=desk.request.url.path,
    )  # fmt: skip


def _named(names: Mapping[str, str], person_id: str) -> str:
    return names.get(person_id) or "somebody whose name is not known"
