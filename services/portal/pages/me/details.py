"""My details, and what is kept about me: shown in numbers, and to be had whole as a file."""

import json
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.portal import Portal, Visitor
from services.portal.ports.stores import ReadModels
from shared.commands.actions import ActionRows, ListActions
from shared.commands.audit import AuditRows, ListAudit
from shared.commands.base import Query
from shared.commands.forms import EntryShown, ShowEntry
from shared.commands.notifications import ListMails, MailRows
from shared.errors import Rejected

PAGE = "details"
AT_ONCE = 200
MOST = 5_000
"""Rows of a kind in the file; nobody has more."""


async def details(request: Request) -> Response:
    """Show who the person is here, and how much is kept."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    own = await _own(portal.read, visitor)
    counted = [
        ("Roles", len(own["roles"])), ("Tasks", len(own["tasks"])), ("Dates", len(own["dates"])),
        ("Answers to invitations", len(own["answers"])), ("Forms you have sent", len(own["entries"])),
    ]  # fmt: skip
    return portal.renderer.page(
        request, "me/details.html", visitor=visitor, csrf=visitor.csrf, title="My details", counted=counted,
        account=visitor.here.account if visitor.here else None,
    )  # fmt: skip


async def kept(request: Request) -> Response:
    """Serve all that is kept about the person, as a file. Raises what an owner raises: there is no half file."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    found = {"made": visitor.now, **await _own(portal.read, visitor), **await _of_owners(portal, visitor)}
    if visitor.here:
        found["person"] = asdict(visitor.here.account)
    content = json.dumps(found, default=str, ensure_ascii=False, indent=2)
    headers = {"content-disposition": 'attachment; filename="kindred-about-me.json"'}
    return Response(content, media_type="application/json", headers=headers)


async def _own(read: ReadModels, visitor: Visitor) -> dict[str, Any]:
    """What the pages themselves keep."""
    me = visitor.person_id
    meetings = await read.meetings.of_person(me)
    agreed, calls = await read.dates.agreements_of(me), await read.dates.calls_of(me)
    return {
        "roles": [{"place": one.place, **asdict(held)} for one in visitor.parts for held in one.holdings],
        "memberships": [one.model_dump(mode="json") for one in await read.roster.held_by(me)],
        "tasks": [asdict(one) for one in await read.tasks.of_person(me)],
        "dates": [
            *({"kind": one.kind, "id": one.target_id, "title": one.title, "on": one.on} for one in meetings),
            *({"kind": "agreed-day", "id": one.agreement_id, "on": one.on} for one in agreed),
            *({"kind": "call", "id": one.call_id, "on": one.on, "starts": one.starts} for one in calls),
        ],
        "answers": [asdict(one) for one in (await read.answers.of_person(me)).values()],
        "entries": [one.entry_id for one in await read.entries.of_author(me)],
        "links": [
            {"purpose": one.purpose, "about": one.target_id, "until": one.expires}
            for one in await read.links.of_person(me)
        ],
    }


async def _of_owners(portal: Portal, visitor: Visitor) -> dict[str, Any]:
    """What other services keep: mails, the words of forms, actions, and what the audit log says."""
    me = visitor.person_id
    mails: list[Any] = await _all(portal, lambda offset: ListMails(person_id=me, limit=AT_ONCE, offset=offset))
    actions: list[Any] = await _all(portal, lambda offset: ListActions(person_id=me, limit=AT_ONCE, offset=offset))
    lines: list[Any] = await _all(portal, lambda offset: ListAudit(person_id=me, limit=AT_ONCE, offset=offset))
    return {
        "mails": [one.model_dump(mode="json") for one in mails],
        "actions": [one.model_dump(mode="json") for one in actions if one.owner_id == me],
        "audit": [one.model_dump(mode="json") for one in lines],
        "written": await _written(portal, visitor),
    }


async def _all(portal: Portal, query: Any) -> list[Any]:
    found: list[Any] = []
    while len(found) < MOST:
        page = await _page(portal, query(len(found)))
        found += page
        if len(page) < AT_ONCE:
            break
    return found


async def _page(portal: Portal, query: Query) -> list[Any]:
    reply = await portal.owners.find(query)
    if isinstance(reply, MailRows):
        return list(reply.mails)
    return list(reply.actions if isinstance(reply, ActionRows) else reply.lines if isinstance(reply, AuditRows) else ())


async def _written(portal: Portal, visitor: Visitor) -> list[dict[str, Any]]:
    """The answers on the forms that this person has filled in."""
    found = []
    for entry in await portal.read.entries.of_author(visitor.person_id):
        query = ShowEntry(person_id=visitor.person_id, entry_id=entry.entry_id, view="read")
        try:
            shown: EntryShown = await portal.owners.find(query)
        except Rejected:
            continue
        about = {"entry_id": shown.entry_id, "form": shown.form.title, "state": shown.state}
        found.append({**about, "answers": shown.model_dump(mode="json")["answers"]})
    return found
