"""Polls of a programme and links that anybody may answer: choose a theme, close a link or begin it anew."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.searched import searched
from services.portal.pages.paging import PAGE, Pages, kept
from shared.commands.base import Command
from shared.commands.polls import ChooseTheme, PollRows, ShowPolls
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.shared_links import CloseSharedLink, LinkRows, LinkState, ListSharedLinks, OpenSharedLink

STATES: dict[str, str] = {"open": "Open", "full": "Full", "closed": "Closed"}
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
    page, search = desk.page_number(), await searched(desk, row.programme_id)
    states: tuple[LinkState, ...] = get_args(LinkState)
    state = next((one for one in states if one == desk.request.query_params.get("state")), None)
    query = ListSharedLinks(
        programme_id=row.programme_id, latest=True, state=state, concerning=search.ids, limit=PAGE,
        offset=(page - 1) * PAGE,
    )  # fmt: skip
    found, links = await asyncio.gather(desk.known(ShowPolls(programme_id=row.programme_id)), desk.known(query))
    known = links if isinstance(links, LinkRows) else LinkRows()
    return desk.show(
        "polls",
        422 if refused else 200,
        title="Polls and shared links",
        refused=refused,
        row=row,
        polls=found.polls if isinstance(found, PollRows) else (),
        links=known.links,
        search=search,
        state=state or "",
        states=STATES,
        pages=Pages(page, known.total, kept({"state": state or "", "search": search.text})),
    )
