"""From what scheduling keeps to the problem that the planner and the checker read."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.scheduling.domain import model
from services.scheduling.domain.calendars import calendar, school_year
from services.scheduling.domain.horizon import add_working_days
from services.scheduling.domain.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    ProgrammeRecord,
    VisitRecord,
)
from shared.events.base import DateSpan
from shared.events.template import Activity


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendar data in force: imported or shipped terms by authority code, and one for all others."""

    terms: Mapping[str, model.TermCalendar]
    default: model.TermCalendar
    bank_holidays: model.Dates
    exams: Mapping[str, model.Dates]

    def of(self, authority_code: str) -> model.TermCalendar:
        """The terms of an authority, or the generated ones."""
        return self.terms.get(authority_code, self.default)


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a cohort's calendar depends on.

    `ruled_out`: days by person, and those on which the cohort pauses by its id; `engaged`: days of people and
    facilitators taken by other cohorts or agreed with others; `excused`: (group, host) of cancelled visits;
    `called_off`: activities whose events were cancelled, which get no date again.
    """

    programme: ProgrammeRecord
    cohort: CohortRecord
    groups: Sequence[GroupRecord]
    enrolments: Mapping[str, EnrolmentRecord]
    facilitators: Sequence[FacilitatorRecord]
    calendars: Calendars
    today: dt.date
    closures: Mapping[str, Sequence[dt.date]] = field(default_factory=dict)
    ruled_out: Mapping[str, Sequence[dt.date]] = field(default_factory=dict)
    engaged: Mapping[str, Sequence[dt.date]] = field(default_factory=dict)
    excused: frozenset[tuple[str, str]] = frozenset()
    called_off: frozenset[str] = frozenset()

    def enrolled(self, group: GroupRecord) -> list[EnrolmentRecord]:
        """The enrolments of a group's schools that are still in."""
        found = (self.enrolments[school] for school in group.school_ids if school in self.enrolments)
        return [enrolment for enrolment in found if not enrolment.withdrawn]


def days_of(spans: Iterable[DateSpan]) -> set[dt.date]:
    """Every day of these spans."""
    return {day for span in spans for day in span.days()}


class _Days:
    """Sets of days in which the same day is one object: a country's diaries name each day thousands of times."""

    def __init__(self) -> None:
        self._known: dict[dt.date, dt.date] = {}
        self._spans: dict[tuple[dt.date, dt.date], tuple[dt.date, ...]] = {}
        self._none: model.Dates = frozenset()

    def of(self, spans: Iterable[DateSpan], further: Iterable[dt.date] = ()) -> model.Dates:
        """The days of these spans, and further ones."""
        found = set[dt.date]()
        for span in spans:
            found.update(self._span(span))
        found.update(self._each(further))
        return frozenset(found) or self._none

    def _span(self, span: DateSpan) -> tuple[dt.date, ...]:
        key = span.first, span.last
        if key not in self._spans:
            self._spans[key] = self._each(span.days())
        return self._spans[key]

    def _each(self, days: Iterable[dt.date]) -> tuple[dt.date, ...]:
        return tuple([self._known.setdefault(day, day) for day in days])


def problem_of(sources: Sources, rules: model.Rules | None = None) -> model.Problem:
    """The problem of a cohort's calendar, by default of one that is yet to be planned."""
    days = _Days()
    return model.Problem(
        rules=rules or planning_rules(sources),
        groups=tuple(_group(sources, group) for group in sources.groups),
        schools={enrolment.school_id: _school(sources, enrolment, days) for enrolment in sources.enrolments.values()},
        people=_people(sources, days),
        facilitators={one.person_id: _facilitator(sources, one) for one in sources.facilitators},
        calendars={
            enrolment.authority_code: sources.calendars.of(enrolment.authority_code)
            for enrolment in sources.enrolments.values()
        },
        bank_holidays=sources.calendars.bank_holidays,
        exams=sources.calendars.exams,
    )


def required_of(programme: ProgrammeRecord, enrolment: EnrolmentRecord) -> tuple[str, ...]:
    """The people of a school without whom no visit takes place."""
    activity, pair = programme.visit_activity, programme.template.enrolment.pair
    roles = activity.attendees if activity else pair
    return tuple(one.person_id for one in enrolment.people if one.role in roles and one.role in pair)


def window(activity: Activity, year: int, earliest: dt.date) -> tuple[dt.date, dt.date]:
    """The days of an activity's window from `earliest` on; empty (last before first) once it has passed."""
    return max(activity.window.first.within(year), earliest), activity.window.last.within(year)


