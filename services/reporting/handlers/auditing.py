"""Notes reads in the audit log, and says whether it is whole."""

from services.reporting.domain.audit import AuditLine, broken_at, next_line
from services.reporting.domain.entries.records import Entry
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
        for _ in range(MOST_TRIES):
            line = next_line(await self._audit.last(), person_id, entry, self._clock.now())
            try:
                await self._audit.append(line)
            except DuplicateKey:
                continue
            return
        raise Retryable("Too many people read at once; try again in a moment.", after=1.0)

    async def verify(self) -> tuple[AuditLine | None, int | None]:
        """Return the last line of the whole log, and the number of the first broken one or None."""
        last: AuditLine | None = None
        while lines := await self._audit.after(last.number if last else 0, AT_A_TIME):
            if (broken := broken_at(lines, last)) is not None:
                return last, broken
            last = lines[-1]
        return last, None
