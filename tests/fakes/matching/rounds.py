"""The stores of rounds in memory."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from services.matching.domain.rounds.facts import Balance
from shared.errors import Retryable
from tests.fakes.roster import MemoryRoster


@dataclass
class FakeRecords:
    """Records of one kind; `key` is the field they are kept by."""

    key: str
    kept: dict[str, Any] = field(default_factory=dict)

    async def get(self, key):
        return self.kept.get(key)

    async def put(self, record):
        self.kept[getattr(record, self.key)] = record

    def found(self, **wanted):
        return [
            one
            for _, one in sorted(self.kept.items())
            if all(getattr(one, name) == value for name, value in wanted.items())
        ]


class FakeSchools(FakeRecords):
    """Port `Schools`."""

    async def of_programme(self, programme_id):
        return sorted(self.found(programme_id=programme_id), key=lambda one: one.school_id)


class FakeEntries(FakeRecords):
    """Port `Entries`."""

    async def of_forms(self, programme_id, forms):
        return [one for one in self.found(programme_id=programme_id) if one.form in forms]


class FakeRounds(FakeRecords):
    """Port `Rounds`."""

    async def put(self, record):
        known = self.kept.get(record.round_id)
        if known is not None and known.version >= record.version:
            raise Retryable("The round has changed meanwhile.")
        await super().put(record)


class FakeMatches(FakeRecords):
    """Port `Matches`."""

    async def add(self, matches):
        for match in matches:
            await self.put(match)

    async def of_round(self, round_id):
        return sorted(self.found(round_id=round_id), key=lambda one: (one.person_entry_id, one.thing_entry_id))

    async def of_person(self, programme_id, person_id):
        return self.found(programme_id=programme_id, person_id=person_id, ended=False)

    async def balances(self, school_ids, without_round):
        elsewhere = [one for one in self.found(ended=False) if one.round_id != without_round]
        gave = Counter(one.school_id for one in elsewhere)
        received = Counter(one.host_school_id for one in elsewhere)
        concerned = {*gave, *received} & set(school_ids)
        return {school: Balance(gave[school], received[school]) for school in concerned}

    async def untold(self, limit):
        found = self.found(told=False)[:limit]
        for match in found:
            await self.put(match.model_copy(update={"told": True}))
        return found


class FakeOffers(FakeRecords):
    """Port `Offers`."""

    async def of_round(self, round_id):
        return self.found(round_id=round_id)


class FakePairs(FakeRecords):
    """Port `Pairs`."""

    async def save(self, pairs):
        for pair in pairs:
            await self.put(pair)

    async def of_round(self, round_id):
        return self.found(round_id=round_id)

    async def of_people(self, person_ids):
        return [one for one in self.found() if set(person_ids) & set(one.person_ids)]

    async def untold(self, limit):
        found = sorted(self.found(told=False), key=lambda one: not one.ended)[:limit]
        for pair in found:
            await self.put(pair.model_copy(update={"told": True}))
        return found


@dataclass
class FakeRoundStores:
    """Port `RoundStores`."""

    programmes: FakeRecords = field(default_factory=lambda: FakeRecords("programme_id"))
    schools: FakeSchools = field(default_factory=lambda: FakeSchools("enrolment_id"))
    entries: FakeEntries = field(default_factory=lambda: FakeEntries("entry_id"))
    rounds: FakeRounds = field(default_factory=lambda: FakeRounds("round_id"))
    matches: FakeMatches = field(default_factory=lambda: FakeMatches("match_id"))
    offers: FakeOffers = field(default_factory=lambda: FakeOffers("offer_id"))
    roster: MemoryRoster = field(default_factory=MemoryRoster)
    pair_rounds: FakeRounds = field(default_factory=lambda: FakeRounds("round_id"))
    pairs: FakePairs = field(default_factory=lambda: FakePairs("pair_id"))
