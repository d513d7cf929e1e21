"""The year of a template as a table: what happens when, who is asked what, who gets which mail.

Days of the calendar are exact. What depends on people (a form is agreed, a round is published) is placed by the latest
day that the template gives it, and its cause is said in words.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.template.activities import Activity
from shared.template.cadences import cases
from shared.template.days import day_of, shifted
from shared.template.moments import Instant, parse_moment
from shared.template.tasks import Task
from shared.template.template import Template
from shared.template.words import Recipients

_TERMS = (9, 1, 4)
"""The months in which terms begin, the autumn's first."""
_DEPTH = 20
"""Causes behind causes that are followed; a validated template has no circles, only long chains."""


@dataclass(frozen=True)
class Row:
    """One line. `day` is exact where `cause` is empty, and the latest expected day otherwise."""

    day: dt.date | None
    cause: str
    what: str
    who: str = ""
    detail: str = ""


def year_of(template: Template, first_year: int) -> tuple[Row, ...]:
    """Everything the template makes happen, by day; what nobody can place comes last."""
    days = Days(template, first_year)
    rows = [*_clock(template, days), *_activities(template, days), *_rounds(template, days)]
    rows += [*_tasks(template, days), *_polls(template, days), *_mails(template, days), *_reports(template, days)]
    return tuple(sorted(rows, key=lambda row: (row.day is None, row.day or dt.date.max)))


@dataclass(frozen=True)
class Days:
    """Where moments fall in a year that is not yet played."""

    template: Template
    first_year: int

    def row(self, text: str, what: str, who: str = "", detail: str = "") -> Row:
        """A line at that moment."""
        instant = parse_moment(text)
        return Row(self.of(instant), "" if day_of(text, self.template, self.first_year) else text, what, who, detail)

    def day(self, text: str, task: Task | None = None) -> dt.date | None:
        """The latest day expected for a moment as it is written, of a task where it counts from its own days."""
        return self._text(text, 0, task)

    def exact(self, text: str) -> bool:
        """Whether a moment is a day of the calendar, whatever people do."""
        return day_of(text, self.template, self.first_year) is not None

    def of(self, instant: Instant, depth: int = 0) -> dt.date | None:
        """The latest day expected for a moment, or None."""
        if depth > _DEPTH:
            return None
        if instant.day is not None:
            day = instant.date_in(self.first_year)
        elif instant.term is not None:
            years, which = divmod(instant.term - 1, len(_TERMS))
            day = dt.date(self.first_year + years + (which > 0), _TERMS[which], 1)
        else:
            day = self._anchor(instant, depth + 1)
        return shifted(day, instant.offset) if day and instant.offset else day

    def _anchor(self, instant: Instant, depth: int) -> dt.date | None:
        template, key = self.template, instant.anchor
        if moment := template.clock.moment(key):
            return self._text(moment.text(instant.state), depth)
        for activity in template.activities:
            if activity.key == key:
                early = instant.state in {"invited", "agreed", "offered"}
                window = template.clock.moment(activity.during[0 if early else -1]) if activity.during else None
                opens, closes = (window.opens, window.closes) if window else (activity.opens, activity.closes)
                return self._text(opens if early else closes, depth)
        for one in template.matching:
            if one.key == key:
                needed = [self._form(form, "submitted", depth) for form in (one.people, one.things) if form]
                needed += [self._text(text, depth) for text in one.begins[:1]]
                return max((day for day in needed if day), default=None)
        for report in template.reports:
            if report.key == key:
                return self._text(report.after[0], depth)
        return self._form(key, instant.state, depth) or self._task(key, depth)

    def _form(self, key: str, state: str, depth: int) -> dt.date | None:
        """The last day on which the task for it is due; for what is agreed, of the task to agree, if there is one."""
        agreeing = [task for task in self.template.tasks if task.do.agree == key and state != "submitted"]
        asking = [task for task in self.template.tasks if task.do.form == key]
        days = [day for task in agreeing or asking if (day := self._due(task, depth))]
        form = self.template.form(key)
        return max(days) if days else self._text(form.after, depth) if form and form.after else None

    def _task(self, key: str, depth: int) -> dt.date | None:
        return next((self._due(task, depth) for task in self.template.tasks if task.key == key), None)

    def _due(self, task: Task, depth: int) -> dt.date | None:
        return self._text(task.due, depth, task)

    def _text(self, text: str, depth: int, task: Task | None = None) -> dt.date | None:
        if not text or depth > _DEPTH:
            return None
        instant = parse_moment(text)
        if task is not None and instant.anchor in {"opened", "due"}:
            day = self._text(task.opens if instant.anchor == "opened" else task.due, depth + 1, task)
            return shifted(day, instant.offset) if day and instant.offset else day
        return self.of(instant, depth + 1)

    def task_row(self, task: Task, text: str, what: str, who: Iterable[str] = ()) -> Row:
        """A line about a task, and those who owe it, or whom it says besides."""
        exact = day_of(text, self.template, self.first_year)
        day, cause = self._text(text, 0, task), "" if exact else text
        named = ", ".join(who or task.who)
        only = (
            f", only schools that are {' or '.join(_categories(task, self.template))}" if task.only and not who else ""
        )
        return Row(day, cause, what, named + only, _title(task, self.template))


