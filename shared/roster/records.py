"""One record a membership, a relation, a party, and a school with its categories."""

import datetime as dt
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from shared.events.parties import CategoryFrom, PartyAmended, PartyEnrolled, PartySchool, PartyWithdrawn
from shared.events.programmes_parts import RelationDeclared, RelationEnded, RoleLeft, RoleTaken
from shared.template.template import Template


class Membership(BaseModel):
    """Somebody's role in a programme: held from `since`, and no more from `until` on.

    `entry_id`: the entry of a form that named the person. `party_id`: the trust or partnership where it is held.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    membership_id: str
    programme_id: str
    person_id: str
    role: str
    school_id: str | None = None
    party_id: str | None = None
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


def holders_of(named: Sequence[Membership]) -> dict[str, tuple[str, ...]]:
    """Role -> everybody who has it that an entry named people for, or had it last. `named`: as for `holder_of`."""
    found = dict[str, tuple[str, ...]]()
    for role in dict.fromkeys(one.role for one in named):
        those = [one for one in named if one.role == role]
        standing = [one for one in those if one.until is None] or those[-1:]
        found[role] = tuple(dict.fromkeys(one.person_id for one in standing))
    return found


class Relationship(BaseModel):
    """How `from_person` stands to `to_person`: a line manager to a practitioner. No more from `until` on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    relation_id: str
    programme_id: str
    relation: str
    from_person: str
    to_person: str
    since: dt.date | None = None
    until: dt.date | None = None
    ended: bool = False
    version: int

    @classmethod
    def of(cls, event: RelationDeclared | RelationEnded) -> "Relationship":
        """The relation as the event says it stands."""
        return cls(**event.model_dump(), ended=isinstance(event, RelationEnded))

    def holds_on(self, day: dt.date) -> bool:
        """Whether it stands on that day. One that has ended without a day stands on none."""
        begun = self.since is None or self.since <= day
        return begun and (day < self.until if self.until else not self.ended)


class Party(BaseModel):
    """A trust or partnership that takes part, with the schools that are of it and those that were."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    party_id: str
    programme_id: str
    kind: str
    name: str
    trust_id: str | None = None
    schools: tuple[PartySchool, ...] = ()
    withdrawn: bool = False
    version: int

    @classmethod
    def of(cls, event: PartyEnrolled | PartyAmended | PartyWithdrawn) -> "Party":
        """The party as the event says it stands."""
        return cls(**event.model_dump(), withdrawn=isinstance(event, PartyWithdrawn))

    def schools_on(self, day: dt.date) -> tuple[str, ...]:
        """The schools that are of it on that day."""
        return tuple(dict.fromkeys(one.school_id for one in self._on(day)))

    def part_of(self, school_id: str, day: dt.date) -> PartySchool | None:
        """The school's part in it on that day: since when, and whether it came part-way; None where it has none."""
        return next((one for one in self._on(day) if one.school_id == school_id), None)

    def _on(self, day: dt.date) -> Iterator[PartySchool]:
        return (one for one in self.schools if one.since <= day and (one.until is None or day < one.until))


class SchoolStanding(BaseModel):
    """In which category a school stands, from which day on, by whose decision."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    standing_id: str
    programme_id: str
    school_id: str
    decisions: tuple[CategoryFrom, ...] = ()
    version: int

    def on(self, day: dt.date) -> CategoryFrom | None:
        """What holds on that day; None before anybody has decided."""
        return next((one for one in reversed(self.decisions) if one.since <= day), None)

    def without(self, person_id: str) -> "SchoolStanding":
        """The same decisions, not saying of any that this person took it."""

        def nobody(one: CategoryFrom) -> CategoryFrom:
            return one.model_copy(update={"decided_by": None}) if one.decided_by == person_id else one

        return self.model_copy(update={"decisions": tuple(map(nobody, self.decisions))})


def category_on(standing: SchoolStanding | None, day: dt.date, template: Template) -> str:
    """The category of a school on a day: the first of the template until somebody decides; '' where it has none."""
    decided = standing.on(day) if standing else None
    if decided:
        return decided.category
    values = template.categories.values if template.categories else ()
    return values[0].key if values else ""
