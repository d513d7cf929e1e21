"""Builds the planner's and the checker's input from what is stored."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from services.scheduling.domain.calendars.common_days import days_of
from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.domain.visits.records import (
    CohortRecord,
    EnrolmentRecord,
    FacilitatorRecord,
    GroupRecord,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.domain.visits.terms import Dated
from services.scheduling.planner import model
from services.scheduling.planner.horizon import first_movable_day
from shared.events.base import DateSpan

LayOut = Callable[[dt.date, dt.date], tuple[dt.date, ...]]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a cohort's calendar depends on.

    `ruled_out`: days by person, and those on which the cohort pauses by its id; `engaged`: days of people and
    facilitators taken by other cohorts or agreed with others; `excused`: (group, host) of cancelled visits;
    `called_off`: activities whose events were cancelled, which get no date again; `places`: activity -> the venue that
    the coordinator has entered.
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
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_movable_day(self) -> dt.date:
        """The first day on which new dates may lie, and from which visits can be moved."""
        notice = self.programme.terms.notice_working_days
        return first_movable_day(self.today, notice, self.calendars.bank_holidays)

    def enrolled(self, group: GroupRecord) -> list[EnrolmentRecord]:
        """The enrolments of a group's schools that are still in."""
        found = (self.enrolments[school] for school in group.school_ids if school in self.enrolments)
        return [enrolment for enrolment in found if not enrolment.withdrawn]


def problem_of(sources: Sources, rules: model.Rules | None = None) -> model.Problem:
    """The problem of a cohort's calendar, by default of one that is yet to be planned."""
    days = cache(_laid_out)  # a country names the same stretches of days thousands of times
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


def _laid_out(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(DateSpan(first=first, last=last).days())


def _joined(days: LayOut, spans: Iterable[DateSpan], further: Iterable[dt.date]) -> model.Dates:
    """The days of these spans, and further ones."""
    return frozenset(further).union(*(days(span.first, span.last) for span in spans))


def required_of(programme: ProgrammeRecord, enrolment: EnrolmentRecord) -> tuple[str, ...]:
    """The people of a school without whom no visit takes place."""
    visit, pair = programme.terms.visit, programme.terms.pair
    roles = visit.attendees if visit else pair
    return tuple(one.person_id for one in enrolment.people if one.role in roles and one.role in pair)


def window(dated: Dated, earliest: dt.date) -> tuple[dt.date, dt.date]:
    """The days on which something may be from `earliest` on; empty (last before first) once they have passed."""
    return max(dated.first, earliest), dated.last


def event_rules(sources: Sources, earliest: dt.date) -> tuple[model.EventRule, ...]:
    """The cohort events that take place and whose windows are open from `earliest` on, and how each lies to visits."""
    terms, found = sources.programme.terms, []
    for event in terms.events:
        first, last = window(event, earliest)
        if first <= last and event.key not in sources.called_off:
            found.append(model.EventRule(event.key, first, last, order_of(event, terms.visit)))
    return tuple(found)


def order_of(event: Dated, visits: Dated | None) -> str:
    """Whether an event comes before all visits, after all, or between."""
    if visits is None:
        return "between"
    if event.first < visits.first:
        return "launch"
    return "closing" if event.last > visits.last else "between"


def passed_events(sources: Sources) -> tuple[str, ...]:
    """The cohort events whose windows have passed."""
    open_ones = {rule.key for rule in event_rules(sources, sources.first_movable_day)} | sources.called_off
    return tuple(event.key for event in sources.programme.terms.events if event.key not in open_ones)


def planning_rules(sources: Sources) -> model.Rules:
    """The rules for new dates: nothing before the days that are frozen today."""
    return _rules(sources, sources.first_movable_day, event_rules(sources, sources.first_movable_day))


def rules_around(sources: Sources) -> model.Rules:
    """The rules for new dates beside some that stand, which may lie anywhere in the template's window."""
    return _rules(sources, dt.date.min, event_rules(sources, sources.first_movable_day))


def standing_rules(sources: Sources, events: Iterable[str]) -> model.Rules:
    """The rules for a calendar that stands: the template's whole windows, for the events that have dates."""
    known = set(events)
    return _rules(sources, dt.date.min, tuple(rule for rule in event_rules(sources, dt.date.min) if rule.key in known))


def _rules(sources: Sources, earliest: dt.date, events: tuple[model.EventRule, ...]) -> model.Rules:
    rules, visits, today = sources.programme.terms, sources.programme.terms.visit, sources.today
    first, last = window(visits, earliest) if visits else (today, today)
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
    nobody_hosts = sources.programme.terms.visit is None
    excused = frozenset(one for one in pairs if nobody_hosts or (group.group_id, one) in sources.excused)
    return model.Group(group.group_id, tuple(pairs), pairs, excused, group.number)


def _school(sources: Sources, enrolment: EnrolmentRecord, days: LayOut) -> model.School:
    closed = _joined(days, enrolment.days_off(), sources.closures.get(enrolment.school_id, ()))
    return model.School(
        enrolment.school_id,
        enrolment.authority_code,
        enrolment.phase,
        enrolment.region,
        closed,
        enrolment.easting,
        enrolment.northing,
        enrolment.name,
    )


def _people(sources: Sources, days: LayOut) -> dict[str, model.Person]:
    found, titles = dict[str, model.Person](), sources.programme.terms.roles
    for enrolment in sources.enrolments.values():
        for one in enrolment.people:
            further = _further(sources, one.person_id)
            if one.person_id in found:
                further |= found[one.person_id].impossible
            away = _joined(days, one.dates_not_possible, further)
            title = titles.get(one.role, one.role)
            found[one.person_id] = model.Person(one.person_id, enrolment.school_id, away, title)
    return found


def _facilitator(sources: Sources, one: FacilitatorRecord) -> model.Facilitator:
    days = days_of(one.dates_not_possible) | _further(sources, one.person_id)
    return model.Facilitator(one.person_id, one.regions, one.capacity, frozenset(days), one.easting, one.northing)


def _further(sources: Sources, person: str) -> set[dt.date]:
    return {*sources.ruled_out.get(person, ()), *sources.engaged.get(person, ())}


def planned(record: VisitRecord) -> model.Visit:
    """A visit as planner and checker see it: its required people once each, a substitute as whom they stand in for."""
    visit = record.visit
    people = tuple(dict.fromkeys(one.substitute_for or one.person_id for one in visit.attendees if one.required))
    return model.Visit(
        visit.visit_id, visit.group_id, visit.host_school_id, visit.on, visit.facilitator_id, people, record.pinned
    )
