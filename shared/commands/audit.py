"""What may be asked of `reporting` about its audit log: who read, changed, released and exported what, and more."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Concerning, Query, Reply


class AuditRow(Reply):
    """Somebody read version `version` of a released entry; or with `act`, what they did or failed to do.

    `act`: `signed-in:…`, `signed-out:…`, `wrong:…`, `locked:…`, `authenticator:…`, `token:…`, `overruled:…`,
    `released:…`, `changed:…`, `exported:…`; `about`: session, attempt, token or what it was done to.
    """

    number: int
    at: dt.datetime
    person_id: str
    programme_id: str
    form: str
    entry_id: str
    version: int
    act: str = ""
    about: str = ""
    hash: str = ""


class AuditRows(Reply):
    """Lines, the latest first."""

    total: int
    lines: tuple[AuditRow, ...]


class ListAudit(Query):
    """The lines of the log: what people read and did, and who signed in."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = AuditRows
    entry_id: str = ""
    person_id: str = ""
    concerning: Concerning = ()
    kind: str = Field("", max_length=40, description="the first word of an act, or `read`")
    limit: int = Field(100, ge=1, le=500)
    offset: int = Field(0, ge=0)


class AuditState(Reply):
    """How many lines are whole, the hash of the last of them, and where the log is broken.

    `cut`: lines at the end that were there and are not any more.
    """

    lines: int
    hash: str
    broken_at: int | None = None
    cut: int = 0


class VerifyAudit(Query):
    """Follow the audit log from its first line to its last, past a line whose hash was kept elsewhere."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = AuditState
    seconds: ClassVar[float] = 120.0
    kept_line: int = Field(0, ge=0, description="number of a line that was noted elsewhere; 0 = none")
    kept_hash: str = Field("", max_length=64)
