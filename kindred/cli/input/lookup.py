"""From what people call a thing to its id, so that nobody types ids needlessly."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from kindred.cli.session import find
from shared.commands.actions import ActionRow, ActionRows, ListActions
from shared.commands.forms import EntryRow, EntryRows, ListEntries
from shared.commands.matching import CohortDetail, GroupRow, ShowCohort
from shared.commands.notifications import ListMails, MailRow, MailRows
from shared.commands.parties import PartyRow, PartyRows
from shared.commands.programmes_queries import (
    AuthorityRow,
    EnrolmentRow,
    EnrolmentRows,
    FindAuthority,
    ListEnrolments,
    ListProgrammes,
    NamedPeople,
    NamePeople,
    PersonRow,
    ProgrammeRow,
    ProgrammeRows,
    SchoolRow,
    ShowSchool,
)
from shared.commands.reports import ListReports, ReportRow, ReportRows
from shared.commands.scheduling import CohortEventDetail, ListVisits, VisitDetail, VisitRows
from shared.commands.scheduling_dates import AgreementRows, CallRows, ListAgreements, ListCalls
from shared.commands.tasks import ListTasks, TaskRow, TaskRows
from shared.errors import Rejected

T = TypeVar("T")
PAGE = 100
MOST_NAMES = 1000
_LEAST = 6


def programme(named: str = "") -> ProgrammeRow:
    """The programme of that name or id; without one, the only one there is."""
    rows = find(ListProgrammes(), ProgrammeRows).programmes
    wanted = named.casefold()
    found = [row for row in rows if not named or wanted in {row.programme_id, row.name.casefold()}]
    found = found or [row for row in rows if row.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(row.name) for row in rows) or "none yet"
    if not named and rows:
        raise Rejected("which-programme", f"Several programmes run: {names}. Name one with --programme.")
    what = f"no programme {named!r}" if not found else f"more than one programme {named!r}"
    raise Rejected("unknown-programme", f"There is {what}. Programmes: {names}.")


def authority(named: str) -> AuthorityRow:
    """The local authority of that name or code; there must be a school of it in the register."""
    return find(FindAuthority(named=named), AuthorityRow)


def cohort(programme_named: str = "") -> CohortDetail:
    """The whole cohort of a programme, all groups."""
    chosen = programme(programme_named)
    found = find(ShowCohort(programme_id=chosen.programme_id, limit=500), CohortDetail)
    groups = list(found.groups)
    while len(groups) < found.groups_total:
        query = ShowCohort(programme_id=chosen.programme_id, limit=500, offset=len(groups))
        more = find(query, CohortDetail).groups
        if not more:
            break
        groups += more
    return found.model_copy(update={"groups": tuple(groups)})


def group(named: str, programme_named: str = "") -> GroupRow:
    """The group of that number or id."""
    groups = cohort(programme_named).groups
    for row in groups:
        if named in {row.group_id, str(row.number)}:
            return row
    raise Rejected("unknown-group", f"There is no group {named!r}; groups have the numbers 1 to {len(groups)}.")


def enrolments(programme_id: str) -> Iterator[EnrolmentRow]:
    """Every enrolment of a programme."""
    seen = 0
    while True:
        page = find(ListEnrolments(programme_id=programme_id, limit=PAGE, offset=seen), EnrolmentRows)
        yield from page.enrolments
        seen += len(page.enrolments)
        if not page.enrolments or seen >= page.total:
            return


def people(programme_id: str) -> list[PersonRow]:
    """Everybody in a programme, its own people first."""
    first = find(ListEnrolments(programme_id=programme_id, limit=1), EnrolmentRows)
    return [*first.programme_people, *(person for row in enrolments(programme_id) for person in row.people)]


def person(named: str, programme_named: str = "") -> PersonRow:
    """The person with that id or address."""
    found = [row for row in people(programme(programme_named).programme_id) if _is(row, named)]
    if not found:
        raise Rejected("unknown-person", f"Nobody with the id or address {named!r} takes part.")
    return found[0]


def person_id(named: str, programme_named: str = "") -> str:
    """The id of a person named by it or by their address; an id is taken at its word."""
    return named if named.startswith("per-") else person(named, programme_named).person_id


def names(person_ids: Iterable[str]) -> dict[str, str]:
    """Name and school of these people, whatever their programme, by id; the id where somebody is not known any more."""
    wanted = list(dict.fromkeys(person_ids))
    found: dict[str, str] = {}
    for first in range(0, len(wanted), MOST_NAMES):
        query = NamePeople(person_ids=tuple(wanted[first : first + MOST_NAMES]))
        for one in find(query, NamedPeople).people:
            found[one.person_id] = f"{one.name} ({', '.join(one.schools)})" if one.schools else one.name
    return {person_id: found.get(person_id, person_id) for person_id in wanted}


def party(rows: PartyRows, named: str) -> PartyRow:
    """The trust or partnership of that name, id or code. Raises Rejected("unknown-party")."""
    wanted = " ".join(named.split()).casefold()
    for row in rows.parties:
        code = (row.trust_id or "").removeprefix("trust-")
        if wanted in {row.party_id, row.name.casefold(), row.trust_id, code or None}:
            return row
    known = ", ".join(row.name for row in rows.parties) or "none"
    raise Rejected("unknown-party", f"{named!r} does not take part; those that do: {known}.")


def school_id(urn: int) -> str:
    """The id of the school with that URN."""
    return find(ShowSchool(urn=urn), SchoolRow).facts.school_id


def _is(row: PersonRow, named: str) -> bool:
    return named == row.person_id or named.casefold() == row.email.casefold()


def visits(programme_named: str = "", *, drafts: bool = False) -> VisitRows:
    """All visits and cohort events of a programme's cohort."""
    cohort_id = cohort(programme_named).cohort.cohort_id
    found = find(ListVisits(cohort_id=cohort_id, drafts=drafts, limit=500), VisitRows)
    rows = list(found.visits)
    while len(rows) < found.total:
        more = find(ListVisits(cohort_id=cohort_id, drafts=drafts, limit=500, offset=len(rows)), VisitRows).visits
        if not more:
            break
        rows += more
    return found.model_copy(update={"visits": tuple(rows)})


