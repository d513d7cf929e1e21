"""Reports, as blocks that are filled from forms, attendance, matches and tasks."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Declared, FieldKey, Key, People, Recipients, When


class Block(Fact):
    """A part of a report. `kind` is one of `kinds.BLOCKS`, which also says which settings it uses."""

    kind: str
    title: str = ""
    form: Key | None = None
    field: FieldKey | None = None
    text: tuple[str, ...] = Field((), description="the template's own paragraphs")
    activity: Key | None = None
    round: Key | None = None


class Report(Declared):
    """A report: what it is about, when it is made, what is in it, who gets it."""

    title: str
    about: str = Field(description="one of `kinds.SUBJECTS`")
    after: tuple[When, ...] = Field(description="`coordinator`: when the coordinator asks for it")
    blocks: tuple[Block, ...]
    to: tuple[People, ...] = ()
    also: tuple[Recipients, ...] = ()
    release_of: Key | None = Field(None, description="to whoever may read the entries of this form")
    public: bool = False
    longest_pages: int | None = Field(None, ge=1)
