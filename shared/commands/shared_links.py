"""What may be asked of `reporting` about links that anybody may answer, without an account and without a name.

A link's token is no secret of one person: it is given to a whole school. It opens one form about one thing, to answer.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Query, Reply
from shared.commands.forms import EntryShown
from shared.template.answers import Answer
from shared.template.words import FieldKey

LinkState = Literal["open", "closed", "full"]


class LinkRow(Reply):
    """A link and how it stands. `full`: it took as many answers as it may, and closed itself."""

    token: str
    programme_id: str
    form: str
    form_title: str = ""
    about_id: str
    about: str = Field("", description="what it is about, in words")
    number: int = Field(description="counts the links for one thing")
    opened_on: dt.date
    state: LinkState
    answers: int
    most: int


class LinkRows(Reply):
    """Links; the latest of each form and thing first. `total`: how many there are on all pages."""

    links: tuple[LinkRow, ...] = ()
    total: int = 0


class OpenSharedLink(Command):
    """Open a link; one that there is closes, and its answers are left behind. For whom the form names."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = LinkRow
    programme_id: str
    form: str
    about_id: str
    person_id: str


class CloseSharedLink(Command):
    """Take no more answers; what was counted stays."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = LinkRow
    programme_id: str
    form: str
    about_id: str
    person_id: str


class AnswerSharedLink(Command):
    """Count what somebody answers, whole and at once. `veil`: as in `CountAnswers`."""

    service: ClassVar[str] = "reporting"
    token: str = Field(max_length=64)
    group: str = Field(max_length=60)
    mark: str
    answers: dict[FieldKey, Answer]
    veil: str = Field(min_length=32, max_length=64, description="random; kept nowhere")


class SharedForm(Reply):
    """The form that a link opens. `groups`: what people say they are."""

    state: LinkState
    sentence: str = Field("", description="why it takes no answers now; empty where it does")
    entry: EntryShown
    groups: dict[str, str]


class ShowSharedLink(Query):
    """The form that a link opens; Rejected("unknown-link") where there is none."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = SharedForm
    token: str = Field(max_length=64)


class ListSharedLinks(Query):
    """Links of a programme, for a person those that this person may open and close; without one, for who runs it."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = LinkRows
    programme_id: str
    form: str = ""
    about_id: str = ""
    person_id: str = ""
    state: LinkState | None = None
    latest: bool = Field(False, description="of each form and thing only the latest")
    concerning: Concerning = ()
    limit: int = Field(10_000, ge=1, le=10_000)
    offset: int = Field(0, ge=0)
