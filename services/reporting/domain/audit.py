"""The audit log: who read, changed, overruled, released and exported what, who signed in and who could not.

Line follows line, each bound to the one before by its hash.

A line that is changed, left out or put in breaks the chain from there on; `verify` says where. Whoever may write to the
database could forge the whole chain, so its last hash is shown, to be kept elsewhere.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from services.reporting.domain.facts import Record


class Thing(NamedTuple):
    """What was read: version `version` of an entry of a form, or that edition of a report, by its key."""

    programme_id: str
    key: str
    thing_id: str
    version: int


class AuditLine(Record):
    """One act; without `act` a read of an entry or report, the only one there was at first.

    `number` counts from 1; `before` is the hash of the line before it, empty for the first; `about`: the session or
    attempt of an act of signing in, or the token. Of a report `form` is its key, `entry_id` its id and `version` the
    edition.
    """

    number: int
    at: dt.datetime
    person_id: str
    programme_id: str
    form: str
    entry_id: str
    version: int
    before: str
    hash: str = ""
    act: str = ""
    about: str = ""

    def digest(self) -> str:
        """SHA-256 (hex) of the line and, through `before`, of all lines before it."""
        later = {name for name in ("act", "about") if not getattr(self, name)}
        return hashlib.sha256(self.model_dump_json(exclude={"hash", *later}).encode()).hexdigest()


def read_line(last: AuditLine | None, person_id: str, thing: Thing, at: dt.datetime) -> AuditLine:
    """The line that says that the person read the thing. `at` is kept to the millisecond, as the database keeps it."""
    return _after(
        last, at, person_id=person_id, programme_id=thing.programme_id, form=thing.key, entry_id=thing.thing_id,
        version=thing.version,
    )  # fmt: skip


def act_line(last: AuditLine | None, person_id: str, act: str, about: str, at: dt.datetime) -> AuditLine:
    """The line that says what somebody did, or failed to do; no `person_id` where nobody is known by the address."""
    nothing: dict[str, Any] = {"programme_id": "", "form": "", "entry_id": "", "version": 0}
    return _after(last, at, person_id=person_id, act=act, about=about, **nothing)


def _after(last: AuditLine | None, at: dt.datetime, **said: Any) -> AuditLine:
    line = AuditLine(
        number=last.number + 1 if last else 1,
        at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        before=last.hash if last else "",
        **said,
    )
    return line.model_copy(update={"hash": line.digest()})


def kept_elsewhere(lines: Iterable[AuditLine], number: int, hash_: str) -> int | None:
    """The number of a line that stands here with another hash than the one that was noted elsewhere."""
    return next((line.number for line in lines if line.number == number and line.hash != hash_), None)


def broken_at(lines: Iterable[AuditLine], last: AuditLine | None = None) -> int | None:
    """The number of the first of these lines that does not follow from the one before it (`last`: of the first one)."""
    for line in lines:
        number, before = (last.number + 1, last.hash) if last else (1, "")
        if (line.number, line.before, line.hash) != (number, before, line.digest()):
            return number
        last = line
    return None
