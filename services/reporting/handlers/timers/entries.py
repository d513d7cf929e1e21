"""The day on which nobody has agreed to an entry for too long."""

import datetime as dt

from services.reporting.domain.entries import introducing
from services.reporting.domain.entries.signing import silent
from services.reporting.domain.entries.submitting import SILENT
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.following import Following
from services.reporting.ports.entries import Entries
from shared.bus import Reminder, UnitOfWork

__all__ = ["EntryTimers"]

_A_WEEK = dt.timedelta(weeks=1)


class EntryTimers:
    """One method a reminder."""

    def __init__(self, contexts: Contexts, entries: Entries, following: Following) -> None:
        self._contexts = contexts
        self._entries = entries
        self._following = following

    async def silent(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Let it count, or ask the coordinator, if nobody has said more; while the programme stands still, wait."""
        entry = await self._entries.get(reminder.key)
        context = await self._contexts.of_entry(entry, work.now, choosing=False) if entry else None
        if context is not None and context.programme.still:
            work.remind(SILENT, reminder.key, work.now + _A_WEEK, dict(reminder.data))
            return
        decision = silent(entry, context, number=int(reminder.data["number"]), now=work.now)
        if context is not None:
            await self._following.carry_out(decision, context, work)

    async def introducing(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Time for an introduction is over; while the programme stands still, wait, and give time afterwards."""
        entry = await self._entries.get(reminder.key)
        context = await self._contexts.of_entry(entry, work.now, choosing=False) if entry else None
        if context is None:
            return
        if context.programme.still:
            data = {**reminder.data, "still": "yes"}
            work.remind(introducing.INTRODUCING, reminder.key, work.now + _A_WEEK, data)
            return
        decision = (
            introducing.renewed(entry, context, work.now)
            if "still" in reminder.data
            else introducing.too_late(entry, context, reminder.data["until"], work.now)
        )
        await self._following.carry_out(decision, context, work)
