"""Home: what needs the coordinator, in order of need; how each programme stands; what happened since they looked."""

from collections.abc import Sequence
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import words
from services.portal.domain.happened import FIRST, PATHS, SENTENCES, Happening, in_order
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.needs import look
from shared.commands.programmes_queries import ProgrammeRow

NAMED = 3
"""Schools that are named beside what happened there."""


async def home(request: Request) -> Response:
    """Show what needs somebody. A service that does not answer is named; the rest is shown."""
    desk = await Desk.of(request)
    me, now = desk.here.account.person_id, desk.portal.clock.now()
    if request.method == "POST":
        await desk.portal.read.happened.see(me, now)
        return desk.done("/console", "Noted. What happens from now on will stand there.")
    looked = await look(desk.find, desk.portal.read.whole)
    since = await desk.portal.read.happened.seen(me) or now - FIRST
    happened, rows = desk.portal.read.happened, looked.programmes
    return desk.show(
        "home", title="Needs you" if looked.needs else "Nothing needs you", needs=looked.needs, programmes=rows,
        stand=looked.stand, silent=looked.silent, since=since,
        counts=[await happened.counts(row.programme_id) for row in rows],
        happened=await _told(desk, rows, await happened.since(since)),
    )  # fmt: skip


async def _told(
    desk: Desk, rows: Sequence[ProgrammeRow], found: Sequence[Happening]
) -> list[tuple[ProgrammeRow, list[dict[str, str]]]]:
    """What happened by programme: sentences with where they lead, and the schools they name."""
    told = []
    known = {row.programme_id: row for row in rows}
    ordered = sorted(found, key=lambda one: one.programme_id)
    for programme_id, each in groupby(ordered, key=lambda one: one.programme_id):
        if programme_id in known:
            told.append((known[programme_id], [await _line(desk, one) for one in in_order(each)]))
    return told


async def _line(desk: Desk, one: Happening) -> dict[str, str]:
    schools = await desk.portal.read.schools.of_programme(one.programme_id, one.school_ids[:NAMED])
    more = len(one.school_ids) - len(schools)
    names = [school.name for school in schools] + ([words.count(more, "more school")] if schools and more > 0 else [])
    said = words.count(one.times, *SENTENCES[one.kind])
    path = f"/console/programmes/{one.programme_id}/{PATHS.get(one.kind, '')}".rstrip("/")
    return {"said": said, "where": words.listed(names), "path": path}
