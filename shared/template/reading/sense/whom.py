"""People who are there: whoever is named has a part in what the mail, task, form or report is about."""

from collections.abc import Iterator

from shared.template.kinds import AGREED, HELD, NEIGHBOURS, PAIRINGS
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import written_in
from shared.template.references import Reference, WrongReferenceError, parse_reference
from shared.template.tasks import Task
from shared.template.template import Template
from shared.template.variables import section_of
from shared.template.words import PEOPLE

_DATED = frozenset({"visit", "event"})
_WHOLE = frozenset({"programme", "cohort"})
_GIVEN = frozenset({"group", "visit", "event", "match", "pair"})
_EVENTS = frozenset({"cohort-event", "meeting", "session"})
_NEEDS: dict[str, tuple[frozenset[str], str]] = {
    "partners": (frozenset({"pair"}), "people of a pair or ring"),
    "attendees": (_DATED, "people of a dated thing"),
    "present": (_DATED, "people who were at a dated thing"),
    "facilitator": (_DATED, "who leads a dated thing"),
    "author": (frozenset({"entry"}), "who wrote an entry"),
    "host": (_DATED | {"match"}, "of the school that hosts a visit or somebody who is placed"),
    "guest": (_DATED | {"pair"}, "of the schools that come to a visit, or of a pair"),
    "group": (_DATED | {"group"}, "of the schools of a group"),
}
"""Function or scope -> the subjects of which one must be there, and who that would be."""


def faults(template: Template) -> Iterator[Fault]:
    """References that name nobody wherever they stand."""
    for at, text in written_in(PEOPLE, template):
        about = _about(template, at)
        if about is None:
            continue
        if said := _nobody(template, text, about) or _not_yet(template, at, text):
            yield Fault(at, said)


def subjects_of(template: Template, key: str) -> frozenset[str] | None:
    """What something is about that happens to a form, a date or people who are matched; None for all else."""
    if template.form(key):
        return _of_form(template, key)
    if activity := template.activity(key):
        return _of_activity(activity.kind)
    kind = next((one.kind for one in template.matching if one.key == key), "")
    return frozenset({"pair" if kind in PAIRINGS else "match"}) if kind and kind != "groups" else None


def _about(template: Template, at: Where) -> frozenset[str] | None:
    """The kinds of things that are there, where the reference stands; None where nobody can tell."""
    match at:
        case ("forms", int(index), part, *_):
            return _of_form(template, template.forms[index].key) | (set() if part == "by" else {"entry"})
        case ("reports", int(index), *_):
            return _subject(template, template.reports[index].about)
        case ("mails", int(index), *_):
            return _on(template, template.mails[index].on)
        case ("tasks", int(index), *_):
            return _of_task(template, template.tasks[index])
        case ("polls", *_):
            return frozenset({"programme"})
    return None


def _nobody(template: Template, text: str, about: frozenset[str]) -> str:
    try:
        one = parse_reference(text)
    except WrongReferenceError:
        return ""
    what = f"'{text}' is nobody here: this is about {_listed(about)}"
    named = [word for word in (one.scope, one.role) if word in _NEEDS]
    for word in named:
        subjects, who = _NEEDS[word]
        if (word == one.scope or one.is_function or one.is_function_there) and not about & subjects:
            return f"{what}, and it would be {who}."
    if about <= _WHOLE | {"pair"} and _of_a_school(template, one):
        instead = "partners" if "pair" in about else f"programme.{one.role}"
        return f"{what}, and at no school; write '{instead}'."
    return ""


def _not_yet(template: Template, at: Where, text: str) -> str:
    """Of a date that is to come nobody has been there yet."""
    instant = moment_in(template.mails[int(at[1])].on) if at[0] == "mails" else None
    dated = instant is not None and instant.state != HELD and template.activity(instant.anchor) is not None
    if dated and text.rpartition(".")[2] == "present":
        return f"'{text}' is nobody yet when a date is told: write 'attendees'."
    return ""


def _of_a_school(template: Template, one: Reference) -> bool:
    """Whether people are meant who hold a role at the school that a thing is about."""
    roles = [role for role in template.roles if role.key in template.roles_of(one.role)]
    return one.scope == "own" and not one.relation and bool(roles) and all(role.at == "school" for role in roles)


