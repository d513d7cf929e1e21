"""The tasks themselves, and the mornings on which something is to be done about them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.tasks.domain.records import TaskRecord, TaskState

__all__ = ["Mornings", "TaskSearch", "Tasks", "Wish"]


class Tasks(Protocol):
    """Tasks by their ids and by what they are about."""

    async def get(self, task_id: str) -> TaskRecord | None:
        """Return a task."""
        ...

    async def put(self, tasks: Sequence[TaskRecord]) -> None:
        """Save them in place of older ones."""
        ...

    async def drop(self, task_ids: Collection[str]) -> None:
        """Delete tasks that nobody was told of."""
        ...

    async def of_things(self, thing_ids: Collection[str], keys: Collection[str] | None = None) -> list[TaskRecord]:
        """Return the tasks of these things, of all keys or of these, in order of their ids."""
        ...

    async def things_about(self, about_id: str) -> list[str]:
        """Return the keys of the things whose tasks are about that, in order."""
        ...

    async def due(self, programme_id: str, day: dt.date, limit: int) -> list[TaskRecord]:
        """Return tasks for which something is to be done on that day or was before, the earliest first."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which tasks somebody wants to see; all that is given must fit."""

    programme_id: str = ""
    person_id: str = ""
    school_id: str = ""
    task: str = ""
    state: TaskState | None = None
    named: str = ""
    concerning: tuple[str, ...] = ()


class TaskSearch(Protocol):
    """Tasks for lists."""

    async def search(self, wish: Wish, limit: int, offset: int) -> tuple[int, int, list[TaskRecord]]:
        """Return how many fit, how many of them are owed, and a page of them, the earliest due first."""
        ...


class Mornings(Protocol):
    """Mornings for which a reminder is set."""

    async def claim(self, programme_id: str, days: Collection[dt.date]) -> list[dt.date]:
        """Note these mornings; return those that were not noted before, in order."""
        ...

    async def over(self, programme_id: str, day: dt.date) -> None:
        """Forget the mornings up to that day."""
        ...
