"""What all programmes share: the register of schools, inspections, term dates, bank holidays, closed days."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.programmes import ImportFile
from shared.commands.programmes_queries import ListSchools, SchoolRow, SchoolRows, ShowSchool
from shared.commands.scheduling import CloseSchoolDays, ImportCalendar
from shared.commands.scheduling_calendars import ImportBankHolidays, ImportExamWindows, ReadTermFile, TermFileRead
from shared.errors import Permanent, Rejected
from shared.events.base import DateSpan

HERE = "/console/register"
KINDS: dict[str, str] = {
    "register": "Schools, or links between them: the register of England\u2019s schools, as CSV or ZIP",
    "inspections": "Inspections: Ofsted\u2019s published management information",
    "terms": "Term dates of a local authority: a calendar file (.ics) or a table",
    "bank-holidays": "Bank holidays, as GOV.UK publishes them (.json)",
    "exams": "Examination windows by phase (.json)",
}
READ_AS: dict[str, str] = {"school": "school days", "closed": "closed", "ignored": "passed over"}
CLOSED: dict[str, str] = {"inset": "Training day (INSET)", "closure": "Closed"}
NO_FILE = "Choose a file, and say what stands in it."
Imported = Literal["register", "inspections"]


async def register(request: Request) -> Response:
    """Show how many schools are known; take a file in, or days on which a school is closed."""
    desk = await Desk.of(request)
    if request.method != "POST":
        return await _shown(desk)
    posted = await desk.posted()
    acts: dict[str, Callable[[Desk, dict[str, str]], Awaitable[Response]]] = {
        "import": _imported, "take": _taken, "close": _closed
    }  # fmt: skip
    act = acts.get(posted.get("do", ""))
    if act is None:
        raise Hidden
    try:
        return await act(desk, posted)
    except (Rejected, Permanent) as refused:
        return await _shown(desk, refused.sentence, posted)
    except ValidationError:
        return await _shown(desk, "What was written is too long.", posted)


async def _imported(desk: Desk, posted: dict[str, str]) -> Response:
    file = await desk.uploaded("file")
    kind, once = posted.get("kind", ""), posted.get("once", "")
    if file is None or kind not in KINDS:
        raise Rejected("no-file", NO_FILE)
    name = " ".join((file.filename or "file").split())[:200]
    key = await desk.portal.owners.upload(await file.read(), name)
    kinds: dict[str, Imported] = {"register": "register", "inspections": "inspections"}
    if kind in kinds:
        accept = posted.get("accept") == "yes"
        command = ImportFile(kind=kinds[kind], upload=key, filename=name, accept_unread=accept)
        started = await desk.ask(command, once)
        return RedirectResponse(f"{HERE}/imports/{started.import_id}", 303)
    if kind == "terms":
        return await _read(desk, posted, key, name)
    days: Command = (
        ImportBankHolidays(upload=key, filename=name)
        if kind == "bank-holidays"
        else ImportExamWindows(upload=key, filename=name)
    )
    return desk.done(HERE, (await desk.ask(days, once)).sentence)


async def _read(desk: Desk, posted: dict[str, str], key: str, name: str) -> Response:
    """Show what a file of term dates says before anything is replaced."""
    authority = posted.get("authority", "").strip()
    if not authority:
        raise Rejected("no-authority", "Say whose term dates they are: the local authority, by name or code.")
    found: TermFileRead = await desk.find(ReadTermFile(upload=key, filename=name))
    return desk.show(
        "term-dates", title=f"Term dates of {authority}", found=found, upload=key, filename=name, authority=authority,
        read_as=READ_AS,
    )  # fmt: skip


async def _taken(desk: Desk, posted: dict[str, str]) -> Response:
    """Take in a file of term dates that was shown."""
    command = ImportCalendar(
        upload=posted.get("upload", ""), filename=posted.get("filename", ""),
        authority_code=posted.get("authority", ""), accept_unusual=True,
    )  # fmt: skip
    return desk.done(HERE, (await desk.ask(command, posted.get("once", ""))).sentence)


async def _closed(desk: Desk, posted: dict[str, str]) -> Response:
    """Note days on which a school is closed; published visits on them move."""
    kind, urn = posted.get("kind", ""), whole_number(posted.get("urn", ""))
    try:
        first = dt.date.fromisoformat(posted.get("first", ""))
        last = dt.date.fromisoformat(posted.get("last", "") or posted["first"])
        days = DateSpan(first=first, last=last)
    except ValueError as wrong:
        sentence = "Write the days as 2027-01-04; the last is no earlier than the first."
        raise Rejected("no-days", sentence) from wrong
    if not urn or kind not in CLOSED:
        raise Rejected("no-school", "Give the URN of the school, and say why it is closed.")
    school: SchoolRow = await desk.find(ShowSchool(urn=urn))
    made = {"school_id": school.facts.school_id, "days": (days,), "kind": kind}
    done = await desk.ask(CloseSchoolDays.model_validate(made), posted.get("once", ""))
    return desk.done(HERE, done.sentence or f"It is noted that {school.facts.name} is closed then.")


async def _shown(desk: Desk, refused: str = "", values: Mapping[str, str] | None = None) -> Response:
    every: SchoolRows = await desk.find(ListSchools(limit=1))
    open_: SchoolRows = await desk.find(ListSchools(limit=1, enrollable_only=True))
    facts: dict[str, Any] = {
        "known": every.total, "open": open_.total, "kinds": KINDS, "closed": CLOSED, "values": values or {},
    }  # fmt: skip
    return desk.show("register", 422 if refused else 200, title="Schools and term dates", refused=refused, **facts)
