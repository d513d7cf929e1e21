"""Dates that the coordinator chose in a draft, when it is planned again: kept as they are, or let go with the reason.

A date holds unless the independent checker has something against it that the coordinator has not set aside. Who leads
the visit is not part of what was chosen: another facilitator may.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from services.scheduling.domain.visits.problem import Sources, planned, problem_of, standing_rules
from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.domain.visits.standing import standing_dates
from services.scheduling.planner import model
from services.scheduling.planner.around import lead, place_around
from services.scheduling.planner.board import Board
from services.scheduling.planner.checker import Violation, check, check_events
from services.scheduling.planner.cohort_events import choose_events
from services.scheduling.planner.diaries import Diaries
from services.scheduling.planner.model import Rule
from services.scheduling.planner.partition import NameVisit
from services.scheduling.planner.placement import Planner
from services.scheduling.planner.wording import in_words
from shared.events.scheduling_parts import Visit

LEADERS = frozenset(rule for rule in Rule if "facilitator" in rule)
NOT_OF_ONE = LEADERS | {Rule.HOSTS_ONCE, Rule.PAIR_COMPLETE}
"""What the checker can only say of a whole group, or of who leads."""
CHOSEN = "The coordinator chose this date."


@dataclass(frozen=True, slots=True)
class LetGo:
    """A chosen date that cannot hold any longer: of which visit (by group and host) or event, and why."""

    on: dt.date
    what: str
    why: str
    visit: tuple[str, str] | None = None

    @property
    def sentence(self) -> str:
        """That it was planned anew, and why."""
        return f"{self.what} on {in_words(self.on)}, as {self.why}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The chosen dates that hold: `visits` with the others of their groups, `records` by group and host."""

    events: tuple[model.CohortEvent, ...] | None = None
    visits: tuple[model.Visit, ...] = ()
    records: dict[tuple[str, str], VisitRecord] = field(default_factory=dict)
    activities: frozenset[str] = frozenset()
    let_go: tuple[LetGo, ...] = ()

    def named(self, sources: Sources) -> tuple[str, ...]:
        """What they are, for a sentence."""
        titles = {event.key: event.title for event in sources.programme.terms.events}
        days = {event.key: event.on for event in self.events or ()}
        events = [f"{titles[key]} on {in_words(days[key])}" for key in sorted(self.activities)]
        return (*events, *(f"{_visit(sources, one.host_school_id)} on {in_words(one.on)}" for one in self._visits))

    @property
    def _visits(self) -> list[Visit]:
        return sorted((record.visit for record in self.records.values()), key=lambda visit: visit.on)


def chosen_in(visits: Sequence[VisitRecord], events: Sequence[EventRecord]) -> bool:
    """Whether anything in a draft was dated by hand."""
    of_visits = any(one.state == "draft" and one.pinned for one in visits)
    return of_visits or any(one.state == "draft" and one.pinned for one in events)


def keep_chosen(
    sources: Sources,
    problem: model.Problem,
    visits: Sequence[VisitRecord],
    events: Sequence[EventRecord],
    name_visit: NameVisit,
) -> Kept:
    """What holds of the dates chosen in a draft, and the other visits of their groups around them.

    `problem`: of new dates beside such as stand; `visits` and `events`: all of the cohort.
    """
    standing = [planned(one) for one in visits if one.state in {"published", "held"}]
    dates, activities, gone = _events(sources, problem, events)
    pins = [one for one in visits if one.state == "draft" and one.pinned]
    holding, let_go = _holding(sources, pins, standing, dates)
    fixed = [visit for visit, _ in holding]
    if not dates or activities:
        chosen = {each.key: each.on for each in dates}
        dates = choose_events(Diaries(problem), chosen, [visit.on for visit in (*standing, *fixed)])
    board = Board(Diaries(problem), dates)
    board.put_all(standing)
    board.freeze(sources.first_movable_day)
    placed, left = _placed(sources, Planner(board, name_visit), holding)
    groups = {visit.group for visit in fixed}
    return Kept(
        events=dates,
        visits=tuple(visit for group in sorted(groups) for visit in board.visits.get(group, ())),
        records=placed,
        activities=activities,
        let_go=(*gone, *let_go, *left),
    )


def _events(
    sources: Sources, problem: model.Problem, events: Sequence[EventRecord]
) -> tuple[tuple[model.CohortEvent, ...], frozenset[str], list[LetGo]]:
    """The events that have dates, the activities of those that were chosen in a draft, and what no longer holds."""
    told = standing_dates([one for one in events if one.state in {"published", "held"}])
    if told:
        return told, frozenset(), []
    chosen = {one.event.activity: one.event for one in events if one.state == "draft" and one.pinned}
    kept, gone = list[model.CohortEvent](), list[LetGo]()
    for key, event in sorted(chosen.items()):
        one = model.CohortEvent(key, event.on)
        against = check_events(replace(problem, rules=standing_rules(sources, [key])), [one], ())
        passed = f"{in_words(event.on)} has passed" if event.on <= sources.today else ""
        if passed or against:
            gone.append(LetGo(event.on, event.title, passed or against[0].sentence))
        else:
            kept.append(one)
    return tuple(kept), frozenset(each.key for each in kept), gone


Pin = tuple[model.Visit, VisitRecord]