def visit(named: str, programme_named: str = "") -> VisitDetail:
    """The visit with that id (or its beginning), or at the host with that URN."""
    detail = cohort(programme_named)
    hosts = {str(urn): school for row in detail.groups for urn, school in zip(row.urns, row.school_ids, strict=True)}
    rows = visits(programme_named, drafts=True).visits
    return one(
        named,
        [r for r in rows if _matches(named, r.visit.visit_id) or r.visit.host_school_id == hosts.get(named)],
        "visit",
    )


def event(named: str, programme_named: str = "") -> CohortEventDetail:
    """The cohort event with that id (or its beginning), activity (launch) or title."""
    query = ListVisits(cohort_id=cohort(programme_named).cohort.cohort_id, drafts=True, limit=1)
    rows = find(query, VisitRows).events
    wanted = named.casefold()
    found = [
        row
        for row in rows
        if _matches(named, row.event.event_id) or wanted in (row.event.activity, row.event.title.casefold())
    ]
    return one(named, found, "cohort event")


def report(named: str) -> ReportRow:
    """The report with that id or its beginning."""
    rows = find(ListReports(named=named, limit=2), ReportRows).reports if len(named) >= _LEAST else ()
    return one(named, rows, "report")


def entry(named: str) -> EntryRow:
    """The entry with that id or its beginning."""
    rows = find(ListEntries(named=named, limit=2), EntryRows).entries if len(named) >= _LEAST else ()
    return one(named, rows, "entry", "entries list")


def action(named: str) -> ActionRow:
    """The action with that id or its beginning."""
    rows = find(ListActions(named=named, limit=2), ActionRows).actions if len(named) >= _LEAST else ()
    return one(named, rows, "action")


def task(named: str) -> TaskRow:
    """The task with that id or its beginning."""
    rows = find(ListTasks(named=named, limit=2), TaskRows).tasks if len(named) >= _LEAST else ()
    return one(named, rows, "task")


def agreement_id(named: str) -> str:
    """The id of the agreement with that id or its beginning."""
    rows = find(ListAgreements(named=named, limit=2), AgreementRows).agreements if len(named) >= _LEAST else ()
    return one(named, rows, "agreement", "dates list").agreement_id


def call_id(named: str) -> str:
    """The id of the call with that id or its beginning."""
    rows = find(ListCalls(named=named, limit=2), CallRows).calls if len(named) >= _LEAST else ()
    return one(named, rows, "call").call_id


def _matches(named: str, identifier: str) -> bool:
    return len(named) >= _LEAST and identifier.startswith(named)


def mail(named: str, *, held: bool = False) -> MailRow:
    """The mail of that id, or of that beginning of one; ``held``: among those that a restore holds."""
    offset, found = 0, list[MailRow]()
    while True:
        page = find(ListMails(held=held, limit=500, offset=offset), MailRows)
        found += [row for row in page.mails if len(named) >= _LEAST and row.mail_id.startswith(named)]
        offset += len(page.mails)
        if not page.mails or offset >= page.total:
            return one(named, found, "mail", "mails held" if held else "")


def one(named: str, found: Sequence[T], what: str, listing: str = "") -> T:
    """The only match; otherwise a sentence."""
    if len(found) == 1:
        return found[0]
    many = "More than one" if found else "No"
    raise Rejected(
        f"unknown-{what}", f"{many} {what} goes by {named!r}. `kindred {listing or f'{what}s list'}` shows them."
    )
