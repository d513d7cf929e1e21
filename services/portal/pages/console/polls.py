"""Polls of a programme and links that anybody may answer: choose a theme, close a link or begin it anew."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from shared.commands.base import Command
from shared.commands.polls import ChooseTheme, PollRows, ShowPolls
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.shared_links import CloseSharedLink, LinkRows, ListSharedLinks, OpenSharedLink

SAID = {"choose": "The theme is chosen.", "close": "The link is closed.", "anew": "Another link is open, from nothing."}


async def polls(request: Request) -> Response:
    """List them, and do what is chosen."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    act = partial(_command, row.programme_id, desk.here.account.person_id)
    said = SAID.get((await desk.posted()).get("do", ""), "") if request.method == "POST" else ""
    return await desk.serve(partial(_shown, desk, row), act, said=said)


def _command(programme_id: str, person_id: str, posted: Mapping[str, str]) -> Command | None:
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


async def _shown(desk: Desk, row: ProgrammeRow, refused: str = "", **_values: Any) -> Response:
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
