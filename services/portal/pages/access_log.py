"""One line for each request, without tokens, query strings or anything about people."""

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_TOKEN = re.compile(r"^((?:/sign-in)?/l/|/feed/).*", re.DOTALL)
_REF = re.compile(r"^/p/[^/]+")
_ID = re.compile(r"/(?:[a-z]{3}-)?[0-9a-f]{16,}")
log = logging.getLogger("kindred.portal.access")


def redacted(path: str) -> str:
    """Return a path that may be logged: no token, no reference of a link, no id, nothing that breaks a line."""
    shown = _ID.sub("/[id]", _REF.sub("/p/[link]", _TOKEN.sub(r"\1[token]", path)))
    return re.sub(r"[^\x21-\x7e]", "?", shown)[:200]


class AccessLog:
    """Middleware that writes the line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            spent = round((time.perf_counter() - began) * 1000)
            log.info("%s %s %d %dms", scope["method"], redacted(scope["path"]), status, spent)
