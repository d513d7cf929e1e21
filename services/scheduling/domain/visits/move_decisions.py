"""The coordinator sets a visit's date; the visits in its way get others by the least change."""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain.visits.nearby import Nearby
from services.scheduling.domain.visits.problem import planned
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.domain.visits.repair import Moved, make_room, moved
from services.scheduling.domain.visits.standing import violations_of
from services.scheduling.planner.model import Rule
from services.scheduling.planner.replan import Change
from services.scheduling.planner.wording import in_words
from shared.commands.scheduling import MoveVisit
from shared.errors import Rejected


def decide_move(near: Nearby, record: VisitRecord, command: MoveVisit) -> list[Moved]:
    """The moved visit first, then those that make room. Raises Rejected by a rule that still stands against it."""
    _may_move(record, command, near.sources.today)
    return _with_rest(near, record, command)


def _may_move(record: VisitRecord, command: MoveVisit, today: dt.date) -> None:
    if record.state not in {"draft", "published"}:
        raise Rejected("already-over", "This visit has taken place or been cancelled.")
    if command.on == record.visit.on:
        raise Rejected("same-date", f"The visit is on {in_words(command.on)} already.")
    if command.on <= today:
        raise Rejected("date-passed", "A visit can only be moved to a day that is to come.")
    unknown = sorted(set(command.although) - set(Rule))
    if command.although and not unknown and not command.because.strip():
        raise Rejected("reason-needed", "Say why the rule is set aside (`--because`): it stands beside the visit.")
    if unknown:
        raise Rejected("unknown-rule", f"'{unknown[0][:60]}' is no rule; there are {', '.join(sorted(Rule))}.")


def _with_rest(near: Nearby, record: VisitRecord, command: MoveVisit) -> list[Moved]:
    board, before = near.board(), planned(record)
    after = replace(before, on=command.on, pinned=True)
    theirs = board.take_off(before.group)
    board.put(before.group, [after if each.id == after.id else each for each in theirs])
    sentence = f"Moved by the coordinator to {in_words(command.on)}."
    first = moved(record, Change(before, after), sentence, ("The coordinator chose this date.", *_set_aside(command)))
    overruled = first.after.model_copy(update={"although": tuple(dict.fromkeys(command.although))})
    records = {each.visit.visit_id: each for each in near.visits}
    changes = [replace(first, after=overruled), *make_room(board, records, after, near.sources.today)]
    _must_hold(near, changes)
    return changes


def _set_aside(command: MoveVisit) -> tuple[str, ...]:
    """Which rules the coordinator has set aside for this date, and why."""
    if not command.although:
        return ()
    rules = "rule" if len(command.although) == 1 else "rules"
    return (f"Set against the {rules} {', '.join(command.although)}: {' '.join(command.because.split())}",)


def _must_hold(near: Nearby, changes: list[Moved]) -> None:
    records = {each.visit.visit_id: each for each in near.visits if each.state != "cancelled"}
    changed = {each.after.visit.visit_id: each.after for each in changes}
    unplaced, after = near.sources.cohort.unplaced, list((records | changed).values())
    overruled = {(each.visit.visit_id, rule) for each in after for rule in each.although}
    visits = tuple(planned(each) for each in after)
    for violation in violations_of(near.sources, visits, near.dates, unplaced, overruled):
        if set(violation.visits) & set(changed):
            raise Rejected(violation.rule.value, f"{violation.sentence[:1].upper()}{violation.sentence[1:]}.")
