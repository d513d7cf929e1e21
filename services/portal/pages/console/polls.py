"""Polls of a programme and links that anybody may answer: choose a theme, close a link or begin it anew."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from shared.commands.base import Command
from shared.commands.polls import ChooseTheme, PollRows, ShowPolls
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.shared_links import CloseSharedLink, LinkRows, ListSharedLinks, OpenSharedLink
from shared.errors import Rejected

SAID = {"choose": "The theme is chosen.", "close": "The link is closed.", "anew": "Another link is open, from nothing."}


async def polls(request: Request) -> Response:
    """List them, and do what is chosen."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    if request.method != "POST":
        return await _shown(desk, row)
    posted = await desk.posted()
    command = _command(posted, row.programme_id, desk.here.account.person_id)
    if command is None:
        return await _shown(desk, row, refused="Choose what to do.")
    try:
        await desk.ask(command, posted.get("once", ""))
    except Rejected as refused:
        return await _shown(desk, row, refused=refused.sentence)
    return desk.done(request.url.path, SAID[posted["do"]])


def _command(posted: Mapping[str, str], programme_id: str, person_id: str) -> Command | None:
    by = {"programme_id": programme_id, "person_id": person_id}
    about = {"form": posted.get("form", ""), "about_id": posted.get("about", "")}
    match posted.get("do"):
        case "choose":
            return ChooseTheme(poll=posted.get("poll", ""), theme=posted.get("theme", ""), **by)
        case "close":
            return CloseSharedLink(**about, **by)
        case "anew":
            return OpenSharedLink(**about, **by)
        case _:
            return None


async def _shown(desk: Desk, row: ProgrammeRow, *, refused: str = "") -> Response:
    found, links = (
        await desk.known(ShowPolls(programme_id=row.programme_id)),
        await desk.known(ListSharedLinks(programme_id=row.programme_id)),
    )
    latest = {(one.form, one.about_id): one for one in reversed(links.links)} if isinstance(links, LinkRows) else {}
    return desk.show(
        "polls",
        422 if refused else 200,
        title="Polls and shared links",
        refused=refused,
        row=row,
        polls=found.polls if isinstance(found, PollRows) else (),
        links=list(latest.values())[::-1],
    )
