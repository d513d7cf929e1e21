"""What may be asked of `reporting` about lists: released entries to choose from, and forms open to somebody."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.events.forms import Told
from shared.template.words import FieldKey


class ListedEntry(Reply):
    """A released entry in a line: what it is called, and the answers that events tell, too. Its text is `ShowEntry`."""

    entry_id: str
    school_id: str | None = None
    author_ids: tuple[str, ...] = ()
    number: int
    title: str
    answers: dict[str, Told] = Field({})


class ListedEntries(Reply):
    """A page of them; `total` counts all that match."""

    total: int
    entries: tuple[ListedEntry, ...]


class BrowseEntries(Query):
    """The entries of a form that were released to a person who may still read them, the latest first.

    Looking through them is no reading: only what is called a title, and short facts, are shown. Every word of `text`
    must stand somewhere in an entry, or in its school's name.
    """

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = ListedEntries
    person_id: str
    programme_id: str
    form: str
    text: str = Field("", max_length=200)
    chosen: dict[FieldKey, str] = Field({}, description="question -> the answer wanted, by its key")
    school_ids: tuple[str, ...] | None = Field(None, description="of these schools only, in this order")
    limit: int = Field(25, ge=1, le=100)
    offset: int = Field(0, ge=0)


class OpenForm(Reply):
    """A form that somebody may fill in, or an entry that they may let go, about one thing. `on`: the thing's day."""

    form: str
    title: str
    about_id: str
    about: str = Field(description="what it is about, in words; empty where only ids are known")
    act: Literal["fill", "release"]
    many: bool = False
    entry_id: str = Field("", description="the draft that was begun, or the entry that waits to be let go")
    on: dt.date | None = None


class OpenForms(Reply):
    """What is open, entries to let go first, then what hangs on a day, the nearest first."""

    forms: tuple[OpenForm, ...]


class ListOpenForms(Query):
    """What somebody may do in a programme without being asked: forms that no task asks for, and entries to let go."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = OpenForms
    programme_id: str
    person_id: str
