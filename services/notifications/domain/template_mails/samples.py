"""Every mail that a programme sends by its template, so that it can be read before anybody gets it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from services.notifications.domain.kinds import COURSE_DATES
from services.notifications.domain.template_mails import news
from services.notifications.domain.template_mails.records import NewsKind
from services.notifications.domain.template_mails.routing import says
from shared.commands.previews import Section
from shared.template import Activity, Form, Task, Template
from shared.template.kinds import AGREED, CALL, SESSION
from shared.template.references import FUNCTIONS, parse_reference

_STAGES = {"asked": "asked", "reminded": "a reminder", "missed": "it was not done"}
_NEWS = {
    "submitted": "handed in, to be agreed to", "answered": "answered line by line",
    "changes-asked": "changes are asked for",    "agreed": "agreed to, to be let go", "released": "can be read",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One mail. `people`: whom it goes to; `of`: the part of the template; `state`: what has happened to it."""

    section: Section
    of: str
    state: str
    what: str
    template: str
    people: tuple[str, ...]

    @property
    def key(self) -> str:
        """What it is asked for by."""
        return f"{self.section}.{self.of}.{self.state}"


def samples(template: Template) -> tuple[Sample, ...]:
    """Return every mail of a template, the same part in one place."""
    return (*_tasks(template), *_own(template), *_forms(template), *_reports(template), *_dates(template))


def titled(task: Task, template: Template) -> str:
    """Return what is owed, in the template's words."""
    _, key = task.do.kind_and_key()
    form, activity = template.form(key), template.activity(key)
    named = form.title if form else activity.title if activity else ""
    return task.title or named or task.key.replace("-", " ").capitalize()


def _tasks(template: Template) -> Iterator[Sample]:
    for task in template.tasks:
        told = task.missed.tell if task.missed else ()
        wanted = {"asked": task.who, "reminded": task.who if task.remind else (), "missed": told}
        for stage, people in wanted.items():
            if people and not says(template, task.key, stage):
                weekly = task.bundled and stage == "asked"
                kind = "weekly-tasks" if weekly else "task-reminder" if stage == "reminded" else "task"
                words = "asked, in the weekly mail" if weekly else _STAGES[stage]
                yield Sample("tasks", task.key, stage, f"{titled(task, template)}: {words}", kind, people)


def _own(template: Template) -> Iterator[Sample]:
    for mail in template.mails:
        if mail.subject:
            people = (*mail.to, *(one for also in mail.also for one in also.people))
            what = mail.key.replace("-", " ").capitalize()
            yield Sample("mails", mail.key, "sent", what, "own-words", people)


def _forms(template: Template) -> Iterator[Sample]:
    for form in template.forms:
        for state in get_args(NewsKind):
            people = _concerned(form, state)
            if people and news.is_told(state, form, template) and not says(template, form.key, state):
                yield Sample("forms", form.key, state, f"{form.title}: {_NEWS[state]}", "entry-news", people)


def _concerned(form: Form, state: str) -> tuple[str, ...]:
    release = form.release
    match state:
        case "submitted":
            return (form.sign_off.by,) if form.sign_off else ()
        case "changes-asked":
            return form.by if form.sign_off else ()
        case "answered":
            return form.by if form.answered else ()
        case "agreed":
            return (release.by,) if release and release.by and form.sign_off else ()
        case "released":
            return (*release.to, *(one for also in release.also for one in also.people)) if release else ()
        case _:
            return ()


def _reports(template: Template) -> Iterator[Sample]:
    for report in template.reports:
        form = template.form(report.release_of or "")
        people = report.to or (form.release.to if form and form.release else ())
        if people and not says(template, report.key, "released"):
            yield Sample("reports", report.key, "released", f"{report.title}: can be read", "report-news", people)


def _dates(template: Template) -> Iterator[Sample]:
    for one in template.matching:
        if one.kind == "groups":
            roles = tuple(role.key for role in template.roles if role.at == "school" and not role.of)
            yield Sample("dates", one.key, "formed", f"{one.title or one.key}: who is in it", "cohort-formed", roles)
    for activity in template.activities:
        for state, what, kind, people in _invitations(activity):
            yield Sample("dates", activity.key, state, f"{activity.title}: {what}", kind, people)


def _invitations(one: Activity) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    match one.kind:
        case "visit":
            yield "invited", "invitation to the visitors", "visit-invitation", one.who
            yield "hosts", "to who hosts it", "visit-host", one.who
            if one.facilitated:
                yield "leads", "to who leads it", "visit-facilitator", ("facilitator",)
            yield from _changes(one, "visit-moved", "visit-cancelled")
        case kind if kind in AGREED:
            yield "agreed", "a day is agreed", "agreed-day", one.who
            yield from _changes(one, "agreed-day", "agreed-day-cancelled")
        case kind if kind == SESSION or one.hosted:
            yield "invited", "its dates", COURSE_DATES, one.who
            yield from _changes(one, "event-moved", "event-cancelled")
        case kind if kind == CALL:
            yield "offered", "choose a time", "call-offered", one.who
            yield "booked", "a time is chosen", "call-booked", one.who
            yield "cancelled", "it is called off", "call-cancelled", one.who
        case "cohort-event":
            yield "invited", "invitation", "event-invitation", one.who
            yield from _changes(one, "event-moved", "event-cancelled")
        case _:
            return


def _changes(one: Activity, moved: str, cancelled: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    yield "moved", "another day", moved, one.who
    yield "cancelled", "it is called off", cancelled, one.who


def said(references: Iterable[str], template: Template) -> tuple[str, ...]:
    """Return whom references name, as people say it, each once."""
    return tuple(dict.fromkeys(_person(one, template) for one in references))


def _person(text: str, template: Template) -> str:
    one = parse_reference(text)
    if one.is_function:
        return {"coordinator": "the coordinator", "facilitator": "the facilitator"}.get(one.role, FUNCTIONS[one.role])
    role = next((role for role in template.roles if role.key == one.role), None)
    name = (role.title if role else "") or one.role.replace("-", " ")
    return f"{name} of the host school" if one.scope == "host" else name
