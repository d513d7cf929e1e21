"""A person's page of actions: their own, and all of the plans that they read or lead, over all programmes."""

import secrets

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.pages.actions.rows import RATINGS, change_of, lines_of, rating_of
from services.portal.pages.forms.form import Saved, idempotency_key
from services.portal.pages.forms.route import posted_by, to_saved_page
from services.portal.pages.portal import Portal, Visitor
from shared.commands.actions import ActionRows, ListActions
from shared.errors import Rejected
from shared.template.answers import ACTION_STATUS

PAGE = "actions"
AT_ONCE = 50
UNREADABLE = "This could not be read. Reload the page and try again."


async def actions_page(request: Request) -> Response:
    """Show how actions stand; POST names another owner, day or state."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    if request.method != "POST":
        return await _show(portal, visitor, request)
    posted = await posted_by(portal, visitor, request)
    once = posted.get("once", "")[:64]
    try:
        command = change_of(posted, visitor.person_id)
        await portal.owners.ask(command, key=idempotency_key(visitor, once, command), actor=visitor.person_id)
    except ValidationError:
        return await _show(portal, visitor, request, refused=UNREADABLE)
    except Rejected as refused:
        return await _show(portal, visitor, request, refused=refused.sentence)
    said = Saved("The action is changed", ("Whoever sees to it now is asked how it stands.",), "See all actions")
    return to_saved_page(portal, visitor, said.note(request.url.path))


async def _show(portal: Portal, visitor: Visitor, request: Request, *, refused: str = "") -> Response:
    rating = rating_of(request.query_params.get("how", ""))
    page = max(1, min(whole_number(request.query_params.get("page", "")), 10_000))
    query = ListActions(person_id=visitor.person_id, rating=rating, limit=AT_ONCE, offset=(page - 1) * AT_ONCE)
    found: ActionRows = await portal.owners.find(query)
    return portal.renderer.page(
        request,
        "actions.html",
        422 if refused else 200,
        visitor=visitor,
        csrf=visitor.csrf,
        once=secrets.token_hex(12),
        title="How actions stand",
        lines=await lines_of(portal, found),
        found=found,
        ratings=RATINGS,
        action_states=ACTION_STATUS,
        rating=rating,
        page=page,
        last=max(1, -(-found.total // AT_ONCE)),
        back=f"{visitor.root}/todo",
        mine=visitor.person_id,
        problems=[{"field": "", "sentence": refused}] if refused else (),
    )
