"""One record a membership, one a relation."""

import datetime as dt
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from shared.events.programmes_parts import RelationDeclared, RelationEnded, RoleLeft, RoleTaken


class Membership(BaseModel):
    """Somebody's role in a programme: held from `since`, and no more from `until` on.

    `entry_id`: the entry of a form that named the person.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    membership_id: str
    programme_id: str
    person_id: str
    role: str
    school_id: str | None = None
    since: dt.date
    until: dt.date | None = None
    interim: bool = False
    entry_id: str | None = None
    replaces: str | None = None
    version: int

    @classmethod
    def taken(cls, event: RoleTaken) -> "Membership":
        """A role that somebody has taken."""
        return cls.model_validate(event.model_dump())

    def left(self, event: RoleLeft) -> "Membership":
        """The same once it was left."""
        return self.model_copy(update={"until": event.until, "version": event.version})

    def holds_on(self, day: dt.date) -> bool:
        """Whether the role is held on that day."""
        return self.since <= day and (self.until is None or day < self.until)


def holder_of(named: Sequence[Membership], role: str) -> str | None:
    """Who has the role that an entry named somebody for: whoever took it over last. `named`: the oldest first."""
    those = [one for one in named if one.role == role]
    standing = [one for one in those if one.until is None]
    return (standing or those)[-1].person_id if those else None


class Relationship(BaseModel):
    """How `from_person` stands to `to_person`: a line manager to a practitioner."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    relation_id: str
    programme_id: str
    relation: str
    from_person: str
    to_person: str
    ended: bool = False
    version: int

    @classmethod
    def of(cls, event: RelationDeclared | RelationEnded) -> "Relationship":
        """The relation as the event says it stands."""
        return cls(**event.model_dump(), ended=isinstance(event, RelationEnded))
