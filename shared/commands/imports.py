"""What may be asked of an import: check it first, put rows right, take it back. Owned by `programmes`."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Done, Message, Query, Reply
from shared.commands.programmes import ImportStarted

MOST_CORRECTED = 500


class CorrectedRow(Message):
    """A row of the file as it shall be read, cell by cell under the file's own headings."""

    line: int = Field(ge=1)
    cells: tuple[str, ...] = Field(max_length=300)


class GoOnWithImport(Command):
    """Read the file of a check again: check it once more with rows put right, or take it in.

    Everything is looked at anew, so what changed meanwhile counts. Files are kept for a day.
    """

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ImportStarted
    import_id: str = Field(description="a check that has ended")
    rows: tuple[CorrectedRow, ...] = Field((), max_length=MOST_CORRECTED, description="besides those put right before")
    check: bool = Field(True, description="only say what would happen")
    accept_unread: bool = False


class ImportRow(Reply):
    """An import in a list."""

    import_id: str
    kind: str
    filename: str
    programme_id: str | None = None
    asked: dt.datetime
    state: Literal["running", "done", "refused"]
    check: bool = False
    rejected: int = 0
    sentence: str = ""


class ImportRows(Reply):
    """Imports, the latest first."""

    rows: tuple[ImportRow, ...]


class ListImports(Query):
    """The latest imports of all kinds and programmes."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ImportRows
    limit: int = Field(50, ge=1, le=200)


class UndoImport(Command):
    """Take an import of enrolments back, while enrolment is open and no mail has gone to anybody because of it.

    New schools leave, changed ones are again as they were, but for names that the file gave to people who were known.
    What somebody has changed since stays.
    """

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = Done
    import_id: str


class ImportUndo(Reply):
    """What undoing an import would do, by the URNs of schools. `sentence`: why it cannot be undone; blank if it can."""

    sentence: str = ""
    leave: tuple[int, ...] = ()
    as_before: tuple[int, ...] = Field((), description="changed by the import, and then again as they were")
    stay: tuple[int, ...] = Field((), description="changed by somebody since, so they stay as they are")
    mails: int = Field(0, description="sent since to people who came in by it")


class ShowImportUndo(Query):
    """What undoing an import would do now, and whether it can be undone."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ImportUndo
    import_id: str
