"""What may be asked of `programmes` about trusts and partnerships, their people, who stands how to whom, categories."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply
from shared.commands.programmes import PersonDetails
from shared.commands.programmes_queries import PersonRow
from shared.template.words import Key

Whom = Field(max_length=254, description="address or id of somebody who takes part")
Which = Field(max_length=200, description="name or id of the trust or partnership, or a trust's code")
Reason = Field(min_length=1, max_length=500)


class EnrolTrust(Command):
    """A trust takes part: its open schools by the register are enrolled, and follow the register from now on."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    trust: OneLine = Field(min_length=1, max_length=200, description="its code in the register, or its name")
    people: tuple[PersonDetails, ...] = ()


class EnrolPartnership(Command):
    """Schools of one trust or several take part together."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    name: OneLine = Field(min_length=1, max_length=120)
    urns: tuple[int, ...] = Field(min_length=1, max_length=500)
    people: tuple[PersonDetails, ...] = ()


class ChangePartnership(Command):
    """Schools join a partnership, or leave it. What those that leave have done stays theirs."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    party: OneLine = Which
    joining: tuple[int, ...] = Field((), max_length=500)
    leaving: tuple[int, ...] = Field((), max_length=500)


class TrainTogether(Command):
    """Schools of one trust or federation that take part train together, on days of their own; said again, it changes.

    `urns`: all of them, two or more. Whoever is left out comes to the days of everybody else again.
    """

    service: ClassVar[str] = "programmes"
    programme_id: str
    name: OneLine = Field(min_length=1, max_length=120, description="what they are called together")
    urns: tuple[int, ...] = Field(min_length=2, max_length=100)


class WithdrawParty(Command):
    """A trust or partnership leaves a programme with all of its schools; those that trained together no longer do."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    party: OneLine = Which
    reason: str = Field("", max_length=500)


class NamePartyPerson(Command):
    """Somebody has a role at a trust or partnership; without one: for the programme, as a consultant has."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    party: OneLine = Field("", max_length=200)
    person: PersonDetails


class ReplacePartyPerson(Command):
    """Somebody else takes over such a role, and with it everybody who stood to the one before them."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    party: OneLine = Field("", max_length=200)
    person: PersonDetails
    leaving: OneLine = Field("", max_length=254, description="address or id of whom, where several hold the role")
    interim: bool = False


class LeavePartyRole(Command):
    """Somebody leaves such a role, and nobody takes it over."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    party: OneLine = Field("", max_length=200)
    role: Key
    leaving: OneLine = Whom


class DeclareRelation(Command):
    """Somebody stands in a relation of the template to somebody else, from a day on."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    relation: Key
    person: OneLine = Whom
    to: OneLine = Whom
    since: dt.date | None = Field(None, description="none: from today")
    until: dt.date | None = Field(None, description="the first day on which it stands no longer; none: not known yet")


class EndRelation(Command):
    """A relation stands no longer."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    relation: Key
    person: OneLine = Whom
    to: OneLine = Whom
    until: dt.date | None = Field(None, description="the first day on which it stands no longer; none: today")


class HandOverPlaces(Command):
    """Somebody leaves, and one successor takes over every role that they hold: in all programmes, or in one."""

    service: ClassVar[str] = "programmes"
    person: OneLine = Whom
    name: OneLine = Field(min_length=1, max_length=200, description="of the successor")
    email: OneLine = Field(max_length=254)
    programme_id: str | None = Field(None, description="none: in every programme that is under way")
    interim: bool = False


class DecideCategory(Command):
    """A school stands in a category from a day on."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    category: Key
    since: dt.date | None = Field(None, description="none: from today")
    decided_by: OneLine = Field("", max_length=254, description="address or id of who decided; none: the coordinator")
    reason: OneLine = Reason


class PartySchoolRow(Reply):
    """A school of a party; `missing`: roles that it names nobody for."""

    school_id: str
    urn: int
    school: str
    since: dt.date
    until: dt.date | None = None
    part_way: bool = False
    category: str = ""
    missing: tuple[str, ...] = ()


class PartyRow(Reply):
    """A trust or partnership with its schools and people."""

    party_id: str
    kind: str
    name: str
    trust_id: str | None = None
    schools: tuple[PartySchoolRow, ...]
    people: tuple[PersonRow, ...]


class PartyRows(Reply):
    """A page, by name; `programme_people` have roles for the programme, at no school and no party.

    `total`: how many fit; `known`: how many take part.
    """

    parties: tuple[PartyRow, ...]
    total: int = 0
    known: int = 0
    programme_people: tuple[PersonRow, ...] = ()


class ListParties(Query):
    """The trusts or partnerships of a programme; with `person_id`, those in which that person has a role."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = PartyRows
    programme_id: str
    person_id: str | None = None
    party_id: str = Field("", max_length=100, description="only this one")
    search: str = Field("", max_length=100, description="part of a name")
    limit: int = Field(10_000, ge=1, le=10_000)
    offset: int = Field(0, ge=0)


class RelationRow(Reply):
    """Who stands in which relation to whom."""

    relation: str
    person_id: str
    person: str
    to_id: str
    to: str
    since: dt.date
    until: dt.date | None = None


class RelationRows(Reply):
    """A page, by relation and name, those that are over last. `total`: how many fit; `standing`: of them not over."""

    relations: tuple[RelationRow, ...]
    total: int = 0
    standing: int = 0


class ListRelations(Query):
    """Who stands in which relation to whom in a programme, as people have been told to `DeclareRelation`."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = RelationRows
    programme_id: str
    search: str = Field("", max_length=100, description="part of the name of either of both")
    limit: int = Field(10_000, ge=1, le=10_000)
    offset: int = Field(0, ge=0)


class CategoryRow(Reply):
    """A category of a school from a day on, who decided and why."""

    urn: int
    school: str
    category: str
    title: str
    since: dt.date
    decided_by: str = Field("", description="a name; blank: the coordinator, or somebody who was erased")
    reason: str


class CategoryRows(Reply):
    """By school, the latest first."""

    decisions: tuple[CategoryRow, ...]


class ListCategories(Query):
    """What was decided about the categories of a programme's schools."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = CategoryRows
    programme_id: str
    urn: int | None = None
