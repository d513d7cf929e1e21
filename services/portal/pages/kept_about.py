"""What is kept about somebody: what the pages keep themselves, and what every other service does."""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import asdict
from typing import Any

from services.portal.domain.parts import Part
from services.portal.domain.steps import has_duties
from services.portal.pages.portal import Portal
from services.portal.ports.stores import ReadModels
from shared.commands.actions import ListActions
from shared.commands.audit import ListAudit
from shared.commands.base import Query
from shared.commands.notifications import ListMails
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.scheduling_dates import ListCallOffers, ListCalls
from shared.commands.scheduling_own import ListOwnAgreements, ListOwnDuties, ListOwnVisits
from shared.commands.tasks import ListTasks

AT_ONCE = 200
MOST = 5_000
"""Rows of a kind in the file; nobody has more."""


async def kept_by_pages(read: ReadModels, me: str, parts: Iterable[Part]) -> dict[str, Any]:
    """What the pages themselves keep."""
    meetings = await read.meetings.of_person(me)
    visits = await read.dates.agreed_visits_of(me)
    agreed, calls = await read.dates.agreements_of(me), await read.dates.calls_of(me)
    return {
        "roles": [{"place": one.place, **asdict(held)} for one in parts for held in one.holdings],
        "memberships": [one.model_dump(mode="json") for one in await read.roster.held_by(me)],
        "tasks": [asdict(one) for one in await read.tasks.of_person(me)],
        "dates": [
            *({"kind": one.kind, "id": one.target_id, "title": one.title, "on": one.on} for one in meetings),
            *({"kind": "agreed-day", "id": one.agreement_id, "on": one.on} for one in agreed),
            *({"kind": "agreed-visit", "id": one.visit_id, "on": one.on, "starts": one.starts} for one in visits),
            *({"kind": "call", "id": one.call_id, "on": one.on, "starts": one.starts} for one in calls),
        ],
        "answers": [asdict(one) for one in (await read.answers.of_person(me)).values()],
        "entries": [one.entry_id for one in await read.entries.of_author(me)],
        "links": [
            {"purpose": one.purpose, "about": one.target_id, "until": one.expires}
            for one in await read.links.of_person(me)
        ],
    }


async def kept_by_owners(portal: Portal, me: str, parts: Iterable[Part]) -> dict[str, Any]:
    """What other services keep, asked at the same time: one's card, mails, actions, tasks, dates, the audit log."""
    rows: dict[str, Awaitable[list[Any]]] = {
        "programmes": _card(portal, me),
        "mails": _all(portal, "mails", ListMails(person_id=me, limit=AT_ONCE)),
        "actions": _actions(portal, me),
        "audit": _all(portal, "lines", ListAudit(person_id=me, limit=AT_ONCE)),
        "tasks_owed": _all(portal, "tasks", ListTasks(person_id=me, limit=AT_ONCE)),
        "visits": _all(portal, "visits", ListOwnVisits(person_id=me, limit=AT_ONCE)),
        "days_on_offer": _all(portal, "agreements", ListOwnAgreements(person_id=me, limit=AT_ONCE)),
        "calls": _all(portal, "calls", ListCalls(person_id=me, limit=AT_ONCE)),
        "calls_on_offer": _all(portal, "offers", ListCallOffers(person_id=me, limit=AT_ONCE)),
        "duties": _duties(portal, me, parts),
    }
    told = dict(zip(rows, await asyncio.gather(*rows.values()), strict=True))
    return {name: [one.model_dump(mode="json") for one in rows] for name, rows in told.items()}


async def _card(portal: Portal, me: str) -> list[Any]:
    card: FoundPeople = await portal.owners.find(FindPeople(person_id=me))
    return list(card.people)


async def _actions(portal: Portal, me: str) -> list[Any]:
    found = await _all(portal, "actions", ListActions(person_id=me, limit=AT_ONCE))
    return [one for one in found if one.owner_id == me]


async def _duties(portal: Portal, me: str, parts: Iterable[Part]) -> list[Any]:
    """The duties of a person in their programmes that have any, in this school year."""
    found = []
    for programme_id in dict.fromkeys(key for part in parts for key in part.programmes):
        if has_duties(await portal.read.whole.get(programme_id)):
            query = ListOwnDuties(programme_id=programme_id, person_id=me, limit=AT_ONCE)
            found += await _all(portal, "duties", query)
    return found


async def _all(portal: Portal, rows: str, query: Query) -> list[Any]:
    """All rows of a query that is answered by the page; `rows`: the field of the reply in which they stand."""
    found: list[Any] = []
    while len(found) < MOST:
        reply = await portal.owners.find(query.model_copy(update={"offset": len(found)}))
        page = getattr(reply, rows)
        found += page
        if len(page) < AT_ONCE:
            break
    return found
