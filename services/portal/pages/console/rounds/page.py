"""A round of the template: which kind it is decides what is shown; then check what goes out, and let it stand."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.domain.steps import rounds_of
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.named import SeveralFit
from services.portal.pages.console.programmes import of_path
from services.portal.pages.console.rounds import pairs, placements
from services.portal.pages.console.searched import Search, searched
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.rounds import DraftRound, PublishRound
from shared.errors import Rejected
from shared.template import Round
from shared.template.kinds import PAIRINGS


class Review(Protocol):
    """How one kind of round is shown and overruled: a module of this folder. `found` is what its `look` returns."""

    async def look(self, desk: Desk, row: ProgrammeRow, of: Round, search: Search) -> Any:
        """Return a page of the round, of what concerns whom it is searched for; None where nothing has come in yet."""
        ...

    def command(self, posted: Mapping[str, str], row: ProgrammeRow, of: Round) -> Command | None:
        """Return what a form asks for; None where something of it was not chosen."""
        ...

    def check(self, found: Any) -> dict[str, Any] | None:
        """Return what stands on the page before publishing; None where there is no draft."""
        ...

    async def named(self, desk: Desk, row: ProgrammeRow, of: Round, posted: Mapping[str, str]) -> dict[str, str]:
        """Return the ids of those whom a wish names, by field. Raises Rejected, SeveralFit."""
        ...

    async def shown(
        self, desk: Desk, row: ProgrammeRow, of: Round, found: Any, search: Search, *, refused: str = "",
        values: Mapping[str, str] | None = None, choices: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Response:  # fmt: skip
        """Show the round."""
        ...


UNDER_WAY = "A draft is being worked out. Look again in a minute."


async def one_round(request: Request) -> Response:
    """Show a round, and do what is chosen. Nobody gets a mail before the draft is published, or a place ends."""
    desk = await Desk.of(request)
    row, of = await _of_path(desk)
    kind: Review = pairs if of.kind in PAIRINGS else placements
    search, meant = await searched(desk, row.programme_id), dict[str, str]()
    found = await kind.look(desk, row, of, search)
    shown, who = partial(kind.shown, desk, row, of, found, search), "Choose what to do, and for whom."
    if request.method == "POST":
        typed = await desk.posted()
        try:
            meant = await kind.named(desk, row, of, typed) if typed.get("do") == "say" else {}
        except SeveralFit as several:
            choices = {several.field: several.choices}
            return await shown(refused=several.sentence, values=typed, choices=choices)
        except Rejected as refused:
            return await shown(refused=refused.sentence, values=typed)

    def command(posted: dict[str, str]) -> Command | None:
        if posted.get("do") in {"draft", "keep"}:
            return DraftRound(programme_id=row.programme_id, round=of.key, keep=posted["do"] == "keep")
        return kind.command({**posted, **meant}, row, of)

    return await desk.serve(shown, command, to=request.url.path, said=UNDER_WAY, unreadable=who)


async def publish(request: Request) -> Response:
    """Check who is told, then let the draft stand."""
    desk = await Desk.sure(request)
    row, of = await _of_path(desk)
    kind: Review = pairs if of.kind in PAIRINGS else placements
    check = kind.check(await kind.look(desk, row, of, Search()))
    here = f"/console/programmes/{row.programme_id}/rounds/{of.key}"
    if check is None:
        return desk.no_draft(here)
    facts: dict[str, Any] = {"row": row, "here": here, "check": check, "title": f"Check and publish: {of.title}"}

    def command(posted: dict[str, str]) -> Command:
        revision = max(1, whole_number(posted.get("revision", "")))
        return PublishRound(programme_id=row.programme_id, round=of.key, revision=revision)

    shown = partial(desk.asked, "rounds/publish", **facts)
    return await desk.serve(shown, command, to=here, said="It stands, and mails go out.")


async def _of_path(desk: Desk) -> tuple[ProgrammeRow, Round]:
    row = await of_path(desk)
    whole = await desk.portal.read.whole.get(row.programme_id)
    for one in rounds_of(whole):
        if one.key == desk.request.path_params["round"]:
            return row, one
    raise Hidden
