"""Who may see and do what. A link or a session proves who somebody is; these rules say what that person may do.

They are checked at every request, so a link stops working for somebody who was replaced or left.

`TABLE` is the authorisation table: which record stands at which address, and who may see it before and after its
release. No route is served that is in no row: `row_of` raises, and with it the application does not start. What a row
says is carried out by the rules below it and by the services that own the records; the walk in
`tests/unit/portal/walk` holds all of them to it, with everybody on every route. Who is not in a row gets 404.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from services.portal.domain.entries import Entry
from services.portal.domain.links import OF_SESSION, Link
from services.portal.domain.places import Offer
from services.portal.domain.records import FindingsRequest, Group, Meeting, Programme, Report, School
from services.portal.domain.tasks import Owed
from services.portal.domain.whole import WholeProgramme
from shared.events.template import FormSpec
from shared.roster import Membership

HOST_ROLES: tuple[str, ...] = ("headteacher", "senior-leader", "cpd-lead")
FINDINGS_ROLES: tuple[str, ...] = ("headteacher", "senior-leader")

Who = Literal["self", "owner", "decider", "reader", "invited", "leader", "host", "member", "coordinator"]
"""How a person stands to a record.

`self`: whoever has signed in, to what is only ever their own; `owner`: who owes, wrote or is offered it; `decider`: who
agrees to it or releases it; `reader`: whom the template names for it; `invited`, `leader`: of a visit or event; `host`:
the people of the host school whom the form is for; `member`: who takes part in the programme, or for the school.
"""
NOBODY: frozenset[Who] = frozenset()


@dataclass(frozen=True)
class Row:
    """A kind of record. `pages`: the first words of its addresses; `release`: what comes between before and after."""

    record: str
    pages: tuple[str, ...]
    before: frozenset[Who]
    after: frozenset[Who]
    release: str = ""


def _always(record: str, pages: tuple[str, ...], *who: Who) -> Row:
    return Row(record, pages, frozenset(who), frozenset(who))


TABLE = (
    _always(
        "one's own lists",
        ("todo", "my-visits", "actions", "saved", "opened", "fresh", "schools", "reports", "details", "tokens", "feed",
         "acting", "unsubscribe", ""),
        "self",
    ),
    _always("task", ("task",), "owner"),
    _always("form that nobody asked for", ("open",), "owner"),
    _always("place in a course", ("sign-up",), "owner"),
    _always("poll to settle", ("poll",), "decider"),
    Row(
        "entry", ("entry",), frozenset({"owner", "decider"}), frozenset({"owner", "decider", "reader"}),
        "it is released; before, it is handed in",
    ),
    Row("report", ("report",), NOBODY, frozenset({"reader", "coordinator"}), "it is compiled"),
    _always("invitation", ("answer",), "invited", "leader"),
    _always("brief of a visit", ("visit-brief",), "host"),
    _always("attendance", ("attendance",), "leader", "coordinator"),
    _always("appraisal of the host", ("appraisal",), "leader"),
    _always("what a visitor takes home", ("take-home",), "invited"),
    _always("survey of a visit", ("survey",), "invited"),
    _always("findings of a school", ("findings",), "owner"),
    _always("part of a school in a programme", ("participation",), "member"),
    _always("profile of a school in a programme", ("profile",), "member"),
    Row("group", ("cohort",), NOBODY, frozenset({"member", "coordinator"}), "the groups are published"),
    _always("list of a programme", ("projects",), "member", "coordinator"),
    Row("entry of a list", ("project",), NOBODY, frozenset({"reader"}), "it is released to the list"),
    _always("place on offer", ("offer",), "owner"),
    _always("days of a placement", ("days",), "owner"),
)  # fmt: skip
BY_PAGE = {page: row for row in TABLE for page in row.pages}
CONSOLE = _always("everything", ("console",), "coordinator")
OPEN = ("l", "s", "feed", "static", "brochures", "sign-in", "sign-out", "api", "accessibility", "privacy", "robots.txt",
        "offline-worker.js", "")  # fmt: skip
"""First words of addresses that anybody may ask for: pages for everybody, signing in, and what a secret opens."""


_INNER = {"/my-visits/{target_id}": "answer", "/projects/{entry_id}": "project"}
"""Where one record of a list stands below the list."""


def row_of(path: str) -> Row | None:
    """Return the row of a route; None for one that is open to anybody. Raises LookupError where it is in no row."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first == "console":
        return CONSOLE
    if first in {"p", "me"}:
        page = (rest.partition("/")[2] if first == "p" else rest).partition("/")[0]
        if page not in BY_PAGE:
            raise LookupError(f"{path} is in no row of the authorisation table.")
        return BY_PAGE[next((one for end, one in _INNER.items() if path.endswith(end)), page)]
    if first not in OPEN:
        raise LookupError(f"{path} is in no row of the authorisation table.")
    return None


_OPENS: Mapping[str, frozenset[str]] = {
    "todo": frozenset({"actions", "todo", "task", "open", "projects", "offer", "my-visits", "sign-up", "poll"}),
    "task": frozenset({"task"}),
    "projects": frozenset({"projects"}),
    "offer": frozenset({"offer"}),
    OF_SESSION: frozenset(BY_PAGE),
}
"""Purpose of a link -> the pages that it opens; every other purpose opens the page of its own name and no more."""


