"""What may be asked of `reporting` about introductions, which an entry of a form proposes."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Reply

IntroductionState = Literal["awaited", "asked", "introduced", "ended"]


class AnswerIntroduction(Command):
    """Say whether one wants to be introduced, as an entry proposes. Until all have said yes one may still say no."""

    service: ClassVar[str] = "reporting"
    entry_id: str
    person_id: str
    number: int = Field(ge=1, description="the version that was read")
    willing: bool


class IntroductionShown(Reply):
    """How an introduction stands, as one person may see it; addresses stand in the answers once all have said yes."""

    state: IntroductionState = Field(description="`awaited`: it is not known yet who they are")
    asked: bool = Field(False, description="whether this person is asked, and may still say yes or no")
    said: bool | None = Field(None, description="what this person has said, where they were asked and have answered")
    until: dt.date | None = Field(None, description="the last day to say so")
