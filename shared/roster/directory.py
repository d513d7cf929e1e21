"""The part of a programme's roster that a thing needs, ready to resolve references."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from shared.roster.port import Roster
from shared.roster.records import Membership, Party, Relationship
from shared.template.resolving import Needed, Situation, needed
from shared.template.template import Template

__all__ = ["RoleDirectory", "directory", "directory_of"]


class RoleDirectory:
    """Who holds which role on one day, which schools are together: the `Directory` of `shared.template.resolving`."""

    def __init__(
        self,
        members: Iterable[Membership],
        relations: Iterable[Relationship],
        on: dt.date,
        parties: Iterable[Party] = (),
    ) -> None:
        self.members = tuple(member for member in members if member.holds_on(on))
        self._by_role = defaultdict[str, list[Membership]](list)
        for member in self.members:
            self._by_role[member.role].append(member)
        self._standing = defaultdict[tuple[str, str], list[str]](list)
        self._stood_to = defaultdict[tuple[str, str], list[str]](list)
        for relation in relations:
            if relation.holds_on(on):
                self._standing[relation.relation, relation.to_person].append(relation.from_person)
                self._stood_to[relation.relation, relation.from_person].append(relation.to_person)
        self._parties = tuple((party, party.schools_on(on)) for party in parties if not party.withdrawn)

    def holding(self, role: str, school_ids: Iterable[str] | None) -> tuple[str, ...]:
        """The people who hold the role at one of these schools, or at their party; `None`: anywhere."""
        holders = self._by_role.get(role, [])
        if school_ids is None:
            return tuple(dict.fromkeys(one.person_id for one in holders))
        schools = frozenset(school_ids)
        parties = {party.party_id for party, own in self._parties if schools.intersection(own)}
        there = (one for one in holders if one.school_id in schools or one.party_id in parties)
        return tuple(dict.fromkeys(one.person_id for one in there))

    def standing(self, relation: str, to_person: str) -> tuple[str, ...]:
        """The people who stand in that relation to the person."""
        return tuple(dict.fromkeys(self._standing.get((relation, to_person), ())))

    def stood_to(self, relation: str, from_person: str) -> tuple[str, ...]:
        """The people to whom the person stands in that relation."""
        return tuple(dict.fromkeys(self._stood_to.get((relation, from_person), ())))

    def together(self, school_ids: Iterable[str], kinds: Collection[str]) -> tuple[str, ...]:
        """The schools of the parties of these kinds that these schools are of."""
        schools = frozenset(school_ids)
        found = (own for party, own in self._parties if party.kind in kinds and schools.intersection(own))
        return tuple(dict.fromkeys(school for own in found for school in own))

    def of_party(self, party_id: str) -> tuple[str, ...]:
        """The schools of a party."""
        return next((own for party, own in self._parties if party.party_id == party_id), ())


async def directory(
    roster: Roster, programme_id: str, references: Iterable[str], template: Template, *, about: Situation, on: dt.date
) -> RoleDirectory:
    """Load what resolving these references about this thing takes. `on`: the day in the programme's time zone."""
    wanted = needed(references, template, about)
    return await directory_of(roster, programme_id, wanted, template, on=on)


async def directory_of(
    roster: Roster, programme_id: str, wanted: Needed, template: Template, *, on: dt.date
) -> RoleDirectory:
    """Load these people, how they stand to each other, and the programme's parties."""
    members = await roster.members(programme_id, wanted)
    people = wanted.person_ids | {member.person_id for member in members}
    relations = await roster.standing_among(programme_id, people) if template.relations else []
    parties = await roster.parties(programme_id) if template.has_parties else []
    return RoleDirectory(members, relations, on, parties)