def event_rules(sources: Sources, earliest: dt.date) -> tuple[model.EventRule, ...]:
    """The cohort events that take place and whose windows are open from `earliest` on, and how each lies to visits."""
    programme, visits = sources.programme, sources.programme.visit_activity
    found = []
    for activity in programme.event_activities:
        first, last = window(activity, programme.year, earliest)
        if first <= last and activity.key not in sources.called_off:
            found.append(model.EventRule(activity.key, first, last, order_of(activity, visits, programme.year)))
    return tuple(found)


def order_of(activity: Activity, visits: Activity | None, year: int) -> str:
    """Whether an event comes before all visits, after all, or between."""
    if visits is None:
        return "between"
    if activity.window.first.within(year) < visits.window.first.within(year):
        return "launch"
    return "closing" if activity.window.last.within(year) > visits.window.last.within(year) else "between"


def passed_events(sources: Sources) -> tuple[str, ...]:
    """The cohort events whose windows have passed."""
    open_ones = {rule.key for rule in event_rules(sources, _earliest(sources))} | sources.called_off
    return tuple(activity.key for activity in sources.programme.event_activities if activity.key not in open_ones)


def _earliest(sources: Sources) -> dt.date:
    notice = sources.programme.template.scheduling.notice_working_days
    frozen = add_working_days(sources.today, notice, sources.calendars.bank_holidays)
    return frozen + dt.timedelta(days=1)


def planning_rules(sources: Sources) -> model.Rules:
    """The rules for new dates: nothing before the days that are frozen today."""
    return _rules(sources, _earliest(sources), event_rules(sources, _earliest(sources)))


def standing_rules(sources: Sources, events: Iterable[str]) -> model.Rules:
    """The rules for a calendar that stands: the template's whole windows, for the events that have dates."""
    known = set(events)
    return _rules(sources, dt.date.min, tuple(rule for rule in event_rules(sources, dt.date.min) if rule.key in known))


def _rules(sources: Sources, earliest: dt.date, events: tuple[model.EventRule, ...]) -> model.Rules:
    rules, visits = sources.programme.template.scheduling, sources.programme.visit_activity
    today = sources.today
    first, last = window(visits, sources.programme.year, earliest) if visits else (today, today)
    return model.Rules(
        first=first,
        last=max(first, last),
        spacing=rules.spacing_working_days,
        notice=rules.notice_working_days,
        weekdays=rules.preferred_weekdays,
        events=events,
        facilitated=visits.facilitated if visits else False,
        paused=frozenset(sources.ruled_out.get(sources.cohort.cohort_id, ())),
    )


def _group(sources: Sources, group: GroupRecord) -> model.Group:
    enrolled = sources.enrolled(group)
    pairs = {enrolment.school_id: required_of(sources.programme, enrolment) for enrolment in enrolled}
    excused = frozenset(school for school in pairs if (group.group_id, school) in sources.excused)
    return model.Group(group.group_id, tuple(pairs), pairs, excused)


def _school(sources: Sources, enrolment: EnrolmentRecord, days: _Days) -> model.School:
    closed = days.of(enrolment.dates_not_possible, sources.closures.get(enrolment.school_id, ()))
    return model.School(
        enrolment.school_id,
        enrolment.authority_code,
        enrolment.phase,
        enrolment.region,
        closed,
        enrolment.easting,
        enrolment.northing,
    )


def _people(sources: Sources, days: _Days) -> dict[str, model.Person]:
    found: dict[str, model.Person] = {}
    for enrolment in sources.enrolments.values():
        for one in enrolment.people:
            further = _further(sources, one.person_id)
            if one.person_id in found:
                further |= found[one.person_id].impossible
            away = days.of(one.dates_not_possible, further)
            found[one.person_id] = model.Person(one.person_id, enrolment.school_id, away)
    return found


def _facilitator(sources: Sources, one: FacilitatorRecord) -> model.Facilitator:
    days = days_of(one.dates_not_possible) | _further(sources, one.person_id)
    return model.Facilitator(one.person_id, one.regions, one.capacity, frozenset(days), one.easting, one.northing)


def _further(sources: Sources, person: str) -> set[dt.date]:
    return {*sources.ruled_out.get(person, ()), *sources.engaged.get(person, ())}


def planned(record: VisitRecord) -> model.Visit:
    """A visit as planner and checker see it: its required people, a substitute counting as whom they stand in for."""
    visit = record.visit
    people = tuple(one.substitute_for or one.person_id for one in visit.attendees if one.required)
    return model.Visit(
        visit.visit_id, visit.group_id, visit.host_school_id, visit.on, visit.facilitator_id, people, record.pinned
    )


def covers(terms: model.TermCalendar, year: int) -> bool:
    """Whether a calendar holds school days of a school year."""
    return any(school_year(day) == year for day in terms.days)


def imported(authority_code: str, source: str, days: Iterable[dt.date]) -> model.TermCalendar:
    """An imported list of school days as a calendar."""
    return calendar(authority_code, source, days)
