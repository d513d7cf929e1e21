"""Why a visit has its date, and what a change does: sentences for a coordinator. They name no person."""

from services.scheduling.planner.board import Board
from services.scheduling.planner.model import Group, HalfTerm, Visit
from services.scheduling.planner.replan import Change, Tier
from services.scheduling.planner.wording import WEEKDAYS, in_words

WHY = {
    "decline": "somebody who must attend cannot come",
    "illness": "the facilitator is ill",
    "closure": "a school is closed",
    "conflict": "somebody has meanwhile promised that day elsewhere",
    "calendar-change": "the term dates have changed",
    "inspection": "a school expects inspectors",
    "postponement": "the programme pauses",
    "withdrawal": "a school has left the group",
    "coordinator": "the coordinator chose another date",
}
REACH = {
    Tier.VISIT: "No other visit moves.",
    Tier.GROUP: "No date was left for it alone, so other visits of the group move as well.",
    Tier.FACILITATOR: "Another group of the same facilitator makes room.",
    Tier.ANOTHER: "Another facilitator leads it.",
    Tier.COORDINATOR: "Nothing that the rules allow is left.",
}


def half_term_of(board: Board, visit: Visit) -> HalfTerm | None:
    """The half-term of the host's authority in which a visit lies."""
    halves = board.problem.calendar_of(visit.host).half_terms
    return next((half for half in halves if half.first <= visit.on <= half.last), None)


def why(board: Board, group: Group, visit: Visit) -> tuple[str, ...]:
    """Why a visit has its date: days that suited everybody, what ruled out the others, what was given up for it."""
    return (
        _choice(board, group, visit),
        *_ruled_out(board, group, visit),
        _weekday(board, visit),
        *_place(board, group, visit),
    )


def _choice(board: Board, group: Group, visit: Visit) -> str:
    suited = (board.diaries.host_days(group, visit.host) & board.days).bit_count()
    days = board.diaries.window.bit_count()
    return (
        f"Of {days} working days in the time for visits, {suited} suit all schools and all {len(group.people)} people."
    )


def _ruled_out(board: Board, group: Group, visit: Visit) -> list[str]:
    diaries, window = board.diaries, board.diaries.window
    terms = closed = people = 0
    for school in group.schools:
        term = diaries.horizon.mask(board.problem.calendar_of(school).days)
        terms |= ~term & window
        closed |= term & ~diaries.open_days(school) & window
    for person in group.people:
        people |= ~diaries.person_days(person) & window
    counts = (
        (terms, "school holidays"),
        (closed, "INSET and closure days"),
        (people, "people's own dates"),
        (diaries.exam_days(visit.host) & window, "tests and examinations at the host"),
        (window & ~board.days, "the cohort's events"),
    )
    named = [f"{mask.bit_count()} by {what}" for mask, what in counts if mask]
    return [f"Days are ruled out: {', '.join(named)} (some by more than one)."] if named else []


def _weekday(board: Board, visit: Visit) -> str:
    name, wished = WEEKDAYS[visit.on.weekday()], board.problem.rules.weekdays
    if visit.on.weekday() in wished:
        return f"A {name}: inspection calls come early in the week."
    preferred = " or ".join(WEEKDAYS[day] for day in wished)
    return f"A {name}, although {preferred} is preferred: nothing better suited the other wishes."


def _place(board: Board, group: Group, visit: Visit) -> list[str]:
    visits, half = board.visits.get(group.id, ()), half_term_of(board, visit)
    found = []
    if half is not None:
        same = [other for other in visits if other.id != visit.id and half.first <= other.on <= half.last]
        if same:
            found.append(
                f"Half-term {half.number} holds {len(same) + 1} visits of the group: what was given up for it."
            )
        else:
            found.append(f"The group's only visit in half-term {half.number}.")
    if visit.facilitator is not None:
        way = board.kilometres(visit.facilitator, visit.host)
        found.append(f"The facilitator travels {way} km and has no other visit that day.")
    if visit.pinned:
        found.append("The coordinator chose this date.")
    return found


def difference(change: Change, tier: Tier, reason: str, *, repaired: bool) -> str:
    """One changed visit as a sentence: from when to when, who is concerned, and why."""
    before, after, people = change.before, change.after, len(change.after.attendees)
    cause = WHY.get(reason, reason) if repaired else "it makes room for another visit"
    if before.on == after.on:
        return f"Stays on {in_words(after.on)} with another facilitator, because {cause}."
    moved = f"Moves from {in_words(before.on)} to {in_words(after.on)} for {people} people, because {cause}."
    return f"{moved} {REACH[tier]}" if repaired else moved
