"""What `reporting` publishes of polls: that one is closed, and which theme was chosen. Never how many named what."""

from typing import ClassVar

from pydantic import Field

from shared.events.base import Event


class PollClosed(Event):
    """A poll was weighed. Where `waits_for` names people, one of them chooses; else the theme was chosen by it."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "poll_id"
    poll_id: str
    programme_id: str
    poll: str = Field(description="the key of the poll in the template")
    waits_for: tuple[str, ...] = ()


class ThemeChosen(Event):
    """A poll has a theme: by what most named, or because somebody chose it."""

    context: ClassVar[str] = "reporting"
    aggregate: ClassVar[str] = "poll_id"
    poll_id: str
    programme_id: str
    poll: str
    theme: str = Field(description="the key of the theme among the answers of the poll's form")
    title: str = Field(description="the theme in words, from the template's list")
    activity: str = Field("", description="the activity whose theme it is")
    person_id: str = Field("", description="who chose; empty where the vote did")
