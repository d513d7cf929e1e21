"""What this service keeps of trusts, partnerships, the people of a programme, relations, and categories."""

import datetime as dt
import uuid
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.parties import PartySchool
from shared.events.programmes import SchoolFacts

__all__ = [
    "OF_PROGRAMME",
    "CategoryDecision",
    "PartyPerson",
    "PartyRecord",
    "RelationRecord",
    "StandingRecord",
    "party_id",
    "relation_id",
    "standing_id",
]

_IDS = uuid.UUID("3f1d8a52-0c6e-5b7f-9e21-4d8b6a7c1e90")
OF_PROGRAMME = "programme"
"""The kind of the record that keeps who has a role for the programme, at no school and no party."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class PartyPerson(_Record):
    """Somebody's role at a party, or for the programme."""

    person_id: str
    role: str
    since: dt.date
    interim: bool = False


class PartyRecord(_Record):
    """A trust, partnership or shared place in a programme, also one that has left; or the programme's own people."""

    party_id: str
    programme_id: str
    kind: str
    name: str
    trust_id: str | None = None
    schools: tuple[PartySchool, ...] = ()
    people: tuple[PartyPerson, ...] = ()
    state: Literal["enrolled", "withdrawn"] = "enrolled"
    withdrawal_reason: str = ""
    version: int = 1

    @property
    def at(self) -> str | None:
        """What memberships name as the party; None for the programme's own people."""
        return None if self.kind == OF_PROGRAMME else self.party_id

    @property
    def school_ids(self) -> tuple[str, ...]:
        """The schools that are of it now."""
        return tuple(one.school_id for one in self.schools if one.until is None)

    def takes(self, facts: SchoolFacts) -> bool:
        """Whether the school belongs to it by the register."""
        return self.trust_id is not None and facts.trust_id == self.trust_id

    def without(self, person_id: str) -> "PartyRecord":
        """The same without somebody who was erased."""
        return self.model_copy(update={"people": tuple(one for one in self.people if one.person_id != person_id)})

    def holding(self, role: str) -> tuple[str, ...]:
        """The people who hold the role at it."""
        return tuple(one.person_id for one in self.people if one.role == role)


class RelationRecord(_Record):
    """Who stands in a relation to whom, from `since`, and no more from `until` on."""

    relation_id: str
    programme_id: str
    relation: str
    from_person: str
    to_person: str
    since: dt.date
    until: dt.date | None = None
    version: int = 1

    def stands_after(self, day: dt.date) -> bool:
        """Whether it stands on that day or will later."""
        return self.until is None or self.until > day


class CategoryDecision(_Record):
    """A category from a day on, who decided (none: the coordinator) and why."""

    category: str
    since: dt.date
    decided_by: str | None = None
    reason: str


class StandingRecord(_Record):
    """The categories of one school of a programme, by the day from which they hold."""

    standing_id: str
    programme_id: str
    school_id: str
    urn: int
    decisions: tuple[CategoryDecision, ...] = ()
    version: int = 0

    def without(self, person_id: str) -> "StandingRecord":
        """The same, not saying of any decision that this person took it."""

        def nobody(one: CategoryDecision) -> CategoryDecision:
            return one.model_copy(update={"decided_by": None}) if one.decided_by == person_id else one

        return self.model_copy(update={"decisions": tuple(map(nobody, self.decisions))})


def party_id(programme_id: str, what: str) -> str:
    """One party a programme and trust or name, also when it comes back."""
    return f"pty-{uuid.uuid5(_IDS, f'party/{programme_id}/{what}').hex}"


def relation_id(programme_id: str, relation: str, from_person: str, to_person: str) -> str:
    """One relation between two people, also when it comes to stand again."""
    return f"rel-{uuid.uuid5(_IDS, f'relation/{programme_id}/{relation}/{from_person}/{to_person}').hex}"


def standing_id(programme_id: str, school_id: str) -> str:
    """One standing a programme and school."""
    return f"std-{uuid.uuid5(_IDS, f'standing/{programme_id}/{school_id}').hex}"
