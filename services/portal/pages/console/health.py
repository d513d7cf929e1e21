"""Health in words: whether mails go out, replies come in, and everything behind runs; and what is connected to it."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.health import Mailing, Seen, lines, worst
from services.portal.domain.tokens import Token
from services.portal.pages.console.desk import Desk
from shared.commands.base import Query
from shared.commands.health import HEALTH, HealthDetail
from shared.commands.notifications import ListMails, MailRows
from shared.commands.notifications_replies import ListReplies, ReplyRows
from shared.errors import KindredError

MOST = 500
PATIENCE = 3.0
"""Seconds that a service has to say how it is."""
TITLES = {"good": "All is well", "look": "Something wants a look", "bad": "Something does not work"}
MARKS = {"good": "accepted", "look": "tentative", "bad": "declined"}
WORDS = {"good": "Well", "look": "Look", "bad": "Not well"}


async def health(request: Request) -> Response:
    """Ask every service how it is; one that does not answer is said, and the rest is shown."""
    desk = await Desk.of(request)

    async def found(query: Query) -> Any:
        try:
            async with asyncio.timeout(PATIENCE):
                return await desk.find(query)
        except (KindredError, TimeoutError):
            return None

    details, mails, sent, replies, letters, tokens = await asyncio.gather(
        asyncio.gather(*(found(query()) for query in HEALTH.values())),
        found(ListMails(limit=1)), found(ListMails(state="accepted", limit=1)), found(ListReplies(limit=1)),
        _letters(desk), desk.portal.tokens.listed(),
    )  # fmt: skip
    services = {name: one if isinstance(one, HealthDetail) else None for name, one in zip(HEALTH, details, strict=True)}
    seen = Seen(
        services=services, mails=_mailing(mails, sent), letters=letters, now=desk.portal.clock.now(),
        replies=replies.total if isinstance(replies, ReplyRows) else None,
    )  # fmt: skip
    said = lines(seen)
    facts: dict[str, Any] = {
        "lines": said, "marks": MARKS, "words": WORDS, "now": seen.now, "programs": _working(tokens, desk),
        "provider": desk.portal.settings.oidc_issuer if desk.portal.provider else "",
        "public": desk.portal.settings.public_url,
    }  # fmt: skip
    return desk.show("health", title=TITLES[worst(said)], **facts)


def _mailing(mails: Any, sent: Any) -> Mailing | None:
    if not isinstance(mails, MailRows):
        return None
    last = sent.mails[0].changed_at if isinstance(sent, MailRows) and sent.mails else None
    return Mailing(mails.by_state, last, mails.paused, mails.pause_reason, mails.held)


async def _letters(desk: Desk) -> int | None:
    try:
        return len(await desk.portal.letters.waiting(MOST))
    except KindredError:
        return None


def _working(tokens: list[Token], desk: Desk) -> int:
    """How many tokens open something now."""
    return sum(one.state(desk.portal.clock.now()) == "good" for one in tokens)
