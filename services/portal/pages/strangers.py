"""Forms for everybody: what comes is bounded, since anybody may write.

Few from one network, nothing from other pages, none that comes sooner than somebody reads. A field that people do not
see, and programs fill in, gives those away.
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from services.portal.domain.reading import Problem, cleaned
from services.portal.pages import sessions
from services.portal.pages.forms.route import ForgedForm
from services.portal.pages.portal import Portal
from services.portal.pages.security import from_our_page

SOONEST, LATEST = dt.timedelta(seconds=3), dt.timedelta(days=1)
"""A form comes back no sooner than somebody has read it, and no later than the page can be trusted."""
TRAP = "website"
"""A field that people do not see."""
STALE = "This page has been open for long. Look through what you wrote and send it again."
SLOW = "That came sooner than anybody reads. Look through what you wrote and send it again."


@dataclass(frozen=True)
class Typed:
    """What somebody has typed, and what came of it."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    status: int = 200


async def posted_to(portal: Portal, request: Request) -> dict[str, str]:
    """What was typed. Raises ForgedForm for what comes from another page."""
    if not from_our_page(request, portal.settings.public_url):
        raise ForgedForm
    form = await request.form()
    return {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}


def opened_now(portal: Portal, about: str) -> str:
    """What a form carries: when its page was opened, sealed."""
    return sessions.sign_opened(portal.key, about, secrets.token_hex(8), portal.clock.now())


def complaint(portal: Portal, about: str, posted: Mapping[str, str]) -> str:
    """Why a form is not taken yet, or nothing."""
    now = portal.clock.now()
    opened = sessions.read_opened(portal.key, about, posted.get("once", ""), now, LATEST)
    if opened is None:
        return STALE
    return SLOW if now - opened < SOONEST else ""
