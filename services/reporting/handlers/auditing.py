"""Notes reads and sign-ins in the audit log, and says whether it is whole."""

import datetime as dt

from services.reporting.domain.audit import AuditLine, Thing, act_line, broken_at, read_line
from services.reporting.domain.entries.records import Entry
from services.reporting.domain.records import ReportRecord
from services.reporting.ports.audit import Audit
from shared.clock import Clock
from shared.errors import Retryable
from shared.mongo import DuplicateKey

__all__ = ["Auditing"]

MOST_TRIES = 50
AT_A_TIME = 1000


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

    async def verify(self) -> tuple[AuditLine | None, int | None]:
        """Return the last line of the whole log, and the number of the first broken one or None."""
        last: AuditLine | None = None
        while lines := await self._audit.after(last.number if last else 0, AT_A_TIME):
            if (broken := broken_at(lines, last)) is not None:
                return last, broken
            last = lines[-1]
        return last, None
