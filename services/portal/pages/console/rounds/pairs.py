"""A round of pairs or rings: who is with whom and why, what changes, who is with nobody, who is kept apart."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.named import bare, one_named
from services.portal.pages.console.searched import Search, whom
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.base import Command
from shared.commands.pairs import (
    EndPair,
    FreePeople,
    KeepApart,
    PairPeople,
    PairPinRow,
    PairRow,
    PairsDetail,
    ShowPairs,
)
from shared.commands.programmes_queries import ProgrammeRow
from shared.template import Round
from shared.template.kinds import NEIGHBOURS

WISHES: dict[str, str] = {"together": "Bring them together", "apart": "Keep them apart"}
PROPOSALS: dict[str, str] = {"together": "Propose them to each other", "apart": "Never propose them to each other"}
"""Of small schools that may share a place: both heads are asked, and both must accept."""
PERSON = "per-"
"""How ids of people begin, which a choice among several has for its value."""
CHANGES: dict[str, str] = {"new": "new", "goes-on": "goes on", "changed": "changed", "": ""}


async def look(desk: Desk, row: ProgrammeRow, of: Round, search: Search) -> PairsDetail | None:
    """Return a page of the round: its draft, or what stands; None where nobody takes part yet."""
    offset = (desk.page_number() - 1) * PAGE
    standing = desk.request.query_params.get("standing") == "yes"
    query = ShowPairs(
        programme_id=row.programme_id, round=of.key, standing=standing, concerning=search.ids, limit=PAGE,
        offset=offset,
    )  # fmt: skip
    found: PairsDetail | None = await desk.known(query)
    return found


async def named(desk: Desk, row: ProgrammeRow, of: Round, posted: Mapping[str, str]) -> dict[str, str]:
    """Return whom a wish is about, any members of the round, by field. Raises Rejected, SeveralFit."""
    fields = [one for one in ("one", "other", "third") if posted.get(one, "").strip()]
    return {field: await _member(desk, row, of, field, posted[field].strip()) for field in fields}


async def _member(desk: Desk, row: ProgrammeRow, of: Round, field: str, written: str) -> str:
    ids = (written[:100],) if written.startswith(PERSON) else (await whom(desk, bare(written), row.programme_id)).ids
    query = ShowPairs(programme_id=row.programme_id, round=of.key, concerning=ids)
    found: PairsDetail = await desk.find(query)
    members = {one.person_id: one for group in (*(one.people for one in found.pairs), found.skipping) for one in group}
    schools = {key: one.school for key, one in members.items() if not {key, one.school_id}.isdisjoint(ids)}
    schools |= {one.person_id: one.school for one in found.alone}
    return one_named(field, written, await _called(desk, schools), "person of this round")


async def _called(desk: Desk, schools: Mapping[str, str]) -> dict[str, str]:
    """What people are called on the page, by id and in order; `schools`: the school of each."""
    names = await desk.names(schools)
    people = {one: f"{names.get(one) or 'somebody'} ({school})" for one, school in schools.items()}
    return dict(sorted(people.items(), key=lambda pair: pair[1]))


def command(posted: Mapping[str, str], row: ProgrammeRow, of: Round) -> Command | None:
    """Return what a form asks for; None where something of it was not chosen."""
    act, _, which = posted.get("do", "").partition(":")
    about = {"programme_id": row.programme_id, "round": of.key}
    chosen = tuple(dict.fromkeys(posted[name] for name in ("one", "other", "third") if posted.get(name)))
    match act:
        case "end" if which:
            return EndPair(pair_id=which)
        case "free" if which:
            return FreePeople(**about, person_ids=tuple(which.split("/")))
        case "say" if posted.get("how") == "together" and len(chosen) >= 2:
            return PairPeople(**about, person_ids=chosen)
        case "say" if posted.get("how") == "apart" and len(chosen) == 2:
            return KeepApart(**about, person_ids=chosen)
        case _:
            return None


def check(found: PairsDetail | None) -> dict[str, Any] | None:
    """Return what stands on the page before publishing; None where there is no draft."""
    if found is None or found.state != "draft":
        return None
    return {
        "revision": found.revision,
        "facts": (("Pairs and rings", found.total), ("People in them", found.placed),
                  ("With nobody", found.people_alone), ("Pairs that end", found.ends)),
        "told": f"The {found.placed} people in them: about {found.placed} mails, as the programme\u2019s template says",
        "then": "They agree a day between themselves",
        "warning": found.sentence,
        "button": "Publish, and tell the people",
    }  # fmt: skip


def _asked_for(desk: Desk) -> dict[str, str]:
    """What a form begins with that a school's page leads to: the school that looks for a neighbour."""
    school = desk.request.query_params.get("school", "")[:100]
    return {"one": school, "how": "together"} if school else {}


async def shown(
    desk: Desk, row: ProgrammeRow, of: Round, found: PairsDetail | None, search: Search, *, refused: str = "",
    values: Mapping[str, str] | None = None, choices: Mapping[str, Mapping[str, str]] | None = None,
) -> Response:  # fmt: skip
    """Show the round; `choices`: who fits what was written in a field."""
    rows: list[PairRow | PairPinRow] = [*found.pairs, *found.pins] if found else []
    groups = [*(one.people for one in rows), found.skipping if found else ()]
    schools = {one.person_id: one.school for group in groups for one in group}
    schools |= {one.person_id: one.school for one in (found.alone if found else ())}
    names = await desk.names(schools)
    standing = desk.request.query_params.get("standing") == "yes"
    return desk.show(
        "rounds/pairs", 422 if refused else 200, title=of.title or of.key.replace("-", " ").capitalize(),
        refused=refused, row=row, found=found, names=names, changes=CHANGES, values=values or _asked_for(desk),
        wishes=PROPOSALS if of.kind == NEIGHBOURS else WISHES, near=of.kind == NEIGHBOURS,
        people=await _called(desk, schools), standing=standing, search=search, choices=choices or {},
        pages=Pages(
            desk.page_number(), found.fitting if found else 0,
            kept({"standing": "yes" if standing else "", "search": search.text}),
        ), here=desk.request.url.path,
    )  # fmt: skip
