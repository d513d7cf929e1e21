"""Addresses of entries: GET shows and changes nothing, POST does what its button says.

/p/<ref>/entry              the form or entry of the link; where there may be several, the person's own
/p/<ref>/entry/new          one more of a form that may have several
/p/<ref>/entry/<entry id>   one of them
/p/<ref>/entry/.../read     what was sent, also for who may still write
/p/<ref>/task/<task id>/entry/...   the same, for a task of the person's list
"""

import secrets
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.entries import about, counting, filling, reading, sharing
from services.portal.pages.entries.about import NEW, PURPOSE, Turn
from services.portal.pages.forms.route import posted_by
from services.portal.pages.portal import Hidden, Portal, Visitor

_READ = "read"


class EntryPages:
    """The pages below one address. `admit` says by which link or task the entry is meant; it raises Hidden."""

    def __init__(self, admit: Callable[[Request], Awaitable[Visitor]]) -> None:
        self._admit = admit

    async def first(self, request: Request) -> Response:
        """The entry or empty form that the link is about."""
        portal, visitor = await self._admitted(request)
        shown = await about.find(portal, visitor)
        if shown.form.many and visitor.link.target_kind != "entry":
            return await _list(Turn(portal, visitor, request, shown))
        turn = Turn(portal, visitor, request, shown)
        if request.method == "GET" and turn.editable and turn.sent:
            return RedirectResponse(f"{turn.path}/{_READ}", 303)
        return await _answer(turn)

    async def new(self, request: Request) -> Response:
        """One more entry; `another` keeps a page that is sent twice from making two."""
        portal, visitor = await self._admitted(request)
        another = secrets.token_hex(12)
        shown = await about.find(portal, visitor, another=another)
        if not shown.form.many or "fill" not in shown.may:
            raise Hidden
        turn = Turn(portal, visitor, request, shown, another)
        if request.method != "POST":
            return await filling.show(turn)
        posted = await posted_by(portal, visitor, request)
        known = await about.find(portal, visitor, another=posted.get("another", "")[:64])
        return await filling.post(Turn(portal, visitor, request, known), posted)

    async def one(self, request: Request) -> Response:
        """One of the person's entries, or any that the link's person may read of the same form and thing."""
        portal, visitor = await self._admitted(request)
        shown = await about.find(portal, visitor, entry_id=request.path_params["entry_id"])
        return await _answer(Turn(portal, visitor, request, shown))

    async def read(self, request: Request) -> Response:
        """What was sent, for who may also still write."""
        portal, visitor = await self._admitted(request)
        wanted = request.path_params.get("entry_id", "")
        shown = await about.find(portal, visitor, entry_id=wanted, view=_READ)
        if not shown.number:
            raise Hidden
        turn = Turn(portal, visitor, request, shown)
        if counting.is_counted(turn):
            return counting.answered(turn)
        if request.method != "POST":
            return await reading.show(turn)
        return await reading.post(turn, await posted_by(portal, visitor, request))

    async def _admitted(self, request: Request) -> tuple[Portal, Visitor]:
        portal: Portal = request.app.state.portal
        return portal, await self._admit(request)


async def by_link(request: Request) -> Visitor:
    """The visitor of a link to a form or entry."""
    portal: Portal = request.app.state.portal
    return await portal.admit(request, PURPOSE)


async def _answer(turn: Turn) -> Response:
    if sharing.is_shared(turn):
        if turn.request.method != "POST":
            return await sharing.show(turn)
        return await sharing.post(turn, await posted_by(turn.portal, turn.visitor, turn.request))
    if counting.is_counted(turn) and turn.shown.number:
        return counting.answered(turn)
    if turn.request.method != "POST":
        return await (filling.show(turn) if turn.editable else reading.show(turn))
    posted = await posted_by(turn.portal, turn.visitor, turn.request)
    return await (filling.post(turn, posted) if turn.editable else reading.post(turn, posted))


async def _list(turn: Turn) -> Response:
    """The person's own entries, and the way to another."""
    if turn.request.method != "GET":
        raise Hidden
    return turn.portal.renderer.page(
        turn.request,
        "entry-list.html",
        title=turn.shown.form.title,
        eyebrow=turn.shown.programme,
        visitor=turn.visitor,
        csrf=turn.visitor.csrf,
        entry=turn.shown,
        named=turn.named(await turn.names()),
        rows=await about.mine(turn.portal, turn.visitor),
        new=f"{turn.path}/{NEW}",
        path=turn.path,
    )
