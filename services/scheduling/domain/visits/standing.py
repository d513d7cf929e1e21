"""A standing calendar: its board, the dates of its events, and what violates the rules."""

from collections.abc import Collection, Iterable, Sequence

from services.scheduling.domain.visits.problem import Sources, planned, problem_of, standing_rules
from services.scheduling.domain.visits.records import EventRecord, VisitRecord
from services.scheduling.planner import model
from services.scheduling.planner.board import Board
from services.scheduling.planner.checker import Violation, check
from services.scheduling.planner.placement import new_board


def violations(
    sources: Sources, visits: Sequence[VisitRecord], events: Sequence[EventRecord], unplaced: Iterable[str]
) -> list[Violation]:
    """What the independent checker has against a calendar before it is published."""
    overruled = {(record.visit.visit_id, rule) for record in visits for rule in record.although}
    dates = standing_dates(events)
    return violations_of(sources, tuple(planned(record) for record in visits), dates, unplaced, overruled)


def violations_of(
    sources: Sources,
    visits: tuple[model.Visit, ...],
    dates: tuple[model.CohortEvent, ...],
    unplaced: Iterable[str],
    overruled: Collection[tuple[str, str]],
) -> list[Violation]:
    """The same of visits as the checker sees them; `overruled`: (visit, rule) that the coordinator set aside."""
    problem = problem_of(sources, standing_rules(sources, [each.key for each in dates]))
    left = tuple(model.Unplaced(group, proven=False, blocking=()) for group in unplaced)
    found = check(problem, model.Plan(visits, dates, left))
    return [each for each in found if not any((visit, each.rule.value) in overruled for visit in each.visits)]


def standing_board(sources: Sources, visits: Sequence[VisitRecord], events: Sequence[EventRecord]) -> Board:
    """The board of a calendar that stands, drafts included."""
    return board_of(sources, visits, standing_dates(events))


def board_of(sources: Sources, visits: Sequence[VisitRecord], dates: tuple[model.CohortEvent, ...]) -> Board:
    """The board of the sources' groups with those of their visits that are not cancelled."""
    rules = standing_rules(sources, [each.key for each in dates])
    board = new_board(problem_of(sources, rules), dates)
    board.put_all(planned(record) for record in visits if record.state != "cancelled")
    return board


def standing_dates(events: Iterable[EventRecord]) -> tuple[model.CohortEvent, ...]:
    """The events that keep visits off their days, parts of one as one: a cancelled one takes none."""
    taking_place = ((record.event.activity, record.takes_place_on) for record in events)
    return tuple(dict.fromkeys(model.CohortEvent(activity, on) for activity, on in taking_place if on))


def activities_of(events: Iterable[EventRecord]) -> int:
    """How many events these are, parts of one counted as one."""
    return len({record.event.activity for record in events})
