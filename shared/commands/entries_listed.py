"""What may be asked of `reporting` about entries that were released: to look through, and to choose from."""

from typing import ClassVar

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
