"""The catcher's pages and its JSON: the paths of Mailpit's API that the demo's mailbox reads."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from kindred.catcher.letters import Box, Letter

PAGE = 50
_SHUT = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'self'; frame-src 'self'"
_CAGE = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "sandbox allow-popups allow-top-navigation-by-user-activation"
)
_jinja = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)


class Pages:
    """What the browser and the demo see of a box."""

    def __init__(self, box: Box, extra_links: dict[str, str]) -> None:
        self.box = box
        self.links = extra_links

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/", self.index),
                Route("/mail/{id}", self.mail),
                Route("/mail/{id}/html", self.html),
                Route("/mail/{id}/source", self.source),
                Route("/mail/{id}/attachment/{number:int}", self.attachment),
                Route("/readyz", self.ready),
                Route("/api/v1/messages", self.listing),
                Route("/api/v1/message/{id}/raw", self.source),
            ]
        )

    async def index(self, request: Request) -> Response:
        """All mails, filtered by address and words of the subject."""
        to, search = request.query_params.get("to", ""), request.query_params.get("q", "")
        start = _number(request, "start", 0)
        found = self.box.newest(to=to, search=search)
        shown = found[start : start + PAGE]
        last = start + len(shown)
        return _page(
            "index.html", to=to, search=search, letters=shown, total=len(found), first=start + 1, last=last,
            earlier=last if last < len(found) else None, later=max(0, start - PAGE) if start else None,
            addresses=self.box.addresses()[:500], links=self.links,
        )  # fmt: skip

    async def mail(self, request: Request) -> Response:
        """One mail: its heads, text, HTML in a frame without scripts, and attachments."""
        letter = self._letter(request)
        return _page("mail.html", letter=letter) if letter else _missing()

    async def html(self, request: Request) -> Response:
        """The HTML part alone; nothing in it may run or reach anywhere."""
        letter = self._letter(request)
        if letter is None:
            return _missing()
        return HTMLResponse(letter.body("html"), headers={"Content-Security-Policy": _CAGE})

    async def source(self, request: Request) -> Response:
        """The mail as it came, below its envelope's sender (RFC 5321, section 4.4), as Mailpit gives it."""
        letter = self._letter(request)
        if letter is None:
            return _missing()
        came = f"Return-Path: <{letter.sender}>\r\n".encode() + letter.raw
        return Response(came, media_type="text/plain; charset=utf-8")

    async def attachment(self, request: Request) -> Response:
        """An attached file, to be kept and not shown."""
        letter, number = self._letter(request), request.path_params["number"]
        if letter is None or number >= len(letter.attachments):
            return _missing()
        name, kind, content = letter.attachments[number]
        safe = "".join(char for char in name if char.isalnum() or char in "-_. ") or "attachment"
        heads = {"Content-Disposition": f'attachment; filename="{safe}"', "X-Content-Type-Options": "nosniff"}
        return Response(content, media_type=kind, headers=heads)

    async def listing(self, request: Request) -> Response:
        """Mails, newest first, as Mailpit lists them."""
        start, limit = _number(request, "start", 0), _number(request, "limit", PAGE)
        found = self.box.newest()
        rows = [_row(letter) for letter in found[start : start + limit]]
        return JSONResponse({"total": len(found), "count": len(rows), "start": start, "messages": rows})

    async def ready(self, _request: Request) -> Response:
        """The catcher is there."""
        return PlainTextResponse("ok")

    def _letter(self, request: Request) -> Letter | None:
        return self.box.get(request.path_params["id"])


def _row(letter: Letter) -> dict[str, Any]:
    return {
        "ID": letter.id,
        "MessageID": letter.message_id,
        "To": [{"Address": address} for address in letter.recipients],
        "Subject": letter.subject,
        "Created": letter.received.isoformat(),
    }


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isdigit() else default


def _page(template: str, **values: Any) -> Response:
    text = _jinja.get_template(template).render(**values)
    return HTMLResponse(text, headers={"Content-Security-Policy": _SHUT, "Referrer-Policy": "no-referrer"})


def _missing() -> Response:
    return PlainTextResponse("There is no such mail.", status_code=404)
