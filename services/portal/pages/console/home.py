"""Home: what needs the coordinator, in order of need; then how each programme stands."""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.needs import look


async def home(request: Request) -> Response:
    """Show what needs somebody. A service that does not answer is named; the rest is shown."""
    desk = await Desk.of(request)
    looked = await look(desk.find, desk.portal.read.whole)
    return desk.show(
        "home", title="Needs you" if looked.needs else "Nothing needs you", needs=looked.needs,
        programmes=looked.programmes, stand=looked.stand, silent=looked.silent,
    )  # fmt: skip
