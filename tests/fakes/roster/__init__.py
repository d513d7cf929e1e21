"""The roster in memory; it passes the contract suite of contract.py as MongoDB does."""

from collections.abc import Collection

from shared.roster import Membership, Party, Relationship, SchoolStanding
from shared.template.resolving import Needed


class MemoryRoster:
    def __init__(self) -> None:
        self.memberships: dict[str, Membership] = {}
        self.relationships: dict[str, Relationship] = {}
        self.kept_parties: dict[str, Party] = {}
        self.standings: dict[str, SchoolStanding] = {}

    async def membership(self, membership_id: str) -> Membership | None:
        return self.memberships.get(membership_id)

    async def relationship(self, relation_id: str) -> Relationship | None:
        return self.relationships.get(relation_id)

    async def put_membership(self, membership: Membership) -> None:
        self.memberships[membership.membership_id] = membership

    async def put_relationship(self, relationship: Relationship) -> None:
        self.relationships[relationship.relation_id] = relationship

    async def of_person(self, programme_id: str, person_id: str) -> list[Membership]:
        return [one for one in self._of(programme_id) if one.person_id == person_id]

    async def held_by(self, person_id: str) -> list[Membership]:
        mine = [one for one in self.memberships.values() if one.person_id == person_id]
        return sorted(mine, key=lambda one: (one.since, one.membership_id))

    async def named_in(self, programme_id: str, entry_id: str) -> list[Membership]:
        return [one for one in self._of(programme_id) if one.entry_id == entry_id]

    async def members(self, programme_id: str, wanted: Needed) -> list[Membership]:
        schools = {None, *wanted.school_ids}
        return [
            one for one in self._of(programme_id) if one.school_id in schools or one.role in wanted.roles_everywhere
        ]

    async def standing_among(self, programme_id: str, person_ids: Collection[str]) -> list[Relationship]:
        people = set(person_ids)
        found = [one for one in self.relationships.values() if one.programme_id == programme_id]
        among = (one for one in found if people & {one.from_person, one.to_person})
        return sorted(among, key=lambda one: one.relation_id)

    async def party(self, party_id: str) -> Party | None:
        return self.kept_parties.get(party_id)

    async def put_party(self, party: Party) -> None:
        self.kept_parties[party.party_id] = party

    async def parties(self, programme_id: str) -> list[Party]:
        found = [one for one in self.kept_parties.values() if one.programme_id == programme_id and not one.withdrawn]
        return sorted(found, key=lambda one: one.party_id)

    async def school_standing(self, standing_id: str) -> SchoolStanding | None:
        return self.standings.get(standing_id)

    async def put_school_standing(self, standing: SchoolStanding) -> None:
        self.standings[standing.standing_id] = standing

    async def school_standings(self, programme_id: str) -> list[SchoolStanding]:
        found = [one for one in self.standings.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.school_id)

    async def forget(self, person_id: str) -> None:
        self.memberships = {key: one for key, one in self.memberships.items() if one.person_id != person_id}
        self.relationships = {
            key: one for key, one in self.relationships.items() if person_id not in {one.from_person, one.to_person}
        }
        self.standings = {key: one.without(person_id) for key, one in self.standings.items()}

    def _of(self, programme_id: str) -> list[Membership]:
        found = [one for one in self.memberships.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: (one.since, one.membership_id))
