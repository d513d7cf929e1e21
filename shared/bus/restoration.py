"""What a service still has to do because its database was restored from a backup.

A batch task publishes what its rows say is left. After a restore, that may have been published before: until the task
has once found nothing left, its units of work say that they are restored, as messages do by a header. The database's
marker goes when every batch task has come so far, so a process that dies meanwhile starts where it was.
"""

from collections.abc import Iterable
from datetime import datetime

from shared.bus.collections import RESTORED
from shared.mongo import Database

_LAST = "last"


class Restoration:
    """One service's state after a restore; nothing to do where there was none."""

    def __init__(self, database: Database, until: datetime | None, tasks: Iterable[str]) -> None:
        self._marker = database[RESTORED]
        self._until = until
        self._left = set(tasks) if until else set[str]()

    def of(self, task: str) -> datetime | None:
        """When the restore happened from which this task's rows may come; None where none can."""
        return self._until if task in self._left else None

    async def drained(self, task: str) -> None:
        """Note that a task has found nothing left."""
        if task in self._left:
            self._left.discard(task)
            await self.done()

    async def done(self) -> None:
        """Remove the marker unless a task has still rows from before."""
        if self._until and not self._left:
            await self._marker.delete_one({"_id": _LAST})


async def mark(database: Database, until: datetime) -> None:
    """Note that a database was restored; ``until``: the time of the restore, by the clock that services share."""
    await database[RESTORED].replace_one({"_id": _LAST}, {"_id": _LAST, "until": until}, upsert=True)


async def marked(database: Database, now: datetime) -> datetime | None:
    """Return when a database was restored, if not all of that is done; markers of release 0.1.0 do not say when."""
    found = await database[RESTORED].find_one({"_id": _LAST})
    until: datetime | None = found.get("until", now) if found else None
    return until
