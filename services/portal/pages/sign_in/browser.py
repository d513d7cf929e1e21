"""What a browser holds of signing in: a session, and on the way to one where the person is.

The session's cookie is a random token, kept as its hash. The other two are signed and hold no right to anything: one
ties forms to the browser before there is a session, one says which address or link is being signed in.
"""

import base64
import datetime as dt
import json
import re
import secrets
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.sign_in.attempts import LASTS
from services.portal.domain.sign_in.sessions import Account
from services.portal.pages import sessions
from services.portal.pages.portal import MINE, Portal
from services.portal.ports.sign_in import Here

HOME = "/console"
_OF_COORDINATORS = re.compile(r"/console(/[\w\-/]*)?(\?[\w\-=&%+.]*)?")
_OF_EVERYBODY = re.compile(r"/me(/[\w\-/]*)?(\?[\w\-=&%+.]*)?")


@dataclass(frozen=True)
class Way:
    """Where somebody is on the way in: the address they gave, or the link they opened; `then`: where they want to."""

    address: str = ""
    token: str = ""
    then: str = ""

    def goal(self, account: Account) -> str:
        """The page to go to; only ever one of ours that this person has."""
        if _OF_EVERYBODY.fullmatch(self.then):
            return self.then
        if account.coordinator:
            return self.then if _OF_COORDINATORS.fullmatch(self.then) else HOME
        return MINE


def way(portal: Portal, request: Request) -> Way:
    """Return where this browser is on the way in."""
    cookie = request.cookies.get(_name(portal, "way"), "")
    signed = sessions.read_session(portal.key, cookie, portal.clock.now(), 3 * LASTS)
    if signed is None or not signed.startswith("way:"):
        return Way()
    found = json.loads(base64.urlsafe_b64decode(signed.removeprefix("way:")))
    return Way(**found)


def keep_way(portal: Portal, answer: Response, where: Way) -> None:
    """Note where this browser is."""
    packed = base64.urlsafe_b64encode(json.dumps(asdict(where)).encode()).decode()
    value = sessions.sign_session(portal.key, f"way:{packed}", portal.clock.now())
    _keep(portal, answer, "way", value, 3 * LASTS)


def keep_session(portal: Portal, answer: Response, token: str) -> None:
    """Put a session into this browser."""
    _keep(portal, answer, "session", token, dt.timedelta(hours=portal.settings.sign_in_hours))


def forget(portal: Portal, answer: Response) -> None:
    """Take everything of signing in out of this browser."""
    for kind in ("session", "way"):
        answer.delete_cookie(_name(portal, kind), path="/", secure=portal.settings.https, httponly=True, samesite="lax")


async def who(portal: Portal, request: Request) -> Here | None:
    """Return who is signed in in this browser, also before the second factor is proved."""
    token = request.cookies.get(_name(portal, "session"), "")
    return await portal.sign_in.here(token) if token else None


def browser_of(portal: Portal, request: Request) -> str:
    """Return what ties forms to this browser before there is a session; a fresh one where it has none."""
    cookie = request.cookies.get(_name(portal, "browser"), "")
    known = sessions.read_session(portal.key, cookie, portal.clock.now(), dt.timedelta(days=1))
    return known if known and known.startswith("browser:") else f"browser:{secrets.token_hex(16)}"


def keep_browser(portal: Portal, answer: Response, browser: str) -> None:
    """Tie forms to this browser."""
    value = sessions.sign_session(portal.key, browser, portal.clock.now())
    _keep(portal, answer, "browser", value, dt.timedelta(days=1))


def csrf(portal: Portal, holder: str) -> str:
    """Return the token that forms carry; `holder`: a session's id or what ties forms to the browser."""
    return sessions.csrf_token(portal.key, holder)


def keep(portal: Portal, answer: Response, kind: str, value: str, lasts: dt.timedelta) -> None:
    """Keep a signed value of that kind in this browser."""
    _keep(portal, answer, kind, value, lasts)


def kept(portal: Portal, request: Request, kind: str) -> str:
    """Return the value of that kind, blank where there is none."""
    return request.cookies.get(_name(portal, kind), "")


def drop(portal: Portal, answer: Response, kind: str) -> None:
    """Take the value of that kind out of this browser."""
    answer.delete_cookie(_name(portal, kind), path="/", secure=portal.settings.https, httponly=True, samesite="lax")


def _name(portal: Portal, kind: str) -> str:
    return portal.cookie_name(kind, "sign-in")


def _keep(portal: Portal, answer: Response, kind: str, value: str, lasts: dt.timedelta) -> None:
    answer.set_cookie(
        _name(portal, kind), value, max_age=int(lasts.total_seconds()), path="/", secure=portal.settings.https,
        httponly=True, samesite="lax",
    )  # fmt: skip
