"""Something comes in between: first what it would do to the calendar, then exactly that is carried out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.console.standing import cohort_of
from services.portal.pages.portal import Hidden
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programmes_queries import ProgrammeRow, SchoolRow, ShowSchool
from shared.commands.scheduling_changes import ChangeCalendar, Disruption, WhatIf, WhatIfDetail
from shared.errors import Rejected
from shared.events.base import DateSpan

KINDS: dict[str, str] = {
    "away": "Somebody is away", "closure": "A school is closed", "inspection": "A school expects inspectors",
    "postponement": "The whole programme pauses",
}  # fmt: skip
INCOMPLETE = "Choose what comes in between, for whom, and the days, such as 2027-01-04."


async def what_if(request: Request) -> Response:
    """Ask, show what would happen, and do it. Nobody hears of anything before the last step."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    found = desk.known
    cohort = await cohort_of(found, row.programme_id)
    if cohort is None:
        raise Hidden
    if request.method != "POST":
        return _shown(desk, row, {})
    posted = await desk.posted()
    try:
        disruption = await _disruption(desk, row, posted)
        if posted.get("do") != "change":
            detail: WhatIfDetail = await desk.find(WhatIf(cohort_id=cohort.cohort_id, disruption=disruption))
            return _shown(desk, row, posted, detail=detail)
        digest = posted.get("digest", "")
        command = ChangeCalendar(cohort_id=cohort.cohort_id, disruption=disruption, digest=digest)
        done = await desk.ask(command, posted.get("once", ""))
    except (ValueError, ValidationError):
        return _shown(desk, row, posted, refused=INCOMPLETE)
    except Rejected as refused:
        return _shown(desk, row, posted, refused=refused.sentence)
    return desk.done(f"{HERE}/{row.programme_id}/calendar", done.sentence)


async def _disruption(desk: Desk, row: ProgrammeRow, posted: Mapping[str, str]) -> Disruption:
    """Return what comes in between; raises ValueError where a day is none, Rejected where nobody is meant."""
    kind, first = posted.get("kind", ""), dt.date.fromisoformat(posted.get("first", ""))
    last = dt.date.fromisoformat(posted["last"]) if posted.get("last") else first
    made: dict[str, Any] = {"kind": kind, "days": (DateSpan(first=first, last=last),)}
    if kind == "away":
        made["person_id"] = await _person(desk, row, posted.get("person", "").strip())
    if kind in {"closure", "inspection"}:
        school: SchoolRow = await desk.find(ShowSchool(urn=whole_number(posted.get("urn", ""))))
        made["school_id"] = school.facts.school_id
    return Disruption.model_validate(made)


async def _person(desk: Desk, row: ProgrammeRow, named: str) -> str:
    if not named:
        raise Rejected("who", "Say who is away: a name or an address.")
    found: FoundPeople = await desk.find(FindPeople(search=named, programme_id=row.programme_id, limit=5))
    exact = [one for one in found.people if named.casefold() in {one.name.casefold(), one.email.casefold()}]
    fits = exact if len(exact) == 1 else list(found.people)
    if len(fits) != 1:
        several = ", ".join(f"{one.name} <{one.email}>" for one in fits)
        raise Rejected("who", f"Several fit: {several}." if fits else f"Nobody of this programme is called '{named}'.")
    return fits[0].person_id


def _shown(
    desk: Desk, row: ProgrammeRow, values: Mapping[str, str], *, detail: WhatIfDetail | None = None, refused: str = ""
) -> Response:
    facts: dict[str, Any] = {"row": row, "kinds": KINDS, "values": values, "detail": detail}
    return desk.show(
        "dates/what-if", 422 if refused else 200, title="Something comes in between", refused=refused, **facts
    )
