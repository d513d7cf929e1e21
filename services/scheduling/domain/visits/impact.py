"""What a change of calendar data does to a standing calendar: which dates lie on closed days, and their repairs.

Looking changes nothing: the coordinator sees it before anything is drafted, published or mailed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.visits import explanations
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.records import EventRecord, State, VisitDate, VisitRecord
from services.scheduling.planner.board import Board
from services.scheduling.planner.model import Group, Problem
from services.scheduling.planner.replan import Repair, Replanner, Tier
from services.scheduling.planner.wording import in_words

STANDS: frozenset[State] = frozenset({"draft", "published"})


@dataclass(frozen=True, slots=True)
class Closed:
    """A school that does not work, or cannot host, on a day, and why."""

    school: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A visit or event on a closed day: for whom it is one, and `repair`, a sentence by the id of each visit moved.

    `repair` is empty where the rules allow none; `advice` then says who decides.
    """

    record: VisitRecord | EventRecord
    closed: tuple[Closed, ...]
    repair: tuple[tuple[str, str], ...] = ()
    advice: str = ""

    @property
    def target_id(self) -> str:
        """The id of the visit or event."""
        return self.record.visit.visit_id if isinstance(self.record, VisitRecord) else self.record.event.event_id


def impact(board: Board, visits: Sequence[VisitRecord], events: Sequence[EventRecord], today: dt.date) -> list[Hit]:
    """Draft and published dates from `today` on that lie on closed days, visits before events, each by date.

    The repairs are found one after the other on `board`, so that all of them can be carried out together.
    """
    replanner = Replanner(board, today)
    records = {record.visit.visit_id: record for record in visits}
    dates = (_date(record) for record in visits)
    hits = [_hit(replanner, records[date.visit_id], closed) for date, closed in lying(board.problem, dates, today)]
    return hits + events_hit(board.problem, events, today)


def lying(problem: Problem, visits: Iterable[VisitDate], today: dt.date) -> list[tuple[VisitDate, tuple[Closed, ...]]]:
    """Draft and published visits from `today` on that lie on closed days, by date, and for whom each is one.

    Of the problem it reads schools, groups and calendars, no people and no facilitators.
    """
    groups = {group.id: group for group in problem.groups}
    standing = (each for each in visits if _stands(each.state, each.on, today))
    ordered = sorted(standing, key=lambda each: (each.on, each.visit_id))
    asked = ((each, _of_visit(problem, groups, each)) for each in ordered)
    return [(each, closed) for each, closed in asked if closed]


def _date(record: VisitRecord) -> VisitDate:
    visit = record.visit
    return VisitDate(visit.visit_id, visit.group_id, visit.host_school_id, visit.on, record.state)


def _stands(state: State, on: dt.date, today: dt.date) -> bool:
    return state in STANDS and on >= today


def _of_visit(problem: Problem, groups: Mapping[str, Group], visit: VisitDate) -> tuple[Closed, ...]:
    group = groups.get(visit.group_id)
    if group is None or visit.host_school_id not in group.schools:
        return ()
    closed = closed_on(problem, group.schools, visit.on)
    host, known = visit.host_school_id, {each.school for each in closed}
    if host not in known and visit.on in problem.exams.get(problem.schools[host].phase, ()):
        return (*closed, Closed(host, "has tests or examinations"))
    return closed


def events_hit(problem: Problem, events: Iterable[EventRecord], today: dt.date) -> list[Hit]:
    """Draft and published events from `today` on whose days are closed for schools of the cohort, by date."""
    schools = sorted({school for group in problem.groups for school in group.schools})
    advice = "Cohort events are not moved by a repair: draft the calendar again, or keep the day for those who can."
    found, closed_by_day = [], dict[dt.date, tuple[Closed, ...]]()
    for record in sorted(events, key=lambda each: each.event.on):
        on = record.event.on
        if _stands(record.state, on, today) and on not in closed_by_day:
            closed_by_day[on] = closed_on(problem, schools, on)
        closed = closed_by_day.get(on, ()) if _stands(record.state, on, today) else ()
        if closed:
            found.append(Hit(record, closed, (), advice))
    return found


def closed_on(problem: Problem, schools: Iterable[str], day: dt.date) -> tuple[Closed, ...]:
    """Those of the schools that do not work on a day."""
    named = ((school, _why(problem, school, day)) for school in schools)
    return tuple(Closed(school, why) for school, why in named if why)


def _why(problem: Problem, school: str, day: dt.date) -> str:
    if day in problem.bank_holidays:
        return "has a bank holiday"
    if day in problem.schools[school].closed:
        return "is closed that day"
    return "" if day in problem.calendar_of(school).days else "has no school by its authority's term dates"


def _hit(replanner: Replanner, record: VisitRecord, closed: tuple[Closed, ...]) -> Hit:
    visit = planned(record)
    current = next(each for each in replanner.board.visits[visit.group] if each.id == visit.id)
    if current.on != visit.on:
        return Hit(record, closed, (), f"Moves to {in_words(current.on)} with another visit of this list.")
    repair = replanner.repair(current)
    if repair.tier is Tier.COORDINATOR:
        return Hit(record, closed, (), _advice(replanner, record))
    return Hit(record, closed, _sentences(repair, visit.id))


def _advice(replanner: Replanner, record: VisitRecord) -> str:
    if record.pinned:
        return "The coordinator chose this date, so it moves only by the coordinator's hand."
    if record.visit.on <= replanner.frozen:
        return f"It is too near to be moved without the coordinator: dates to {in_words(replanner.frozen)} stay."
    return "No other date keeps the rules; the coordinator decides."


def _sentences(repair: Repair, repaired: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            change.before.id,
            explanations.difference(change, repair.tier, "calendar-change", repaired=change.before.id == repaired),
        )
        for change in repair.changes
    )
