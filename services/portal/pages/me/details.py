"""My details, and what is kept about me: shown in numbers, and to be had whole as a file."""

import json
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.kept_about import kept_by_owners, kept_by_pages
from services.portal.pages.portal import Portal, Visitor
from shared.commands.forms import EntryShown, ShowEntry
from shared.errors import Rejected

PAGE = "details"


async def details(request: Request) -> Response:
    """Show who the person is here, and how much is kept."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    own = await kept_by_pages(portal.read, visitor.person_id, visitor.parts)
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
    me, parts = visitor.person_id, visitor.parts
    found = {
        "made": visitor.now, **await kept_by_pages(portal.read, me, parts),
        **await kept_by_owners(portal, me, parts), "written": await _written(portal, visitor),
    }  # fmt: skip
    if visitor.here:
        found["person"] = asdict(visitor.here.account)
    content = json.dumps(found, default=str, ensure_ascii=False, indent=2)
    headers = {"content-disposition": 'attachment; filename="kindred-about-me.json"'}
    return Response(content, media_type="application/json", headers=headers)


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
