"""Pages for everybody: what this is, accessibility, privacy; and what is said where there is nothing to see."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from services.portal.domain.reading import cleaned
from services.portal.pages.portal import Portal
from services.portal.pages.rendering import STATIC

PAGES = {"/": ("home.html", "Kindred"), "/accessibility": ("accessibility.html", "Accessibility statement"),
         "/privacy": ("privacy.html", "Privacy")}  # fmt: skip
NOTICES = {
    404: (
        "Page not found",
        "There is nothing here. If you came from a mail, open its link again.",
    ),
    405: ("Not here", "This page cannot do that. Open the link in your mail again."),
    408: (
        "That took too long",
        "What you sent did not come through in time, and it is not saved. Go back and send it again.",
    ),
    413: (
        "Too much text",
        "That is more than we can take in, and it is not saved. Go back and shorten it.",
    ),
}
TOO_LARGE = (
    "The file is too large",
    "Nothing of it was taken. Go back and split it: beside the field stands how large a file may be.",
)
FAULT = ("Something went wrong", "That is our fault, not yours. Wait a moment and try again.")


async def public_page(request: Request) -> Response:
    """Show a page that anybody may see."""
    portal: Portal = request.app.state.portal
    template, title = PAGES[request.url.path]
    return portal.renderer.page(request, template, title=title)


async def robots(_request: Request) -> Response:
    """Nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def offline_worker(_request: Request) -> Response:
    """The worker of forms that work without signal; it stands at the top, as it may act only below its own path."""
    return FileResponse(STATIC / "offline-worker.js", media_type="text/javascript")


async def not_found(request: Request, _error: Exception) -> Response:
    """Answer the same whether there is nothing or nothing for this person."""
    return notice(request, 404)


async def too_early(request: Request, error: Exception) -> Response:
    """Say when it opens."""
    portal: Portal = request.app.state.portal
    return portal.renderer.page(request, "notice.html", 403, title="Not open yet", sentence=str(error))


async def refused(request: Request, error: Exception) -> Response:
    """Answer Starlette's own refusals in our words."""
    return notice(request, error.status_code if isinstance(error, HTTPException) else 500)


async def unavailable(request: Request, _error: Exception) -> Response:
    """Say that an owner does not answer just now; a form waits in the page to be sent again as it is."""
    portal: Portal = request.app.state.portal
    form = await request.form() if request.method == "POST" else {}
    fields = {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}
    title = "Not saved yet" if fields else "We cannot show this just now"
    return portal.renderer.page(request, "unavailable.html", 503, title=title, fields=fields, action=request.url.path)


async def not_admitted(request: Request, _error: Exception) -> Response:
    """Ask for the mail's link; what was typed comes back to be copied."""
    return await _closed(request, "You need the link in your mail")


async def forged(request: Request, _error: Exception) -> Response:
    """Refuse a form that did not come from our page; what was typed comes back to be copied."""
    return await _closed(request, "We could not be sure this came from you")


def notice(request: Request, status: int) -> Response:
    """A page with a status, a title and a sentence."""
    portal: Portal = request.app.state.portal
    title, sentence = NOTICES.get(status, FAULT)
    if status == 413 and request.headers.get("content-type", "").startswith("multipart/"):
        title, sentence = TOO_LARGE
    return portal.renderer.page(request, "notice.html", status, title=title, sentence=sentence)


async def stands_still(request: Request, error: Exception) -> Response:
    """Answer for a page of a programme that stands still; what was typed comes back to be copied."""
    portal: Portal = request.app.state.portal
    status = 200 if request.method in {"GET", "HEAD"} else 409
    facts = {"title": "This programme is not running now", "sentence": str(error), "written": await typed(request)}
    return portal.renderer.page(request, "link-mailed.html", status, **facts)


async def _closed(request: Request, title: str) -> Response:
    portal: Portal = request.app.state.portal
    return portal.renderer.page(request, "link-needed.html", 403, title=title, written=await typed(request))


async def typed(request: Request) -> list[str]:
    """Return what somebody wrote into a form that is not taken, to be copied."""
    form = await request.form() if request.method == "POST" else {}
    hidden = {"csrf", "once", "do"}
    texts = [cleaned(value) for name, value in form.items() if name not in hidden and isinstance(value, str)]
    return [text for text in texts if len(text.strip()) > 3]
