"""What scheduling takes from a programme's template, in whichever version of the language it is written."""

import datetime as dt

from pydantic import Field

from services.scheduling.domain.record import Record
from shared.events.people import ROLE_TITLES
from shared.events.template import Activity as FirstActivity
from shared.events.template import ProgrammeTemplate
from shared.template import Template
from shared.template.activities import Activity, Dating, Venue
from shared.template.days import day_of
from shared.template.pauses import Pause
from shared.template.resolving import roles_named

__all__ = ["Dated", "Terms", "terms_of"]

VISIT, EVENT = "visit", "cohort-event"
EVERY_SCHOOL = frozenset({"own", "group", "party", "cohort", "programme"})
"""Scopes that name people of each school of a group, whoever hosts."""
FIRST_DAY, LAST_DAY = (9, 1), (7, 31)
"""Month and day between which something takes place of which the template leaves the window open."""


class Dated(Record):
    """A visit day or a cohort event of a programme: when it may be, and who is invited.

    `attendees`: roles at every school; `hosts`, `guests`: roles at the school that hosts, and at those that visit.
    """

    key: str
    title: str
    first: dt.date
    last: dt.date
    starts: dt.time
    ends: dt.time
    attendees: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    facilitated: bool = False
    place: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role of which somebody is invited."""
        return tuple(dict.fromkeys((*self.attendees, *self.hosts, *self.guests)))

    def invites(self, role: str, *, host: bool) -> bool:
        """Whether people of that role come from the school that hosts, or from one that visits."""
        return role in self.attendees or role in (self.hosts if host else self.guests)

    def after(self, pause: Pause) -> "Dated":
        """The same with its window as it lies once the programme goes on."""
        return self.model_copy(update={"first": _after(self.first, pause), "last": _after(self.last, pause)})


class Terms(Record):
    """How a programme's dates are found and changed.

    `pair`: roles without whom no visit takes place, or whom events suit where there are no visits;
    `answer_reminders_days`: days after an invitation on which the unanswered are reminded; `brief_due_days`: days
    before a visit on which the host's brief is asked for, if it is; `brief_by`: the roles that write it; `roles`: roles
    as people read them; `first_version`: opened with a template of 0.1.0, so that what is published of it stays in
    version 1.
    """

    visit: Dated | None = None
    events: tuple[Dated, ...] = ()
    pair: tuple[str, ...] = ()
    spacing_working_days: int = 10
    notice_working_days: int = 10
    preferred_weekdays: tuple[int, ...] = (3, 4)
    answer_reminders_days: tuple[int, ...] = ()
    brief_due_days: int | None = None
    brief_by: tuple[str, ...] = ()
    publish_needs_coordinator: bool = True
    timezone: str = "Europe/London"
    roles: dict[str, str] = Field({})
    first_version: bool = False

    def after(self, pause: Pause) -> "Terms":
        """The same with every window as it lies once the programme goes on."""
        visit = self.visit.after(pause) if self.visit else None
        return self.model_copy(update={"visit": visit, "events": tuple(one.after(pause) for one in self.events)})


def terms_of(template: ProgrammeTemplate | Template, year: int) -> Terms:
    """The terms that a template states for the programme whose first September is in that year."""
    if isinstance(template, ProgrammeTemplate):
        return _of_first_version(template, year)
    visit = next((one for one in template.activities if one.kind == VISIT), None)
    dated = _dated(template, visit, year) if visit else None
    events = tuple(_dated(template, one, year) for one in template.activities if one.kind == EVENT)
    dating = (visit.dating if visit else None) or Dating()
    return Terms(
        visit=dated,
        events=events,
        pair=dated.attendees if dated else tuple(dict.fromkeys(role for one in events for role in one.attendees)),
        **dating.model_dump(),
        timezone=template.timezone,
        roles={role.key: role.title or role.key for role in template.roles},
    )


def _after(day: dt.date, pause: Pause) -> dt.date:
    return pause.after(day) or day


def _dated(template: Template, activity: Activity, year: int) -> Dated:
    first = day_of(activity.opens, template, year) or dt.date(year, *FIRST_DAY)
    last = day_of(activity.closes, template, year) or dt.date(year + template.clock.years, *LAST_DAY)
    return Dated(
        key=activity.key,
        title=activity.title,
        first=first,
        last=last,
        starts=activity.starts or dt.time(9),
        ends=activity.ends or dt.time(15),
        attendees=roles_named(activity.who, template, EVERY_SCHOOL),
        hosts=roles_named(activity.who, template, {"host"}),
        guests=roles_named(activity.who, template, {"guest"}),
        facilitated=activity.facilitated,
        place=_place(activity.venue) if activity.venue else "",
    )


def _place(venue: Venue) -> str:
    return ", ".join(part for part in (venue.name, venue.address, venue.access) if part)


def _of_first_version(template: ProgrammeTemplate, year: int) -> Terms:
    visits = [one for one in template.activities if one.kind == VISIT]
    rules = template.scheduling
    return Terms(
        visit=_first_dated(visits[0], year) if visits else None,
        events=tuple(_first_dated(one, year) for one in template.activities if one.kind == EVENT),
        pair=template.enrolment.pair,
        spacing_working_days=rules.spacing_working_days,
        notice_working_days=rules.notice_working_days,
        preferred_weekdays=rules.preferred_weekdays,
        answer_reminders_days=rules.answer_reminders_days,
        brief_due_days=rules.brief_due_days,
        brief_by=tuple(role for form in template.forms if form.key == "visit-brief" for role in form.by),
        publish_needs_coordinator=rules.publish_needs_coordinator,
        timezone=template.timezone,
        roles=dict(ROLE_TITLES),
        first_version=True,
    )


def _first_dated(activity: FirstActivity, year: int) -> Dated:
    window = activity.window
    return Dated(
        key=activity.key,
        title=activity.title,
        first=window.first.within(year),
        last=window.last.within(year),
        starts=activity.starts,
        ends=activity.ends,
        attendees=activity.attendees,
        facilitated=activity.facilitated,
        place=activity.place,
    )
