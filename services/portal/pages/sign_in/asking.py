"""The first factor: a mail with a link and a code. What is said is the same for every address."""

import math
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.forms.route import posted
from services.portal.pages.limits import TooOften
from services.portal.pages.portal import Portal
from services.portal.pages.public import typed
from services.portal.pages.sign_in import browser, said
from services.portal.pages.sign_in.browser import Way
from services.portal.pages.sign_in.guard import ASK, SECOND
from services.portal.ports.sign_in import Verdict

CODE, CONFIRM = "/sign-in/code", "/sign-in/confirm"
LONGEST = 254
NO_ADDRESS = "Write your e-mail address, such as name@school.example."


async def ask(request: Request) -> Response:
    """Take an address and have a mail sent to it, if we know it."""
    portal: Portal = request.app.state.portal
    tied = browser.browser_of(portal, request)
    if request.method != "POST":
        return _page(request, portal, tied, "ask", address=browser.way(portal, request).address)
    fields = await posted(portal, request, tied)
    portal.count("sign-in", request)
    address = fields.get("address", "").strip()
    if "@" not in address.strip("@") or len(address) > LONGEST or len(address.split()) != 1:
        return _page(request, portal, tied, "ask", 422, address=address[:LONGEST], wrong=("address", NO_ADDRESS))
    portal.count("address", address.casefold())
    await portal.sign_in.ask(address)
    answer = RedirectResponse(CODE, 303)
    browser.keep_way(portal, answer, Way(address=address, then=browser.way(portal, request).then))
    return answer


async def code(request: Request) -> Response:
    """Take the code that was mailed."""
    portal: Portal = request.app.state.portal
    tied, where = browser.browser_of(portal, request), browser.way(portal, request)
    if not where.address:
        return RedirectResponse(ASK, 303)
    if request.method != "POST":
        return _page(request, portal, tied, "code", address=where.address)
    fields = await posted(portal, request, tied)
    portal.count("sign-in", request)
    verdict = await portal.sign_in.by_code(where.address, fields.get("code", ""))
    if verdict.outcome == "in":
        return opened(portal, verdict, where)
    return _page(request, portal, tied, "code", 422, address=where.address, wrong=("code", said.of_mail(verdict)))


async def link(request: Request) -> Response:
    """Open a mail's link: it leaves the address, and nothing else happens until the button is pressed."""
    portal: Portal = request.app.state.portal
    token = request.path_params["token"]
    if await portal.sign_in.behind(token) is None:
        portal.count("unknown-link", request)
        return _page(request, portal, browser.browser_of(portal, request), "over", 410)
    answer = RedirectResponse(CONFIRM, 303)
    browser.keep_way(portal, answer, replace(browser.way(portal, request), token=token))
    return answer


async def confirm(request: Request) -> Response:
    """Show whom the link signs in, and do it when the button is pressed."""
    portal: Portal = request.app.state.portal
    tied, where = browser.browser_of(portal, request), browser.way(portal, request)
    account = await portal.sign_in.behind(where.token) if where.token else None
    if account is None:
        return _page(request, portal, tied, "over", 410)
    if request.method != "POST":
        return _page(request, portal, tied, "confirm", account=account)
    await posted(portal, request, tied)
    portal.count("secret", where.token)
    verdict = await portal.sign_in.by_link(where.token)
    if verdict.outcome == "in":
        return opened(portal, verdict, where)
    return _page(request, portal, tied, "over", 410)


async def too_often(request: Request, error: Exception) -> Response:
    """Say that too many tries came, and when the next one is taken; what was typed comes back to be copied."""
    if not isinstance(error, TooOften):
        raise error
    portal: Portal = request.app.state.portal
    minutes = math.ceil(error.after.total_seconds() / 60)
    facts = {"title": "Too many tries", "minutes": max(1, minutes), "written": await typed(request)}
    answer = portal.renderer.page(request, "too-often.html", 429, **facts)
    answer.headers.update(error.headers)
    return answer


def opened(portal: Portal, verdict: Verdict, where: Way) -> Response:
    """Put the session into this browser, and lead on."""
    account = verdict.account
    answer = RedirectResponse(SECOND if account is None or account.strong else where.goal(account), 303)
    browser.keep_session(portal, answer, verdict.token)
    browser.keep_way(portal, answer, Way(then=where.then))
    return answer


TITLES = {
    "ask": "Sign in", "code": "Look into your mail", "confirm": "Sign in to Kindred",
    "over": "This link no longer signs in",
}  # fmt: skip


def _page(
    request: Request, portal: Portal, tied: str, name: str, status: int = 200, *,
    wrong: tuple[str, str] | None = None, **facts: object,
) -> Response:  # fmt: skip
    errors = dict([wrong]) if wrong else {}
    problems = [{"field": field, "sentence": sentence} for field, sentence in errors.items()]
    also = portal.provider.name if portal.provider else ""
    shown = {
        "csrf": browser.csrf(portal, tied),
        "provider": also,
        "errors": errors,
        "problems": problems,
        "title": TITLES[name],
    }
    answer = portal.renderer.page(request, f"sign-in/{name}.html", status, **shown, **facts)
    browser.keep_browser(portal, answer, tied)
    return answer


__all__ = ["CODE", "CONFIRM", "TooOften", "ask", "code", "confirm", "link", "opened", "too_often"]