def _holding(
    sources: Sources, pins: Sequence[VisitRecord], standing: Sequence[model.Visit], dates: Sequence[model.CohortEvent]
) -> tuple[list[Pin], list[LetGo]]:
    """The chosen visits that keep the rules beside what stands and beside each other, earliest first."""
    held = _Held(sources, problem_of(sources, standing_rules(sources, [each.key for each in dates])), dates)
    groups, found, gone = {group.id: group for group in held.problem.groups}, list[Pin](), list[LetGo]()
    for record in sorted(pins, key=lambda one: (one.visit.on, one.visit.visit_id)):
        group, host = groups.get(record.visit.group_id), record.visit.host_school_id
        if group is None or host not in group.hosts:
            gone.append(_let_go(sources, record, "the school hosts no visit of this group any more"))
            continue
        visit = replace(planned(record), attendees=group.people)
        why = held.against(record, visit, [*standing, *(each for each, _ in found)])
        if why:
            gone.append(_let_go(sources, record, why))
        else:
            found.append((visit, record))
    return found, gone


@dataclass(frozen=True, slots=True)
class _Held:
    """What the independent checker holds against a chosen day, whoever leads the visit."""

    sources: Sources
    problem: model.Problem
    dates: Sequence[model.CohortEvent]

    def against(self, record: VisitRecord, visit: model.Visit, beside: Sequence[model.Visit]) -> str:
        """Why a visit cannot keep its day; empty where it can."""
        if visit.on <= self.sources.today:
            return f"{in_words(visit.on)} has passed"
        near = [one for one in beside if one.group == visit.group or one.on == visit.on]
        leaderless = tuple(replace(one, facilitator=None) for one in (*near, visit))
        theirs = {one.group for one in leaderless}
        groups = tuple(group for group in self.problem.groups if group.id in theirs)
        found = check(replace(self.problem, groups=groups), model.Plan(leaderless, tuple(self.dates)))
        mine = (each for each in found if _concerns(each, visit) and each.rule.value not in record.although)
        return next((each.sentence for each in mine), "")


def _concerns(violation: Violation, visit: model.Visit) -> bool:
    if violation.rule in {Rule.LAUNCH_FIRST, Rule.CLOSING_LAST}:
        return in_words(visit.on) in violation.sentence
    return visit.id in violation.visits and violation.rule not in NOT_OF_ONE


def _placed(
    sources: Sources, planner: Planner, holding: Sequence[Pin]
) -> tuple[dict[tuple[str, str], VisitRecord], list[LetGo]]:
    """Enter these visits and, around them, the others of their groups; the latest is let go where there is no room."""
    records = {visit.id: record for visit, record in holding}
    as_is = {visit.id for visit, record in holding if not LEADERS.isdisjoint(record.although)}
    nobody = {visit.id for visit in lead(planner, [visit for visit, _ in holding], as_is)}
    gone = [_let_go(sources, records[name], "nobody is free to lead a visit there then") for name in sorted(nobody)]
    for group_id in sorted({visit.group for visit, _ in holding}):
        group = planner.board.groups[group_id]
        while group_id in planner.board.visits and not place_around(planner, group):
            latest = _latest(planner.board, group_id, records)
            if latest is None:
                break
            planner.board.put(group_id, [one for one in planner.board.take_off(group_id) if one.id != latest])
            if not planner.board.visits[group_id]:
                planner.board.take_off(group_id)
            gone.append(_let_go(sources, records[latest], "the other visits of the group find no days around it"))
    on_board = {visit.id for visits in planner.board.visits.values() for visit in visits}
    placed = [one for name, one in records.items() if name in on_board]
    return {(one.visit.group_id, one.visit.host_school_id): one for one in placed}, gone


def _latest(board: Board, group: str, chosen: Collection[str]) -> str | None:
    days = [(visit.on, visit.id) for visit in board.visits[group] if visit.id in chosen]
    return max(days)[1] if days else None


def _let_go(sources: Sources, record: VisitRecord, why: str) -> LetGo:
    visit = record.visit
    return LetGo(visit.on, _visit(sources, visit.host_school_id), why, (visit.group_id, visit.host_school_id))


def _visit(sources: Sources, host: str) -> str:
    enrolment = sources.enrolments.get(host)
    return f"the visit at {enrolment.name if enrolment and enrolment.name else 'a school'}"


def as_chosen(record: VisitRecord, kept: Kept) -> VisitRecord:
    """A new draft of a visit with what was decided about it before: its date is chosen still, or was let go."""
    key = record.visit.group_id, record.visit.host_school_id
    before = kept.records.get(key)
    if before is not None:
        held = {name: getattr(before, name) for name in ("pinned", "although", "brief", "why", "history")}
        return record.model_copy(update=held)
    gone = next((each for each in kept.let_go if each.visit == key), None)
    if gone is None:
        return record
    said = f"You had chosen {in_words(gone.on)}: {gone.why}, so it was planned anew."
    return record.model_copy(update={"history": (*record.history, said)})


def event_as_chosen(record: EventRecord, kept: Kept) -> EventRecord:
    """The same of an event."""
    if record.event.activity not in kept.activities:
        return record
    return record.model_copy(update={"pinned": True, "why": (CHOSEN,)})
