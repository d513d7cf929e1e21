"""What may be asked of `reporting` about actions: the lines of all action plans that count, on whatever form.

Whoever may not see an action or change it is answered `unknown-action`, as if there were none. Without a person
`ListActions` is for who runs Kindred and holds no words; `ShowOwnersOfActions` is for the service that keeps people.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Query, Reply
from shared.commands.reporting import ActionStatus

ActionRating = Literal["complete", "on-track", "at-risk", "off-track", "dropped"]


class ActionRow(Reply):
    """An action as it stands today. `rating` is worked out from status and day; words are empty without a person."""

    action_id: str
    entry_id: str
    programme_id: str
    programme: str
    form: str
    form_title: str
    school_id: str
    what: str = ""
    owner: str = Field("", description="as the plan names whoever sees to it")
    owner_id: str = Field("", description="empty where nobody knows who that is")
    due: dt.date | None = None
    status: ActionStatus
    rating: ActionRating
    said_on: dt.date | None = Field(None, description="when its owner last said how it stands")
    may_change: bool = Field(False, description="whether this person may name another owner or day")


class ActionRows(Reply):
    """Actions, the earliest due first. `by_rating` counts all that match, whatever rating was asked for."""

    total: int
    by_rating: dict[ActionRating, int]
    actions: tuple[ActionRow, ...]


class ListActions(Query):
    """Actions of one programme or of all; with `person_id` those that this person owns, may read or leads."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = ActionRows
    programme_id: str = ""
    school_id: str = ""
    form: str = Field("", description="key of the form on which they were planned")
    owner_id: str = ""
    rating: ActionRating | None = None
    named: str = Field("", max_length=100, description="an action's id or its beginning")
    concerning: Concerning = ()
    person_id: str = ""
    limit: int = Field(100, ge=1, le=200)
    offset: int = Field(0, ge=0)


class ChangeAction(Command):
    """Another owner, day or state of an action, by who leads it or the coordinator. What is not given stays."""

    service: ClassVar[str] = "reporting"
    action_id: str
    person_id: str
    owner: str = Field("", max_length=200, description="who sees to it, in words")
    address: str = Field("", max_length=254, description="their work address; needed for somebody without a role")
    due: dt.date | None = None
    status: ActionStatus | None = None


class OwnerNamed(Reply):
    """Whom an entry names by address: a line's owner, or somebody to be introduced. It goes on as a contact card."""

    line_id: str
    name: str
    address: str


class OwnersOfActions(Reply):
    """The owners in the submitted version of an entry of whom nobody has said yet who they are."""

    entry_id: str
    number: int
    owners: tuple[OwnerNamed, ...]


class ShowOwnersOfActions(Query):
    """Whom an entry's action plan names by address; Rejected("unknown-entry") where there is none."""

    service: ClassVar[str] = "reporting"
    Reply: ClassVar[type[Reply]] = OwnersOfActions
    entry_id: str
