"""What may be asked of `programmes` about templates: check one that somebody wrote, take it over, read one."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply
from shared.commands.template_upgrades import Difference
from shared.template import Template
from shared.template.pauses import Pause

LONGEST = 400_000
"""Most characters of a template that is sent in."""


class TemplateFault(Reply):
    """One thing that is wrong with a template. `line` counts from 1."""

    line: int
    field: str
    what: str


class CheckedTemplate(Reply):
    """A template as it was sent in, with everything that is wrong with it, or what it would change."""

    check_id: str
    filename: str
    key: str = ""
    version: int = 0
    title: str = ""
    summary: str = ""
    faults: tuple[TemplateFault, ...] = ()
    known: int | None = Field(None, description="the version of this template that programmes are opened from now")
    against: str = Field("", description="why it cannot be taken over, though nothing is wrong with it")
    taken: bool = False
    differences: tuple[Difference, ...] = Field((), description="to the version that is known")
    text: str = Field("", description="the YAML, where it was asked for")


class CheckTemplate(Command):
    """Keep a template for a day and say everything that is wrong with it; nothing is opened from it yet."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = CheckedTemplate
    template: str = Field(max_length=LONGEST, description="the YAML")
    filename: str = Field("template.yaml", max_length=200)


class ShowTemplateCheck(Query):
    """A template that was checked, with its text; Rejected("unknown-check") a day later."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = CheckedTemplate
    check_id: str


class TakeTemplate(Command):
    """Open programmes from this template from now on; those that run go on by the version that they have."""

    service: ClassVar[str] = "programmes"
    check_id: str


class WithdrawTemplate(Command):
    """Take a template back that was taken over, as long as no programme was opened from it.

    Programmes are opened from the one that came with Kindred then, where there is one of that key.
    """

    service: ClassVar[str] = "programmes"
    key: str = Field(max_length=60)


class TemplateText(Reply):
    """A template as it is written. `own`: somebody took it over here, it did not come with Kindred."""

    key: str
    version: int
    own: bool = False
    filename: str
    text: str


class ShowTemplate(Query):
    """The text of a template from which programmes are opened; Rejected("unknown-template") otherwise."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = TemplateText
    key: str


class ProgrammeSetup(Reply):
    """A programme with the template that it runs by, also of a draft. `newest`: the version that is known here."""

    programme_id: str
    name: str
    year: int
    stands: str = Field(description="draft, recruiting, running, postponed, completed or archived")
    coordinator_id: str
    template: Template
    pauses: tuple[Pause, ...] = ()
    newest: int = 0
    chosen: dict[str, str] = Field({}, description="setting that the source leaves open -> what was chosen here")
    today: dt.date = Field(description="where the programme runs")


class ChooseLeftOpen(Command):
    """Say how a programme does what the source of its template leaves open; kept with the programme.

    Nothing of the template changes by it: it says what people of this programme go by.
    """

    service: ClassVar[str] = "programmes"
    programme_id: str
    setting: str = Field(max_length=300, description="as the template calls it")
    choice: OneLine = Field("", max_length=300, description="blank: the default of the template again")


class ShowSetup(Query):
    """How a programme is set up; Rejected("old-language") of one in the language of 0.1.0."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ProgrammeSetup
    programme_id: str
