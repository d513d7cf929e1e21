"""Turns a repair of the planner into changed visits."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.domain.visits import explanations
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.planner.board import Board
from services.scheduling.planner.model import Visit
from services.scheduling.planner.replan import Change, Repair, Replanner


@dataclass(frozen=True, slots=True)
class Moved:
    """A visit after a change, the record before it, and the sentence that explains it."""

    before: VisitRecord
    after: VisitRecord
    sentence: str

    @property
    def same_day(self) -> bool:
        """Whether only the facilitator has changed."""
        return self.before.visit.on == self.after.visit.on


def carried_out(
    board: Board, records: Mapping[str, VisitRecord], repair: Repair, repaired: str, reason: str
) -> list[Moved]:
    """The visits that a repair changes."""
    groups = {group.id: group for group in board.problem.groups}
    found = []
    for change in repair.changes:
        sentence = explanations.difference(change, repair.tier, reason, repaired=change.before.id == repaired)
        why = explanations.why(board, groups[change.after.group], change.after)
        found.append(moved(records[change.before.id], change, sentence, why))
    return found


def sentence_of(changes: Sequence[Moved], visit_id: str) -> str:
    """What is said of one visit of those that were changed together; empty where nothing was."""
    if len(changes) == 1:
        return changes[0].sentence
    return next((each.sentence for each in changes if each.before.visit.visit_id == visit_id), "")


def proposed_changes(board: Board, proposed: Iterable[VisitRecord]) -> list[Moved]:
    """The changes that a reviewed draft proposes; `board`: that of the calendar as it stands."""
    found = []
    for record in proposed:
        proposal = record.proposal
        if proposal is None or not proposal.why:
            continue
        before, after = planned(record), planned(record.as_proposed)
        why = explanations.why(board, board.groups[after.group], after)
        found.append(moved(record, Change(before, after), proposal.sentence, why))
    return found


def make_room(board: Board, records: Mapping[str, VisitRecord], fixed: Visit, today: dt.date) -> list[Moved]:
    """Other dates for the visits in the way of one whose date is fixed. Those that find none stay."""
    replanner, found = Replanner(board, today), list[Moved]()
    for rival in rivals(board, fixed):
        if rival.facilitator and rival.on == fixed.on:
            board.diaries.rule_out(rival.facilitator, [rival.on])
        repair = replanner.repair(rival)
        found += carried_out(board, records, repair, rival.id, "coordinator")
    return found


def rivals(board: Board, fixed: Visit) -> list[Visit]:
    """Visits of the same facilitator that day, and those of the group that lie too near."""
    horizon, spacing = board.diaries.horizon, board.problem.rules.spacing
    if fixed.on not in horizon.index:
        return []
    at = horizon.place(fixed.on)
    theirs = (visit for visit in board.visits[fixed.group] if visit.id != fixed.id)
    near = [visit for visit in theirs if abs(horizon.place(visit.on) - at) < max(1, spacing)]
    groups = sorted(board.groups_of[fixed.facilitator] - {fixed.group}) if fixed.facilitator else []
    led = [visit for group in groups for visit in board.visits[group] if visit.facilitator == fixed.facilitator]
    return near + [visit for visit in led if visit.on == fixed.on]


def moved(record: VisitRecord, change: Change, sentence: str, why: tuple[str, ...]) -> Moved:
    """A visit with its new date and facilitator; a published one gets the next SEQUENCE and version.

    A rule that the coordinator set aside is set aside for the earlier date only.
    """
    published = record.state == "published"
    visit = record.visit.model_copy(
        update={
            "on": change.after.on,
            "facilitator_id": change.after.facilitator,
            "sequence": record.visit.sequence + published,
        }
    )
    after = record.model_copy(
        update={
            "visit": visit,
            "version": record.version + published,
            "pinned": change.after.pinned,
            "although": (),
            "why": why,
            "history": (*record.history, sentence),
            "proposal": None,
            "waits": False,
            "doubled": (),
        }
    )
    return Moved(record, after, sentence)
