"""What the coordinator decides over the planner's head: another date, no visit at all."""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain.visits.drafts import violations_of, with_date
from services.scheduling.domain.visits.nearby import Nearby
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.domain.visits.repair import Moved, make_room, moved
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.loading.cohorts import cohort_of, programme_of
from services.scheduling.handlers.loading.nearby import around
from services.scheduling.planner.model import Rule
from services.scheduling.planner.replan import Change
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CancelVisit, MoveVisit
from shared.errors import Rejected

__all__ = ["VisitDateCommands"]


CODES = frozenset({"closure", "illness", "inspection", "postponement", "withdrawal", "conflict"})
"""Reasons that an event may carry; what a coordinator writes instead stays in the visit's own history."""


class VisitDateCommands:
    """Commands of the coordinator about one visit."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def move(self, command: MoveVisit, work: UnitOfWork) -> Done:
        """Set a date; other visits in its way get others by the least change, where the rules allow it."""
        record = await self._stores.visits.visit(command.visit_id)
        cohort = await cohort_of(self._stores, record.visit.cohort_id)
        near = await around(self._stores, cohort, [record], work.now)
        _may_move(record, command, near.sources.today)
        changes = _with_rest(near, record, command)
        await self._changes.make(changes, "coordinator", None, near.sources.programme, work)
        others = f" {len(changes) - 1} other visits move with it." if len(changes) > 1 else ""
        return Done(
            id=command.visit_id,
            version=changes[0].after.version,
            sentence=f"The visit is on {in_words(command.on)}.{others}",
        )

    async def cancel(self, command: CancelVisit, work: UnitOfWork) -> Done:
        """A visit does not take place."""
        record = await self._stores.visits.visit(command.visit_id)
        if record.state not in {"draft", "published"}:
            raise Rejected("already-over", "This visit has taken place or been cancelled.")
        programme = await programme_of(self._stores, record.visit.programme_id)
        code = command.why if command.why in CODES else "coordinator"
        after = await self._changes.cancel(record, code, programme, work, said=command.why)
        return Done(id=command.visit_id, version=after.version, sentence="The visit is cancelled.")


def _may_move(record: VisitRecord, command: MoveVisit, today: dt.date) -> None:
    if record.state not in {"draft", "published"}:
        raise Rejected("already-over", "This visit has taken place or been cancelled.")
    if command.on == record.visit.on:
        raise Rejected("same-date", f"The visit is on {in_words(command.on)} already.")
    if command.on <= today:
        raise Rejected("date-passed", "A visit can only be moved to a day that is to come.")
    unknown = sorted(set(command.although) - set(Rule))
    if unknown:
        raise Rejected("unknown-rule", f"'{unknown[0][:60]}' is no rule; there are {', '.join(sorted(Rule))}.")


def _with_rest(near: Nearby, record: VisitRecord, command: MoveVisit) -> list[Moved]:
    """The moved visit first, then those that make room. Raises Rejected by a rule that still stands against it."""
    board, before = near.board(), planned(record)
    after = with_date(before, command.on)
    theirs = board.take_off(before.group)
    board.put(before.group, [after if each.id == after.id else each for each in theirs])
    sentence = f"Moved by the coordinator to {in_words(command.on)}."
    first = moved(record, Change(before, after), sentence, ("The coordinator chose this date.",))
    overruled = first.after.model_copy(update={"although": tuple(dict.fromkeys(command.although))})
    records = {each.visit.visit_id: each for each in near.visits}
    changes = [replace(first, after=overruled), *make_room(board, records, after, near.sources.today)]
    _must_hold(near, changes)
    return changes


def _must_hold(near: Nearby, changes: list[Moved]) -> None:
    records = {each.visit.visit_id: each for each in near.visits if each.state != "cancelled"}
    changed = {each.after.visit.visit_id: each.after for each in changes}
    unplaced, after = near.sources.cohort.unplaced, list((records | changed).values())
    overruled = {(each.visit.visit_id, rule) for each in after for rule in each.although}
    visits = tuple(planned(each) for each in after)
    for violation in violations_of(near.sources, visits, near.dates, unplaced, overruled):
        if set(violation.visits) & set(changed):
            raise Rejected(violation.rule.value, f"{violation.sentence[:1].upper()}{violation.sentence[1:]}.")
