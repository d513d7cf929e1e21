"""Headers on every answer, a limit on what is sent, and the check that a form came from our own page."""

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.portal.domain.reading import whole_number
from services.portal.pages.patience import USUAL, Patience, in_time

MOST_BYTES = 2_000_000
MOST_OF_A_REGISTER = 64_000_000
"""A file that a coordinator hands in for all programmes; what is more than a megabyte waits on disk."""
_FILES = "/console/register"


class Shield:
    """Outermost middleware: a nonce for the page's script, security headers, a bounded body in time."""

    def __init__(self, app: ASGIApp, *, https: bool, patience: Patience = USUAL) -> None:
        self._app = app
        self._https = https
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        private = not scope["path"].startswith("/static/")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in self._headers(nonce, scope["path"], private=private).items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, bounded(scope, in_time(receive, self._patience)), guarded)

    def _headers(self, nonce: str, path: str, *, private: bool) -> dict[str, str]:
        # A page whose address holds a token sends no referrer. Elsewhere it is same-origin, because browsers send
        # `Origin: null` with forms under no-referrer and the Origin check would refuse them.
        headers = {
            "content-security-policy": "; ".join(
                (
                    "default-src 'none'", f"script-src 'nonce-{nonce}'", "style-src 'self'", "img-src 'self'",
                    "connect-src 'self'", "worker-src 'self'", "frame-src 'self'", "form-action 'self'",
                    "base-uri 'none'",
                    "frame-ancestors 'none'",
                )
            ),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "no-referrer" if path.startswith(("/l/", "/sign-in/l/")) else "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
            "x-robots-tag": "noindex, nofollow",
            "cache-control": "no-store" if private else "public, max-age=31536000, immutable",
        }  # fmt: skip
        return headers | ({"strict-transport-security": "max-age=31536000"} if self._https else {})


def bounded(scope: Scope, receive: Receive) -> Receive:
    """Return a `receive` that refuses more than `MOST_BYTES`, or than a whole register where one is handed in."""
    taken, most = 0, MOST_OF_A_REGISTER if scope["path"] == _FILES else MOST_BYTES
    declared = Headers(scope=scope).get("content-length", "0")

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most or whole_number(declared) > most:
            raise HTTPException(413)
        return message

    return limited


def from_our_page(request: Request, public_url: str) -> bool:
    """Return whether a POST came from a page of ours: its Origin is ours, or without one its Referer is."""
    origin = request.headers.get("origin")
    if origin is not None:
        return origin == public_url
    parts = urlsplit(request.headers.get("referer", ""))
    return f"{parts.scheme}://{parts.netloc}" == public_url
