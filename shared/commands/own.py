"""What may be asked of `portal` over all programmes: what needs the coordinator, and the dates of one person."""

import datetime as dt
from typing import ClassVar

from shared.commands.base import Query, Reply


class NeedRow(Reply):
    """One thing that waits: a sentence, why it matters, and one verb with the console's page that it leads to."""

    sentence: str
    why: str = ""
    verb: str
    path: str
    programme_id: str = ""
    programme: str = ""


class NeedRows(Reply):
    """In order of need. `silent`: services that did not answer, so that something may be missing."""

    needs: tuple[NeedRow, ...]
    silent: tuple[str, ...] = ()


class ListNeeds(Query):
    """What needs the coordinator, in all programmes or one: drafts, shortages, replies, mails, what was missed."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = NeedRows
    seconds: ClassVar[float] = 20.0
    programme_id: str = ""


class DateRow(Reply):
    """A date in local time; without hours it is a whole day. `sure`: its person has said that they come."""

    key: str
    title: str
    on: dt.date
    starts: dt.time | None = None
    ends: dt.time | None = None
    timezone: str
    place: str = ""
    about: str = ""
    sure: bool = True


class DateRows(Reply):
    """In order."""

    dates: tuple[DateRow, ...]


class ListDates(Query):
    """Everything that stands in somebody's calendar, of all programmes: what their feed has."""

    service: ClassVar[str] = "portal"
    Reply: ClassVar[type[Reply]] = DateRows
    person_id: str
