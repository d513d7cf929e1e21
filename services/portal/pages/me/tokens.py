"""Tokens by which programs do what their person may do: make one, which is shown once, see all, revoke one."""

import datetime as dt
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.reading import whole_number
from services.portal.domain.tokens import LASTS, STATES, Token, Wanted
from services.portal.pages.forms.route import posted_by
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.public import OF_PEOPLE, PUBLIC
from shared.commands.scopes import CHANGE, READ
from shared.errors import Rejected

PAGE = "tokens"
FIELDS = {"name": "name", "scopes": "act", "expires": "days"}
"""Rule of a refusal -> the field at which it is said."""
ACTS = {READ: "See what I see", CHANGE: "See what I see, and answer and write for me"}


def scopes_of(act: str) -> tuple[str, ...]:
    """The scopes of all that people's own tokens reach: to see, or to see and change."""
    wanted = {one.scope for one in PUBLIC.values() if one.request in OF_PEOPLE}
    return tuple(sorted(scope for scope in wanted if act == CHANGE or scope.endswith(READ)))


async def own_tokens(request: Request) -> Response:
    """List one's tokens; make one, or revoke one."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    if request.method != "POST":
        return await _show(portal, visitor, request)
    sent = await posted_by(portal, visitor, request)
    if sent.get("do") == "revoke":
        await _revoke(portal, visitor, sent.get("token", ""))
        return RedirectResponse(f"{visitor.root}/{PAGE}", 303)
    act = sent.get("act", "")
    wanted = Wanted(
        sent.get("name", ""), scopes_of(act) if act in ACTS else (), whole_number(sent.get("days", "")), own=True,
        proved=visitor.here is not None and visitor.here.session.whole,
    )  # fmt: skip
    try:
        made = await portal.tokens.make(
            visitor.person_id, wanted, f"{visitor.link.link_id} {sent.get('once', '')[:64]}"
        )
    except Rejected as refused:
        return await _show(portal, visitor, request, 422, values=sent, refused=refused)
    facts: dict[str, Any] = {"token": made.token, "text": made.text, "public_url": portal.settings.public_url}
    title = "Your token" if made.text else "This token was made a moment ago"
    return portal.renderer.page(
        request, "me/token-made.html", visitor=visitor, csrf=visitor.csrf, title=title, acts=ACTS,
        act=_act(made.token), **facts,
    )  # fmt: skip


async def _revoke(portal: Portal, visitor: Visitor, token_id: str) -> None:
    """Let a token of one's own work no more; raises Hidden for any other."""
    mine = {one.token_id for one in await portal.tokens.listed(visitor.person_id)}
    if token_id not in mine:
        raise Hidden
    await portal.tokens.revoke(token_id, visitor.person_id)


async def _show(
    portal: Portal, visitor: Visitor, request: Request, status: int = 200, *,
    values: dict[str, str] | None = None, refused: Rejected | None = None,
) -> Response:  # fmt: skip
    rows = [
        {"token": one, "act": ACTS[_act(one)], "state": one.state(visitor.now)}
        for one in await portal.tokens.listed(visitor.person_id)
        if one.own and one.expires > visitor.now - dt.timedelta(days=30)
    ]
    problems = [{"field": FIELDS.get(refused.rule, "name"), "sentence": refused.sentence}] if refused else []
    facts: dict[str, Any] = {
        "rows": rows, "states": STATES, "acts": ACTS, "lasts": LASTS, "values": values or {"days": "90", "act": READ},
        "problems": problems, "errors": {one["field"]: one["sentence"] for one in problems},
        "once": secrets.token_hex(12),
    }  # fmt: skip
    return portal.renderer.page(
        request, "me/tokens.html", status, visitor=visitor, csrf=visitor.csrf, title="Tokens for programs", **facts
    )


def _act(token: Token) -> str:
    return CHANGE if any(scope.endswith(CHANGE) for scope in token.scopes) else READ
