"""What may be asked of `programmes` about a programme's state."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command


class RecruitProgramme(Command):
    """A programme that was opened as a draft takes schools in from now on."""

    service: ClassVar[str] = "programmes"
    programme_id: str


class PostponeProgramme(Command):
    """Let a programme stand still: dates to come are cancelled, deadlines fall away, each person gets one mail."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    until: dt.date | None = Field(None, description="when it is meant to go on, as the mail says")
    reason: str = Field("", max_length=500, description="kept, and shown to coordinators only")


class ResumeProgramme(Command):
    """Go on with a programme that was postponed."""

    service: ClassVar[str] = "programmes"
    programme_id: str


class CompleteProgramme(Command):
    """The programme is over; what is still owed falls away."""

    service: ClassVar[str] = "programmes"
    programme_id: str


class ArchiveProgramme(Command):
    """Put away a programme that is completed, or a draft that never began."""

    service: ClassVar[str] = "programmes"
    programme_id: str
