"""Every list of the console as a file: with the same filters, all of its pages."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.audit import act_of, kind_of
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.files import MEDIA, Row, as_csv, as_xlsx, download
from services.portal.pages.console.mails import STATES as MAIL_STATES
from services.portal.pages.console.mails import query_of, wanted_of
from services.portal.pages.console.owed import STATES as TASK_STATES
from services.portal.pages.console.owed import state_of
from services.portal.pages.console.searched import searched
from services.portal.pages.portal import Hidden
from shared.commands.audit import AuditRows, ListAudit
from shared.commands.base import Query
from shared.commands.notifications import MailRows
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments
from shared.commands.tasks import ListTasks, TaskRows

AT_ONCE = 500
MOST = 200_000
"""Rows of a file; a spreadsheet program opens no more with comfort."""


@dataclass(frozen=True)
class Export:
    """A list: its headings, the query of what an address asks for, and how a page of the reply becomes rows."""

    title: str
    header: tuple[str, ...]
    query: Callable[[Desk], Awaitable[Query]]
    rows: Callable[[Desk, Any], Awaitable[list[Row]]]


async def export(request: Request) -> Response:
    """Return a list as `csv` or `xlsx`."""
    desk = await Desk.of(request)
    kind, what = request.path_params["format"], request.path_params["what"]
    if kind not in MEDIA or what not in EXPORTS:
        raise Hidden
    of = EXPORTS[what]
    programme_id = request.query_params.get("programme", "").strip()[:100]
    await desk.portal.exports.exported(desk.here.account.person_id, what, programme_id)
    lines: list[Row] = [of.header]
    async for found in _pages(desk, await of.query(desk)):
        lines += await of.rows(desk, found)
    content = as_csv(lines) if kind == "csv" else as_xlsx(of.title, lines)
    return download(f"{what}.{kind}", MEDIA[kind], content)


async def _pages(desk: Desk, query: Query) -> AsyncIterator[Any]:
    for number in count():
        found = await desk.find(query.model_copy(update={"limit": AT_ONCE, "offset": number * AT_ONCE}))
        yield found
        if (number + 1) * AT_ONCE >= min(found.total, MOST):
            return


def _asked(desk: Desk, *names: str) -> Mapping[str, str]:
    return {name: desk.written(name) for name in names}


async def _people_query(desk: Desk) -> Query:
    asked = _asked(desk, "search", "programme")
    return FindPeople(search=asked["search"], programme_id=asked["programme"])


async def _people(_desk: Desk, found: FoundPeople) -> list[Row]:
    places = ((one, place) for one in found.people for place in one.places)
    return [
        (one.name, one.email, one.phone, place.title, place.urn, place.school or place.party, place.programme)
        for one, place in places
    ]


async def _schools_query(desk: Desk) -> Query:
    asked = _asked(desk, "search", "programme")
    return ListEnrolments(programme_id=asked["programme"], search=asked["search"])


async def _schools(_desk: Desk, found: EnrolmentRows) -> list[Row]:
    return [
        (
            one.school.urn, one.school.name, one.school.town, one.school.postcode, one.school.authority,
            one.school.phase, "takes part" if one.state == "enrolled" else "withdrawn", one.withdrawal_reason,
            ", ".join(claim.topic for claim in one.strengths), ", ".join(claim.topic for claim in one.needs),
        )
        for one in found.enrolments
    ]  # fmt: skip


async def _tasks_query(desk: Desk) -> Query:
    asked = _asked(desk, "programme", "state", "kind")
    search = await searched(desk, asked["programme"])
    return ListTasks(
        programme_id=asked["programme"], state=state_of(asked["state"]), task=asked["kind"], concerning=search.ids
    )


async def _tasks(desk: Desk, found: TaskRows) -> list[Row]:
    names = await desk.names(person for one in found.tasks for person in one.person_ids)
    return [
        (
            one.title, "; ".join(names.get(person, person) for person in one.person_ids), one.opened, one.due,
            TASK_STATES.get(one.state, one.state), one.reminded, one.reason,
        )
        for one in found.tasks
    ]  # fmt: skip


async def _mails_query(desk: Desk) -> Query:
    return query_of(wanted_of(desk.request), (await searched(desk)).ids, limit=AT_ONCE, offset=0)


async def _mails(desk: Desk, found: MailRows) -> list[Row]:
    names = await desk.names(one.person_id for one in found.mails)
    return [
        (
            names.get(one.person_id, ""), one.to, one.subject, MAIL_STATES[one.state], one.attempts,
            one.queued_at.isoformat(timespec="minutes"), one.changed_at.isoformat(timespec="minutes"), one.detail,
        )
        for one in found.mails
    ]  # fmt: skip


async def _audit_query(desk: Desk) -> Query:
    asked, search = _asked(desk, "person"), await searched(desk)
    return ListAudit(person_id=asked["person"], kind=kind_of(desk.request), concerning=search.ids)


async def _audit(desk: Desk, found: AuditRows) -> list[Row]:
    names = await desk.names(one.person_id for one in found.lines)
    return [
        (
            one.number, one.at.isoformat(timespec="seconds"), names.get(one.person_id, one.person_id),
            act_of(one), one.form, one.version or None, one.entry_id or one.about, one.hash,
        )
        for one in found.lines
    ]  # fmt: skip


EXPORTS: Mapping[str, Export] = {
    "people": Export(
        "People", ("Name", "E-mail", "Telephone", "Role", "URN", "School or trust", "Programme"), _people_query, _people
    ),
    "schools": Export(
        "Schools",
        ("URN", "School", "Town", "Postcode", "Authority", "Phase", "State", "Why withdrawn", "Gives", "Needs"),
        _schools_query,
        _schools,
    ),
    "tasks": Export(
        "Tasks", ("Task", "Who", "Opened", "Due", "State", "Reminded", "Why let off"), _tasks_query, _tasks
    ),
    "mails": Export(
        "Mails",
        ("Person", "Address", "Subject", "State", "Attempts", "Queued", "Changed", "What the other side said"),
        _mails_query,
        _mails,
    ),
    "audit": Export(
        "Audit log",
        ("Line", "When", "Who", "What", "Form or report", "Version", "Of which", "Hash"),
        _audit_query,
        _audit,
    ),
}
"""Name in the address -> list."""
