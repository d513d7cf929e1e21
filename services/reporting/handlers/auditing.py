"""Notes reads, sign-ins and acts in the audit log, and says whether it is whole."""

import datetime as dt
from typing import NamedTuple

from services.reporting.domain.audit import AuditLine, Thing, act_line, broken_at, kept_elsewhere, read_line
from services.reporting.domain.entries.records import Entry
from services.reporting.domain.records import ReportRecord
from services.reporting.ports.audit import Audit
from shared.clock import Clock
from shared.errors import Retryable
from shared.mongo import DuplicateKey

__all__ = ["Auditing"]

MOST_TRIES = 50
AT_A_TIME = 1000


class Verified(NamedTuple):
    """The last line that is whole, the first that is broken or None, and how many are missing at the end."""

    last: AuditLine | None
    broken: int | None
    cut: int


class Auditing:
    """The one way in which lines are added."""

    def __init__(self, audit: Audit, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    async def read(self, person_id: str, entry: Entry) -> None:
        """Note a read; what cannot be noted is not shown. Raises Retryable when too many read at once."""
        await self._note(person_id, Thing(entry.programme_id, entry.form, entry.entry_id, entry.number))

    async def read_report(self, person_id: str, report: ReportRecord, edition: int) -> None:
        """Note that an edition of a report was read. Raises Retryable when too many read at once."""
        await self._note(person_id, Thing(report.programme_id, report.kind, report.report_id, edition))

    async def _note(self, person_id: str, thing: Thing) -> None:
        for _ in range(MOST_TRIES):
            line = read_line(await self._audit.last(), person_id, thing, self._clock.now())
            try:
                await self._audit.append(line)
            except DuplicateKey:
                continue
            return
        raise Retryable("Too many people read at once; try again in a moment.", after=1.0)

    async def note(self, person_id: str, act: str, about: str, at: dt.datetime) -> None:
        """Note an act in the transaction of its event, which is taken up again when somebody else adds a line."""
        try:
            await self._audit.append(act_line(await self._audit.last(), person_id, act, about, at))
        except DuplicateKey as taken:
            raise Retryable("Another line was added meanwhile.", after=0.1) from taken

    async def verify(self, kept_line: int = 0, kept_hash: str = "") -> Verified:
        """Follow the whole log; `kept_line`: a line whose hash was noted elsewhere."""
        last: AuditLine | None = None
        ever = max(await self._audit.ever(), kept_line)
        while lines := await self._audit.after(last.number if last else 0, AT_A_TIME):
            broken = broken_at(lines, last) or (kept_elsewhere(lines, kept_line, kept_hash) if kept_hash else None)
            if broken is not None:
                return Verified(last, broken, 0)
            last = lines[-1]
        cut = max(0, ever - (last.number if last else 0))
        return Verified(last, (last.number if last else 0) + 1 if cut else None, cut)
