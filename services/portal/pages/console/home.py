"""Home: what needs the coordinator, in order of need; how each programme stands; what happened since they looked."""

from collections.abc import Mapping, Sequence
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
    happened, rows = desk.portal.read.happened, looked.programmes
    since = await happened.seen(me) or now - FIRST
    counts = await happened.counts(row.programme_id for row in rows)
    return desk.show(
        "home", title="Needs you" if looked.needs else "Nothing needs you", needs=looked.needs, programmes=rows,
        stand=looked.stand, silent=looked.silent, since=since,
        counts=[counts[row.programme_id] for row in rows],
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
            told.append((known[programme_id], await _lines(desk, programme_id, in_order(each))))
    return told


async def _lines(desk: Desk, programme_id: str, found: Sequence[Happening]) -> list[dict[str, str]]:
    named = {school_id for one in found for school_id in one.school_ids[:NAMED]}
    schools = await desk.portal.read.schools.of_programme(programme_id, named) if named else []
    names = {school.school_id: school.name for school in schools}
    return [_line(one, names) for one in found]


def _line(one: Happening, names: Mapping[str, str]) -> dict[str, str]:
    where = [names[school_id] for school_id in one.school_ids[:NAMED] if school_id in names]
    more = len(one.school_ids) - len(where)
    where += [words.count(more, "more school")] if where and more > 0 else []
    said = words.count(one.times, *SENTENCES[one.kind])
    path = f"/console/programmes/{one.programme_id}/{PATHS.get(one.kind, '')}".rstrip("/")
    return {"said": said, "where": words.listed(where), "path": path}
