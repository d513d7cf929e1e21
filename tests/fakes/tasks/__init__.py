"""The ports of tasks in memory. Each passes the contract suite that the MongoDB adapter passes."""

from typing import Any

from services.tasks.ports.stores import Stores
from tests.fakes.memory import Memory
from tests.fakes.roster import MemoryRoster
from tests.fakes.tasks.facts import MemoryAnswers, MemoryEntries, MemoryMoments, MemoryProgrammes, MemoryThings
from tests.fakes.tasks.tasks import MemoryMornings, MemoryTasks

__all__ = ["memory_stores"]


class MemoryErasure:
    """The port `Erasure` over all of them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def forget(self, person_id: str) -> None:
        self._without("tasks", lambda one: one.person_ids == (person_id,))
        self._without("answers", lambda one: one.person_id == person_id)
        for name in ("tasks", "things", "entries"):
            for key, record in self._memory[name].items():
                self._memory[name][key] = forgotten(record, person_id)

    def _without(self, name, gone) -> None:
        for key in [key for key, record in self._memory[name].items() if gone(record)]:
            del self._memory[name][key]


def forgotten(record, person_id):
    """The record without the person."""
    changes: dict[str, Any] = {}
    for field, value in record:
        if isinstance(value, tuple) and person_id in value:
            changes[field] = tuple(one for one in value if one != person_id)
        elif value == person_id and field not in {"about_id", "thing_id"}:
            changes[field] = "" if field == "done_by" else None
    if hasattr(record, "stand_ins"):
        changes["stand_ins"] = tuple(one for one in record.stand_ins if person_id not in (one.whose, one.by))
    if hasattr(record, "since"):
        changes["since"] = {person: day for person, day in record.since.items() if person != person_id}
    if hasattr(record, "agreements"):
        changes["agreements"] = {one: version for one, version in record.agreements.items() if one != person_id}
    if hasattr(record, "steps"):
        changes["steps"] = {
            state: step.model_copy(update={"by": ""}) if step.by == person_id else step
            for state, step in record.steps.items()
        }
        changes["lines"] = tuple(
            line.model_copy(update={"owner_id": None}) if line.owner_id == person_id else line for line in record.lines
        )
    return record.model_copy(update=changes)


def memory_stores(memory: Memory) -> Stores:
    """One of each, as ``mongo_stores`` makes them."""
    things, entries, tasks = MemoryThings(memory), MemoryEntries(memory), MemoryTasks(memory)
    return Stores(
        programmes=MemoryProgrammes(memory),
        moments=MemoryMoments(memory),
        roster=MemoryRoster(),
        things=things,
        around=things,
        entries=entries,
        about=entries,
        answers=MemoryAnswers(memory),
        tasks=tasks,
        search=tasks,
        mornings=MemoryMornings(memory),
        erasure=MemoryErasure(memory),
    )
