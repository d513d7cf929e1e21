"""Signing in by an OpenID provider, where the deployment has one: it proves the address in place of a mail's code.

It says whose address it is and nothing else: who that is, and what they may do, Kindred alone knows. An authenticator
that Kindred asks for is asked for all the same.
"""

import base64
import json
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.sign_in.attempts import LASTS
from services.portal.pages import sessions
from services.portal.pages.portal import Hidden, Portal
from services.portal.pages.sign_in import browser
from services.portal.pages.sign_in.asking import opened
from services.portal.ports.provider import Begun

GO, BACK = "/sign-in/with", "/sign-in/back"
_KIND = "provider"


async def go(request: Request) -> Response:
    """Lead to the provider; nothing is kept but a signed cookie that says which way was begun."""
    portal: Portal = request.app.state.portal
    if portal.provider is None:
        raise Hidden
    portal.count("sign-in", request)
    begun = await portal.provider.begin()
    answer = RedirectResponse(begun.url, 303)
    packed = base64.urlsafe_b64encode(json.dumps(asdict(begun)).encode()).decode()
    browser.keep(
        portal, answer, _KIND, sessions.sign_session(portal.key, f"{_KIND}:{packed}", portal.clock.now()), LASTS
    )
    return answer


async def back(request: Request) -> Response:
    """Take who comes back, by the way that this browser began and no other."""
    portal: Portal = request.app.state.portal
    if portal.provider is None:
        raise Hidden
    portal.count("sign-in", request)
    begun = _begun(portal, request)
    returned = f"{portal.settings.public_url}{BACK}?{request.url.query}"
    address = await portal.provider.finish(begun, returned) if begun else None
    verdict = await portal.sign_in.by_provider(address) if address else None
    if verdict is None or verdict.outcome != "in":
        facts = {"title": "We could not sign you in", "provider": portal.provider.name, "address": address or ""}
        answer: Response = portal.renderer.page(request, "sign-in/not-in.html", 403, **facts)
    else:
        answer = opened(portal, verdict, browser.way(portal, request))
    browser.drop(portal, answer, _KIND)
    return answer


def _begun(portal: Portal, request: Request) -> Begun | None:
    cookie = browser.kept(portal, request, _KIND)
    signed = sessions.read_session(portal.key, cookie, portal.clock.now(), LASTS)
    if signed is None or not signed.startswith(f"{_KIND}:"):
        return None
    return Begun(**json.loads(base64.urlsafe_b64decode(signed.removeprefix(f"{_KIND}:"))))
