"""Saves what was decided, publishes it, and sets the reminders that are still missing."""

from collections.abc import Iterable

from services.tasks.domain.decisions.changes import Change
from services.tasks.domain.decisions.settling import Decision
from services.tasks.domain.records import Programme, TaskRecord
from services.tasks.ports.stores import Stores
from shared.bus import UnitOfWork

__all__ = ["MORNING", "save", "save_changes"]

MORNING = "morning"
"""The reminder of a programme's next morning on which something is to be done about a task."""


async def save(stores: Stores, programme: Programme, decided: Iterable[Decision], work: UnitOfWork) -> None:
    """Save decisions about things."""
    decided = list(decided)
    await stores.tasks.drop([task for decision in decided for task in decision.dropped])
    await _save(stores, programme, [record for decision in decided for record in decision.records], work)
    for decision in decided:
        for event in decision.events:
            work.publish(event)


async def save_changes(stores: Stores, programme: Programme, changes: Iterable[Change], work: UnitOfWork) -> None:
    """Save changes of single tasks."""
    changes = list(changes)
    await save(
        stores,
        programme,
        [Decision(tuple(one.record for one in changes), (), tuple(e for one in changes for e in one.events))],
        work,
    )


async def _save(stores: Stores, programme: Programme, records: list[TaskRecord], work: UnitOfWork) -> None:
    await stores.tasks.put(records)
    days = {record.next_on for record in records if record.next_on}
    for day in await stores.mornings.claim(programme.programme_id, days):
        data = {"programme_id": programme.programme_id}
        work.remind(MORNING, f"{programme.programme_id}:{day.isoformat()}", programme.morning(day), data)
