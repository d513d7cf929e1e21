"""The audit log: who read what was released, line by line, each bound to the one before by its hash.

A line that is changed, left out or put in breaks the chain from there on; `verify` says where. Whoever may write to the
database could forge the whole chain, so its last hash is shown, to be kept elsewhere.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable

from services.reporting.domain.entries.records import Entry
from services.reporting.domain.facts import Record


class AuditLine(Record):
    """One read. `number` counts from 1; `before` is the hash of the line before it, empty for the first."""

    number: int
    at: dt.datetime
    person_id: str
    programme_id: str
    form: str
    entry_id: str
    version: int
    before: str
    hash: str = ""

    def digest(self) -> str:
        """SHA-256 (hex) of the line and, through `before`, of all lines before it."""
        return hashlib.sha256(self.model_dump_json(exclude={"hash"}).encode()).hexdigest()


def next_line(last: AuditLine | None, person_id: str, entry: Entry, at: dt.datetime) -> AuditLine:
    """The line that says that the person read the entry. `at` is kept to the millisecond, as the database keeps it."""
    line = AuditLine(
        number=last.number + 1 if last else 1,
        at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        person_id=person_id,
        programme_id=entry.programme_id,
        form=entry.form,
        entry_id=entry.entry_id,
        version=entry.number,
        before=last.hash if last else "",
    )
    return line.model_copy(update={"hash": line.digest()})


def broken_at(lines: Iterable[AuditLine], last: AuditLine | None = None) -> int | None:
    """The number of the first of these lines that does not follow from the one before it (`last`: of the first one)."""
    for line in lines:
        number, before = (last.number + 1, last.hash) if last else (1, "")
        if (line.number, line.before, line.hash) != (number, before, line.digest()):
            return number
        last = line
    return None