def opens(link: Link, page: str) -> bool:
    """Whether a link opens that page at all; what its person may see there is asked besides."""
    return page in _OPENS.get(link.purpose, {link.purpose})


def may_do(link: Link, task: Owed) -> bool:
    """A task is opened by who owes it: from their list, or by the link that is about it."""
    meant = link.purpose != "task" or link.target_id == task.task_id
    return meant and link.person_id in task.person_ids


def may_take(link: Link, offer: Offer, named_by: Entry | None) -> bool:
    """A place on offer is answered by who is meant, or by who named them: from their list, or by the link about it."""
    meant = link.purpose != "offer" or link.target_id == offer.offer_id
    return meant and link.person_id in {offer.person_id, *(named_by.author_ids if named_by else ())}


def programme_of(link: Link, asked: str) -> str:
    """The programme whose list a link opens: its own; from somebody's own list of what they owe, any of theirs."""
    return asked if asked and link.purpose in {"todo", OF_SESSION} else link.programme_id or ""


def may_look(person_id: str, standing: Sequence[Membership], programme: WholeProgramme) -> bool:
    """Lists of a programme are for who has a part in it now; what stands on them, its owner decides for each person."""
    return bool(standing) or person_id == programme.coordinator_id


def may_pick_for(person_id: str, entry: Entry) -> bool:
    """Where schools pick for themselves, whoever named somebody picks for them."""
    return entry.stands and person_id in entry.author_ids


def may_answer(person_id: str, meeting: Meeting) -> bool:
    """An invitation is answered by who is invited, the facilitator among them."""
    return meeting.attendee(person_id) is not None or meeting.facilitator_id == person_id


def may_agree(person_id: str, person_ids: Sequence[str]) -> bool:
    """Days on offer are answered, and calls booked, by the people whom they are offered."""
    return person_id in person_ids


def may_brief(person_id: str, host: School | None, form: FormSpec | None) -> bool:
    """The brief is written by the host school's own people."""
    return host is not None and host.enrolled and bool(host.roles_of(person_id) & set(_by(form, HOST_ROLES)))


def may_record(person_id: str, meeting: Meeting, programme: Programme | None) -> bool:
    """Attendance is recorded by the facilitator, or by the coordinator in their place."""
    return meeting.kind == "visit" and (meeting.facilitator_id == person_id or is_coordinator(person_id, programme))


def may_appraise(person_id: str, meeting: Meeting) -> bool:
    """The appraisal is the facilitator's alone."""
    return meeting.kind == "visit" and meeting.facilitator_id == person_id


def may_take_home(person_id: str, meeting: Meeting, form: FormSpec | None) -> bool:
    """Who came from another school says what they take home."""
    invited = meeting.attendee(person_id)
    visiting = invited is not None and invited.school_id != meeting.host_school_id
    return meeting.kind == "visit" and visiting and took_part(person_id, meeting, form)


def took_part(person_id: str, meeting: Meeting, form: FormSpec | None) -> bool:
    """Participants in a role the form is for (and whoever stood in for one) are asked; who was away is not."""
    invited = meeting.attendee(person_id)
    if invited is None:
        return False
    asked = invited.role in _by(form, (invited.role,)) or invited.substitute_for is not None
    was_away = meeting.state == "held" and bool(meeting.present) and person_id not in meeting.present
    return asked and not was_away


def may_find(person_id: str, school: School | None, asked: FindingsRequest | None, form: FormSpec | None) -> bool:
    """Findings are written by the school's pair, or by whoever was asked for them."""
    if school is None or not school.enrolled:
        return False
    named = asked is not None and asked.school_id == school.school_id and person_id in asked.person_ids
    return named or bool(school.roles_of(person_id) & set(_by(form, FINDINGS_ROLES)))


def may_read(
    person_id: str, report: Report, programme: Programme | None, schools: list[School], visit: Meeting | None
) -> bool:
    """A report goes to the roles its template names, at its school (or anywhere, if about all), and to its author."""
    if is_coordinator(person_id, programme) or (visit is not None and visit.facilitator_id == person_id):
        return True
    spec = next((spec for spec in programme.template.reports if spec.key == report.kind), None) if programme else None
    if programme is None or spec is None:
        return False
    if report.school_id is None and "facilitator" in spec.to and person_id in programme.facilitator_ids:
        return True
    concerned = [school for school in schools if report.school_id in {None, school.school_id}]
    return any(school.roles_of(person_id) & set(spec.to) for school in concerned)


def may_see_group(person_id: str, group: Group, schools: list[School]) -> bool:
    """A group is seen by the people of its schools."""
    inside = [school for school in schools if school.school_id in group.school_ids]
    return any(school.roles_of(person_id) for school in inside)


def is_coordinator(person_id: str, programme: Programme | None) -> bool:
    """Whether the person runs the programme."""
    return programme is not None and programme.coordinator_id == person_id


def _by(form: FormSpec | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    return form.by if form and form.by else usual
