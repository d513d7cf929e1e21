"""What a task is about, and to which things it is laid out."""

from dataclasses import dataclass

from services.tasks.domain.dates import anchor_of, parsed
from services.tasks.domain.records import Entry, Line, Programme, Thing
from shared.template import Form, Task, Template
from shared.template.kinds import AGREED, RESUMED, SESSION, STATES, SUBJECTS
from shared.template.naming import names_day
from shared.template.references import parse_reference

_GIVEN = frozenset({"programme", "group", "visit", "event", "match", "pair"})
"""Kinds of things that exist whether somebody fills in a form about them or not."""
_EVENTS = frozenset({"cohort-event", "meeting", SESSION})
PARTNERS = "partners"
_EVERYWHERE = frozenset({"cohort", "programme"})


@dataclass(frozen=True)
class Subject:
    """The kind and id that a task is about. Without an id, whoever fills in the form says what it is about."""

    about: str
    about_id: str


def kind_laid_out(task: Task, template: Template) -> str:
    """The kind of thing for which the task is asked when its moment is of the whole programme."""
    form = template.form(task.do.form or task.do.agree or "")
    if all(_of_programme(reference, template) for reference in task.who):
        return "school" if form and form.about == "school" and _visits_schools(task) else "programme"
    about = form.about if form else ""
    if activity := template.activity(task.do.choose or ""):
        about = "match" if activity.kind in AGREED else "visit"
    elif activity := template.activity(task.do.answer or about):
        about = "event" if activity.kind in _EVENTS else "visit"
    if about in _GIVEN - {"programme"}:
        return about
    if task.who == (PARTNERS,):
        return "pair"
    return "match" if form is None and _with_a_placement(task, template) else "school"


def _with_a_placement(task: Task, template: Template) -> bool:
    """Whether the task opens with a round in which people are placed: for each of them who was."""
    opens = parsed(task.opens)
    placing = any(one.key == opens.anchor and one.kind == "placements" for one in template.matching)
    return placing and opens.state != "closed"


def kind_of_agreed(task: Task, template: Template) -> str:
    """The kind of thing for which a task is asked that opens with days that people agree; empty for all others.

    What happens to such days happens to their placement, too: a task that is not about the day itself is asked once.
    """
    activity = template.activity(anchor_of(task.opens))
    if activity is None or activity.kind not in AGREED:
        return ""
    form = template.form(task.do.form or task.do.agree or "")
    of_the_day = {"visit", "event", activity.key}
    if task.do.choose or (form and form.about not in of_the_day):
        return "match"
    return "event" if activity.kind in _EVENTS else "visit"


def school_meant(task: Task, own: str | None, host: str | None) -> str | None:
    """The school of those who owe a task: the host's where only its people do."""
    return host if host and all(parse_reference(text).scope == "host" for text in task.who) else own


def for_a_kind(task: Task, template: Template) -> bool:
    """Whether the task opens at a moment of the programme or with a round: for all things of one kind."""
    anchor = anchor_of(task.opens)
    named = {*(moment.key for moment in template.clock.moments), *(one.key for one in template.matching)}
    return anchor in {"", RESUMED, *named}


def opened_by_form(task: Task, template: Template) -> str:
    """The form whose entries each ask for the task once more, by its key; empty where none does.

    A task to agree to entries, answer them or be introduced by them is asked for each of them, whatever opens it.
    """
    opens = parsed(task.opens)
    known = opens.state in {"", *STATES["form"]} or names_day(template, opens.anchor, opens.state)
    if template.form(opens.anchor) and known:
        return opens.anchor
    named = (task.do.agree, task.do.answer, task.do.introduce)
    return next((key for key in named if key and template.form(key)), "")


def subject(
    task: Task, programme: Programme, thing: Thing, entry: Entry | None, line: Line | None, *, named: str = ""
) -> Subject:
    """What a task about a thing, an entry about it or a line of that is about. `named`: whom the entry names."""
    do, key = task.do.kind_and_key()
    form = programme.template.form(key)
    if form is None or do == "confirm":
        return Subject(thing.kind, thing.about_id)
    if do in {"agree", "answer", "introduce"}:
        return Subject("entry", entry.entry_id if entry and entry.form == key else "")
    ids = {
        thing.kind: thing.about_id,
        thing.key: thing.about_id,
        "programme": programme.programme_id,
        "school": school_meant(task, thing.school_id, thing.host_school_id if thing.school_id else None) or "",
        "group": thing.group_id,
        "cohort": thing.cohort_id,
        "action": line.line_id if line else "",
    }
    if entry:
        ids |= {"entry": entry.entry_id, entry.form: entry.entry_id}
    return Subject(form.about, ids.get(form.about, named if about_role(form, programme.template) else ""))


def about_role(form: Form, template: Template) -> bool:
    """Whether the form is about somebody in a role: whoever fills it in names them, or they were named before."""
    return any(role.key == form.about for role in template.roles) and form.about not in SUBJECTS


def _visits_schools(task: Task) -> bool:
    """Whether its people hold their roles for the programme and owe it for each school, as a trainer or consultant."""
    return all(one.scope == "own" and not one.is_function for one in map(parse_reference, task.who))


def _of_programme(reference: str, template: Template) -> bool:
    """Whether the people named are those of the programme, not of a school."""
    one = parse_reference(reference)
    if one.scope in _EVERYWHERE or (one.is_function and one.role == "coordinator"):
        return True
    roles = [role for role in template.roles if role.key in template.roles_of(one.role)]
    return one.scope == "own" and bool(roles) and all(role.at == "programme" for role in roles)
