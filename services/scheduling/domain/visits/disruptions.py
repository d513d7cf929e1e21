"""Disruptions: a person is away, a school is closed or expects inspectors, the cohort pauses.

The effect on a calendar is worked out on a board of its own, so that it can be shown before anything is saved. The same
function carries it out. A digest tells whether it is still what was shown.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.scheduling.domain.visits import explanations
from services.scheduling.domain.visits.problem import Sources
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.domain.visits.repair import Moved, moved
from services.scheduling.planner.board import Board
from services.scheduling.planner.model import Visit
from services.scheduling.planner.replan import Change, Repair, Replanner, Tier
from services.scheduling.planner.wording import in_words

POSTPONED = "postponement"
"""The reason for which the whole cohort pauses."""
AT_A_SCHOOL = frozenset({"closure", "inspection"})
"""Reasons that keep a school from hosting and from sending people; the others concern a person or the cohort."""


@dataclass(frozen=True, slots=True)
class Disruption:
    """`subject` is a person or facilitator who is away, a school, or the cohort that pauses; `reason` one of `WHY`."""

    reason: str
    subject: str
    days: frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class Consequence:
    """A visit that changes, by which tier, and the sentence that says why."""

    change: Change
    tier: Tier
    sentence: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """A visit that a person must decide on, and the nearest day that would suit everybody, if there is one."""

    visit: Visit
    question: str
    sentence: str
    suggestion: dt.date | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a mail would tell one person about one visit."""

    person: str
    visit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a disruption does to a calendar; `events`: a sentence for each cohort event that moves or is left."""

    consequences: tuple[Consequence, ...]
    undecided: tuple[Undecided, ...]
    events: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Changes whenever anything would move otherwise than it was shown."""
        after = [(each.change.after, each.sentence) for each in self.consequences]
        moves = [(visit.id, visit.on, visit.facilitator, sentence) for visit, sentence in after]
        left = [(each.visit.id, each.sentence) for each in self.undecided]
        return hashlib.sha256(repr((moves, left, self.events)).encode()).hexdigest()[:12]

    def notices(self) -> tuple[Notice, ...]:
        """Who would be informed of what: attendees where the date changes, facilitators who join or leave."""
        return tuple(notice for each in self.consequences for notice in _notices(each))


def disrupted(sources: Sources, what: Disruption) -> Sources:
    """What a calendar depends on after a disruption."""
    if what.reason in AT_A_SCHOOL:
        return replace(sources, closures=_with(sources.closures, what))
    return replace(sources, ruled_out=_with(sources.ruled_out, what))


def _with(known: Mapping[str, Sequence[dt.date]], what: Disruption) -> dict[str, Sequence[dt.date]]:
    return {**known, what.subject: sorted({*known.get(what.subject, ()), *what.days})}


@dataclass(slots=True)
class _Settling:
    """Collects repairs: a visit may move for its own sake and again to make room."""

    reason: str
    before: dict[str, Visit] = field(default_factory=dict)
    cause: dict[str, tuple[Tier, bool]] = field(default_factory=dict)

    def note(self, repair: Repair, repaired: str) -> None:
        for change in repair.changes:
            self.before.setdefault(change.before.id, change.before)
            own = change.before.id == repaired
            if own or change.before.id not in self.cause:
                self.cause[change.before.id] = repair.tier, own


def settle(board: Board, today: dt.date, what: Disruption, displacing: frozenset[dt.date] = frozenset()) -> Difference:
    """Repair every visit concerned that no longer stands, earliest first; the board has the result.

    `board` is that of the disrupted sources. On the days of `displacing` a cohort event has taken the visits' place.
    A visit whose date is impossible for another reason is left alone.
    """
    replanner, settling, undecided = Replanner(board, today), _Settling(what.reason), list[Undecided]()
    for visit in _concerned(board, what, today, displacing):
        current = _current(board, visit)
        if board.stands(current) and current.on not in displacing:
            continue
        repair = replanner.repair(current)
        settling.note(repair, current.id)
        if repair.tier is Tier.COORDINATOR:
            undecided.append(_left(replanner, current))
    return Difference(tuple(_consequences(board, settling)), tuple(undecided))


def carried_out(board: Board, records: Mapping[str, VisitRecord], found: Difference) -> list[Moved]:
    """The visits that a difference changes; `board`: that on which it was worked out."""
    changes = [(each.change, each.sentence) for each in found.consequences]
    return [moved(records[change.after.id], change, sentence, _why(board, change)) for change, sentence in changes]


def _why(board: Board, change: Change) -> tuple[str, ...]:
    return explanations.why(board, board.groups[change.after.group], change.after)


def _concerned(board: Board, what: Disruption, today: dt.date, displacing: frozenset[dt.date]) -> list[Visit]:
    wanted = {day for day in what.days | displacing if day > today}
    visits = (visit for visits in board.visits.values() for visit in visits if visit.on in wanted)
    return sorted((each for each in visits if _needs(board, each, what)), key=lambda each: (each.on, each.id))


def _needs(board: Board, visit: Visit, what: Disruption) -> bool:
    """Whether a visit depends on the person, school or cohort."""
    if what.reason == POSTPONED:
        return True
    if what.reason in AT_A_SCHOOL:
        return visit.group in board.groups and what.subject in board.groups[visit.group].schools
    return what.subject == visit.facilitator or what.subject in visit.attendees


def _current(board: Board, visit: Visit) -> Visit:
    return next(each for each in board.visits[visit.group] if each.id == visit.id)


def _left(replanner: Replanner, visit: Visit) -> Undecided:
    day = in_words(visit.on)
    question, sentence = "no-other-date", f"No other date for the visit on {day} keeps the rules."
    if visit.pinned:
        question, sentence = "date-chosen", f"You chose {day} for this visit, so it is not moved without you."
    elif visit.on <= replanner.frozen:
        question, sentence = "decline-inside-notice", f"The visit on {day} is too near to be moved without you."
    suggestion = replanner.suggestion(visit)
    if suggestion is not None:
        sentence = f"{sentence} {in_words(suggestion)} would suit everybody."
    return Undecided(visit, question, sentence, suggestion)


def _consequences(board: Board, settling: _Settling) -> Iterable[Consequence]:
    for name, before in sorted(settling.before.items(), key=lambda item: (item[1].on, item[0])):
        after, (tier, own) = _current(board, before), settling.cause[name]
        if after != before:
            change = Change(before, after)
            yield Consequence(change, tier, explanations.difference(change, tier, settling.reason, repaired=own))


def _notices(each: Consequence) -> Iterable[Notice]:
    before, after = each.change.before, each.change.after
    if before.on != after.on:
        yield from (Notice(person, after.id, each.sentence) for person in after.attendees)
    if before.facilitator == after.facilitator and after.facilitator and before.on != after.on:
        yield Notice(after.facilitator, after.id, each.sentence)
    if before.facilitator != after.facilitator:
        if before.facilitator:
            sentence = f"No longer leads the visit on {in_words(before.on)}."
            yield Notice(before.facilitator, after.id, sentence)
        if after.facilitator:
            yield Notice(after.facilitator, after.id, f"Leads a visit on {in_words(after.on)}.")
