"""What `programmes` publishes of parties that are more than one school, and of where schools stand in them.

A party is a trust, whose schools follow the register, or a partnership of schools of any trusts. Its schools are
enrolled one by one, too; its people take their roles by `RoleTaken` with the party's id.
"""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.events.base import Event, Fact


class PartySchool(Fact):
    """A school's part in a party: from `since`, and no more from `until` on."""

    school_id: str
    since: dt.date
    until: dt.date | None = None
    part_way: bool = Field(False, description="it came after the party had begun")


class _Party(Fact):
    """A party as it stands, with the schools that have left it."""

    party_id: str
    programme_id: str
    kind: str = Field(description="`trust`, `partnership`, `shared-place` or `together`")
    name: str
    trust_id: str | None = Field(None, description="the trust whose schools it has, as `SchoolFacts` name it")
    schools: tuple[PartySchool, ...] = ()


class PartyEnrolled(_Party, Event):
    """A trust or partnership has joined a programme."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "party_id"


class PartyAmended(_Party, Event):
    """A party has other schools now, or another name; the whole party as it stands."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "party_id"


class PartyWithdrawn(_Party, Event):
    """A party has left a programme, with all of its schools."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "party_id"


class CategoryFrom(Fact):
    """A category of a school from a day on; `decided_by`: who decided, where it was not the coordinator."""

    category: str
    since: dt.date
    decided_by: str | None = None


class SchoolCategorised(Event):
    """Somebody has decided in which category a school stands; all decisions so far, by the day from which they hold.

    Before the first of them a school stands in the first category of the template. Reasons are told to nobody.
    """

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "standing_id"
    standing_id: str
    programme_id: str
    school_id: str
    decisions: tuple[CategoryFrom, ...]


class LineHandedOver(Event):
    """Whoever stood in relations has left, and somebody else stands in them: `person_ids` stand to the new one now."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "handover_id"
    handover_id: str
    programme_id: str
    role: str
    left: str
    successor: str
    on: dt.date
    person_ids: tuple[str, ...]
