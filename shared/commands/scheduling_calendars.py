"""What may be asked of `scheduling` about calendar files: term dates before they go in, examinations, bank holidays."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply


class ImportExamWindows(Command):
    """Examination windows by phase, as JSON. `Done.sentence` says what they bring and which visits clash."""

    service: ClassVar[str] = "scheduling"
    upload: str
    filename: OneLine


class ImportBankHolidays(Command):
    """Bank holidays, as GOV.UK publishes them. `Done.sentence` says what they bring and which visits clash."""

    service: ClassVar[str] = "scheduling"
    upload: str
    filename: OneLine


class ReadTitle(Reply):
    """A title of a file of term dates, what it is read as, how often it stands there, and from when to when."""

    title: str
    read_as: Literal["school", "closed", "ignored"]
    times: int
    first: dt.date
    last: dt.date


class ReadYear(Reply):
    """A school year (by the calendar year of its September) and its school days in a file."""

    year: int
    school_days: int


class TermFileRead(Reply):
    """What a file of term dates would bring; nothing is stored. `doubts`: why it waits for a yes."""

    titles: tuple[ReadTitle, ...]
    years: tuple[ReadYear, ...]
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class WorkingDayList(Reply):
    """Working days in order."""

    days: tuple[dt.date, ...]


class ListWorkingDays(Query):
    """The next `count` working days after a day: Mondays to Fridays without the bank holidays in force."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = WorkingDayList
    after: dt.date
    count: int = Field(ge=1, le=60)


class ReadTermFile(Query):
    """Every title of a file of term dates as it would be read. Rejected("calendar-file") if the file cannot be."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = TermFileRead
    upload: str
    filename: OneLine
