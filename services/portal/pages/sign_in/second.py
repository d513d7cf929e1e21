"""The second factor: a code of an authenticator, which is set up at the first sign-in; and signing out."""

from typing import Any

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.forms.route import posted
from services.portal.pages.portal import Hidden, Portal
from services.portal.pages.sign_in import browser, said
from services.portal.pages.sign_in.guard import ASK, SECOND, SET_UP, SignInNeeded
from services.portal.ports.sign_in import Here, Setup, Verdict
from shared.commands.scopes import EVERYTHING


async def second(request: Request) -> Response:
    """Take a code of the authenticator, or a recovery code."""
    portal: Portal = request.app.state.portal
    here = await _here(portal, request)
    if not here.account.strong:
        return RedirectResponse(browser.way(portal, request).goal(here.account), 303)
    if not here.ready:
        return RedirectResponse(SET_UP, 303)
    if request.method != "POST":
        return _page(request, portal, here, "second")
    verdict = await _tried(portal, request, here)
    if verdict.outcome != "in":
        return _page(request, portal, here, "second", 422, wrong=said.of_authenticator(verdict))
    return _opened(portal, RedirectResponse(browser.way(portal, request).goal(here.account), 303), verdict)


async def set_up(request: Request) -> Response:
    """Show the secret of a new authenticator until a code proves it; then the recovery codes, once."""
    portal: Portal = request.app.state.portal
    here = await _here(portal, request)
    if not here.account.strong:
        raise Hidden
    setup = await portal.sign_in.setup(here)
    if setup is None:
        return RedirectResponse(SECOND, 303)
    anew = said.ANEW if setup.anew else ""
    shown: dict[str, Any] = {"picture": _picture(setup), "secret": _spaced(setup.secret), "anew": anew}
    if request.method != "POST":
        return _page(request, portal, here, "set-up", **shown)
    if anew:
        return _page(request, portal, here, "set-up", 422, wrong=anew, **shown)
    verdict = await _tried(portal, request, here)
    if verdict.outcome != "in":
        return _page(request, portal, here, "set-up", 422, wrong=said.of_authenticator(verdict), **shown)
    goal = browser.way(portal, request).goal(here.account)
    answer = _page(request, portal, here, "recovery", codes=setup.recovery, goal=goal)
    return _opened(portal, answer, verdict)


async def sign_out(request: Request) -> Response:
    """End this session, or all of this person, those of the command line too."""
    portal: Portal = request.app.state.portal
    here = await _here(portal, request)
    fields = await posted(portal, request, here.session.session_id)
    everywhere = fields.get("do") == "everywhere"
    await portal.sign_in.sign_out(here, everywhere=everywhere)
    for token in await portal.tokens.listed(here.account.person_id) if everywhere else ():
        if EVERYTHING in token.scopes:
            await portal.tokens.revoke(token.token_id, here.account.person_id)
    answer = portal.renderer.page(request, "sign-in/out.html", title="You are signed out")
    browser.forget(portal, answer)
    return answer


async def _here(portal: Portal, request: Request) -> Here:
    here = await browser.who(portal, request)
    if here is None:
        raise SignInNeeded(ASK)
    return here


async def _tried(portal: Portal, request: Request, here: Here) -> Verdict:
    fields = await posted(portal, request, here.session.session_id)
    portal.count("secret", here.session.session_id)
    return await portal.sign_in.prove(here, fields.get("code", ""))


def _opened(portal: Portal, answer: Response, verdict: Verdict) -> Response:
    browser.keep_session(portal, answer, verdict.token)
    return answer


def _picture(setup: Setup) -> Markup:
    """The address for authenticators as a QR code: an SVG that we make, without style or script."""
    drawn = segno.make(setup.address, error="m").svg_inline(scale=5, border=3, dark="#0b2e4a", light="#fff")
    return Markup(drawn)  # noqa: S704 - drawn from our own secret, no text of anybody in it


def _spaced(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


TITLES = {
    "second": "Code of your authenticator", "set-up": "Set up an authenticator",
    "recovery": "Keep these recovery codes",
}  # fmt: skip


def _page(
    request: Request, portal: Portal, here: Here, name: str, status: int = 200, *, wrong: str = "", **facts: object
) -> Response:
    errors = {"code": wrong} if wrong else {}
    problems = [{"field": "code", "sentence": wrong}] if wrong else []
    shown = {
        "csrf": browser.csrf(portal, here.session.session_id), "errors": errors, "problems": problems,
        "title": TITLES[name], "account": here.account, "again": here.session.whole,
    }  # fmt: skip
    return portal.renderer.page(request, f"sign-in/{name}.html", status, **shown, **facts)