def _listed(about: frozenset[str]) -> str:
    words = [f"the {one}" if one in _WHOLE else f"an {one}" if one[0] in "ae" else f"a {one}" for one in sorted(about)]
    return " or ".join(words) or "the programme"


def _on(template: Template, text: str) -> frozenset[str] | None:
    """What a mail is about, by what it is on."""
    instant = moment_in(text)
    if instant is None:
        return None
    key = instant.anchor
    if template.clock.moment(key) or instant.state == "closed":
        return frozenset({"school"})
    if kind := next((one.kind for one in template.matching if one.key == key), ""):
        return frozenset({"pair" if kind in PAIRINGS else "match"})
    if activity := template.activity(key):
        return _of_activity(activity.kind)
    section = section_of(template, instant)
    return _of_form(template, key) | {"entry"} if section == "form" else _of_report_or_task(template, key, section)


def _of_report_or_task(template: Template, key: str, section: str) -> frozenset[str] | None:
    report = next((one for one in template.reports if one.key == key), None)
    if report is not None and section != "task":
        return _subject(template, report.about) | (set() if report.about in _WHOLE else {"school"})
    task = next((one for one in template.tasks if one.key == key), None)
    return _of_task(template, task) if task else None


def _of_task(template: Template, task: Task) -> frozenset[str] | None:
    """What a task is about: an entry that brings it about, else what it is laid out to."""
    instant = moment_in(task.opens)
    entry = next((key for key in (task.do.agree, task.do.answer, task.do.introduce) if key and template.form(key)), "")
    if entry or (instant and template.form(instant.anchor)):
        return _of_form(template, instant.anchor if instant and template.form(instant.anchor) else entry) | {"entry"}
    placing = {one.key: one.kind for one in template.matching}
    if instant is None or not (
        not instant.anchor or template.clock.moment(instant.anchor) or instant.anchor in placing
    ):
        return None
    form = template.form(task.do.form or "")
    about = _subject(template, form.about) if form else frozenset()
    activity = template.activity(task.do.choose or task.do.answer or (form.about if form else ""))
    if activity is not None:
        return about | _of_activity(activity.kind)
    if about & _GIVEN:
        return about
    if task.who == ("partners",):
        return frozenset({"pair"})
    matched = placing.get(instant.anchor) == "placements" and form is None and instant.state != "closed"
    return frozenset({"match"}) if matched else frozenset({"school"})


def _of_form(template: Template, key: str) -> frozenset[str]:
    """Everything that an entry of a form is about: the form's own subject, and what that is about."""
    found: set[str] = set()
    seen: set[str] = set()
    while key and key not in seen:
        seen.add(key)
        form = template.form(key)
        if form is None:
            break
        found |= _subject(template, form.about)
        key = form.about
        if template.form(key):
            found |= {"entry", "school"}
    return frozenset(found)


def _subject(template: Template, about: str) -> frozenset[str]:
    """A subject as one of the language's own; a role is a person, a form an entry, an activity a visit or event."""
    if activity := template.activity(about):
        return _of_activity(activity.kind)
    if template.form(about):
        return frozenset({"entry"})
    if about == "person" or any(role.key == about for role in template.roles):
        placed = any(one.kind == "placements" for one in template.matching)
        return frozenset({"person", "school", "match"} if placed else {"person", "school"})
    neighbours = any(one.kind == NEIGHBOURS for one in template.matching)
    agreed = any(one.kind in AGREED for one in template.activities)
    anything = {about, "entry", "school", "match", "pair", *_DATED, "group"}
    return frozenset(
        {
            "visit": {"visit", "match"} if agreed else {"visit"},
            "pair": {"pair", "school"} if neighbours else {"pair"},
            "action": anything,
            "entry": anything,
        }.get(about, {about})
    )


def _of_activity(kind: str) -> frozenset[str]:
    if kind in AGREED:
        return frozenset({"match", "event" if kind in _EVENTS else "visit"})
    return frozenset({"event" if kind in _EVENTS else "visit"})
