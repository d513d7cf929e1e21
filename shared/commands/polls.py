"""What may be asked of `reporting` about polls: how they were weighed, what was chosen, and choosing."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Query, Reply

PollState = Literal["open", "waits", "chosen"]


class ThemeRow(Reply):
    """Some themes and how many named them; several stand together where each alone would be too few to show."""

    themes: tuple[str, ...] = Field(description="in words")
    number: int


class PollRow(Reply):
    """A poll. `waits`: somebody chooses, out of `among`. `last_done`: theme -> the school year when it was chosen."""

    poll: str
    poll_id: str = Field("", description="empty while people answer")
    programme_id: str = ""
    title: str
    state: PollState
    closed_on: dt.date | None = None
    answered: int = 0
    themes: tuple[ThemeRow, ...] = ()
    sentence: str = ""
    among: dict[str, str] = Field({}, description="what may be chosen, key -> words")
    chooser_ids: tuple[str, ...] = ()
    theme: str = Field("", description="what was chosen, in words")
    person_id: str = Field("", description="who chose; empty where the vote did")
    activity: str = ""
    last_done: dict[str, str] = Field({}, description="theme in words -> 2025/26")


class PollRows(Reply):
    """The polls of a programme, in the order of its template."""

    polls: tuple[PollRow, ...] = ()


class ShowPolls(Query):
    """The polls of a programme; Rejected("unknown-programme") where there is none of the language of templates."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = PollRows
    programme_id: str


class ListOwnPolls(Query):
    """The closed polls whose theme this person chooses or has to settle, also once it is: of a programme, or one."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = PollRows
    person_id: str
    programme_id: str = ""
    poll_id: str = ""


class ChooseTheme(Command):
    """Choose the theme of a closed poll: who the template names, among those that tie, or the coordinator for them."""

    service: ClassVar[str] = "reporting"
    programme_id: str
    poll: str
    theme: str = Field(description="its key")
    person_id: str