def _clock(template: Template, days: Days) -> Iterator[Row]:
    for moment in template.clock.moments:
        title = moment.title or moment.key
        if moment.at:
            yield days.row(moment.at, title)
        else:
            yield days.row(moment.opens, f"{title}: begins")
            yield days.row(moment.closes, f"{title}: ends")


def _activities(template: Template, days: Days) -> Iterator[Row]:
    for one in template.activities:
        who = ", ".join((*one.who, *_also(one.optional)))
        if one.opens:
            yield days.row(one.opens, f"{one.title}: from here on", who, one.kind)
        if one.closes:
            yield days.row(one.closes, f"{one.title}: at the latest", who, one.kind)
        for key in one.during:
            often = "a day" if one.each == 1 else f"{one.each} days"
            yield days.row(f"{key}.opens", f"{one.title}: {often} from here on", who, one.kind)
        if one.kind == "call":
            yield Row(None, "when it is booked", one.title, who, one.kind)
        if one.cadence:
            yield Row(None, "all year", one.title, who, f"{one.kind}, {_often(one)}")


def _often(activity: Activity) -> str:
    """How often a duty comes, for whom it comes how often."""
    by = cases(activity.cadence)
    told = ", ".join(f"{case}: {word}" for case, word in by.items() if word)
    return activity.cadence if isinstance(activity.cadence, str) else told


def _rounds(template: Template, days: Days) -> Iterator[Row]:
    for one in template.matching:
        if one.people or one.things:
            yield days.row(f"{one.key}.published", one.title or one.key, "coordinator", f"round of {one.kind}")
        elif not one.begins:
            cause = "when enrolment is closed" if one.kind == "groups" else "coordinator"
            yield Row(None, cause, one.title or one.key, "coordinator", f"round of {one.kind}")
        for text in one.begins:
            yield days.row(text, one.title or one.key, "coordinator", f"round of {one.kind}")


def _title(task: Task, template: Template) -> str:
    """What people read: the task's own title, else that of the form or activity that it is about."""
    form, activity = (find(task.do.kind_and_key()[1]) for find in (template.form, template.activity))
    about = form or activity
    return task.title or (about.title if about else task.key)


def _categories(task: Task, template: Template) -> list[str]:
    """The categories of schools that owe it, as people read them."""
    known = {one.key: one.title for one in template.categories.values} if template.categories else {}
    return [known.get(key, key) for key in task.only]


def _again(task: Task, template: Template) -> str:
    """That it is asked more than once."""
    if not task.repeat:
        return "asked"
    times = task.times or template.clock.years * (3 if task.repeat == "term" else 1)
    return f"asked, each {task.repeat}, {times} times"


def _tasks(template: Template, days: Days) -> Iterator[Row]:
    for task in template.tasks:
        yield days.task_row(task, task.opens, _again(task, template))
        for text in task.remind:
            yield days.task_row(task, text, "reminded if silent")
        yield days.task_row(task, task.due, "due")
        if task.missed:
            yield days.task_row(task, task.due, "told if it is missed", (*task.missed.tell, *task.missed.counts))


def _polls(template: Template, days: Days) -> Iterator[Row]:
    for poll in template.polls:
        chooses = "what most have named" if poll.chosen_by == "vote" else poll.chosen_by
        yield days.row(poll.closes, "theme chosen", chooses, poll.title)


def _mails(template: Template, days: Days) -> Iterator[Row]:
    for mail in template.mails:
        yield days.row(mail.on, "mail", ", ".join((*mail.to, *_also(mail.also))), mail.subject or mail.kit)


def _reports(template: Template, days: Days) -> Iterator[Row]:
    for report in template.reports:
        named = ", ".join((*report.to, *_also(report.also)))
        readers = f"readers of {report.release_of}" if report.release_of else named or "everybody"
        for after in report.after:
            yield days.row(after, "report", readers, report.title)
        for one in template.activities:
            if one.during and report.key in one.papers:
                yield from (
                    days.row(f"{key}.opens - {one.papers_days} days", f"paper: {one.title}", readers, report.title)
                    for key in one.during
                )


def _also(recipients: tuple[Recipients, ...]) -> Iterator[str]:
    for one in recipients:
        yield from (f"{person} if {one.when.field}" for person in one.people)
