"""Trusts, partnerships, relations and categories in memory."""

from services.programmes.domain.parties.records import PartyRecord, RelationRecord, StandingRecord


class MemoryParties:
    def __init__(self) -> None:
        self.kept: dict[str, PartyRecord] = {}
        self.related: dict[str, RelationRecord] = {}
        self.categories: dict[str, StandingRecord] = {}

    async def party(self, party_id):
        return self.kept.get(party_id)

    async def parties(self, programme_id):
        found = [one for one in self._standing() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: (one.name, one.party_id))

    async def of_trusts(self, trust_ids):
        wanted = set(trust_ids)
        return [one for one in self._standing() if one.trust_id in wanted]

    async def with_schools(self, school_ids):
        wanted = set(school_ids)
        return [one for one in self._standing() if wanted & {each.school_id for each in one.schools}]

    async def put_party(self, party):
        self.kept[party.party_id] = party

    async def relations(self, programme_id):
        found = [one for one in self.related.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.relation_id)

    async def put_relations(self, relations):
        self.related |= {one.relation_id: one for one in relations}

    async def standing(self, standing_id):
        return self.categories.get(standing_id)

    async def standings(self, programme_id):
        found = [one for one in self.categories.values() if one.programme_id == programme_id]
        return sorted(found, key=lambda one: one.urn)

    async def put_standing(self, standing):
        self.categories[standing.standing_id] = standing

    async def forget(self, person_id):
        self.kept = {key: one.without(person_id) for key, one in self.kept.items()}
        self.related = {
            key: one for key, one in self.related.items() if person_id not in {one.from_person, one.to_person}
        }
        self.categories = {key: one.without(person_id) for key, one in self.categories.items()}

    def _standing(self):
        return sorted((one for one in self.kept.values() if one.state == "enrolled"), key=lambda one: one.party_id)
