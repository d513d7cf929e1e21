"""A roster follows what programmes publishes."""

import datetime as dt

import pytest

from shared.errors import NotYet
from shared.events.programmes_parts import RelationDeclared, RelationEnded, RoleLeft, RoleTaken
from shared.roster import RosterProjection
from tests.fakes import FakeWork
from tests.fakes.roster import MemoryRoster

TAKEN = {"membership_id": "mem-1", "programme_id": "prg-1", "person_id": "per-1", "role": "cpd-lead", "school_id": "s"}
STANDS = {
    "relation_id": "rel-1", "programme_id": "prg-1", "relation": "line-manages", "from_person": "a", "to_person": "b",
}  # fmt: skip


def taken(version=1, **changes):
    return RoleTaken(**{**TAKEN, "since": dt.date(2026, 9, 1), "version": version, **changes})


def left(version=2):
    return RoleLeft(**TAKEN, until=dt.date(2027, 1, 4), version=version)


class Told:
    def __init__(self):
        self.roster = MemoryRoster()
        self.handlers = RosterProjection(self.roster).handlers()

    async def tell(self, *events):
        for event in events:
            await self.handlers[type(event)](event, FakeWork())


async def test_a_role_is_held_until_it_is_left():
    told = Told()
    await told.tell(taken(), left())
    kept = told.roster.memberships["mem-1"]
    assert (kept.since, kept.until, kept.version) == (dt.date(2026, 9, 1), dt.date(2027, 1, 4), 2)
    assert kept.holds_on(dt.date(2027, 1, 3))
    assert not kept.holds_on(dt.date(2027, 1, 4))
    assert not kept.holds_on(dt.date(2026, 8, 31))


async def test_a_stale_fact_changes_nothing():
    told = Told()
    await told.tell(taken(), left(), taken())
    assert told.roster.memberships["mem-1"].until == dt.date(2027, 1, 4)


async def test_a_role_taken_again_is_held_again():
    told = Told()
    await told.tell(taken(), left(), taken(version=3, since=dt.date(2027, 2, 1)))
    assert told.roster.memberships["mem-1"].holds_on(dt.date(2027, 2, 1))


async def test_leaving_waits_for_the_taking():
    with pytest.raises(NotYet):
        await Told().tell(left())


async def test_a_relation_stands_until_it_ends():
    told = Told()
    await told.tell(RelationDeclared(**STANDS, version=1))
    assert not told.roster.relationships["rel-1"].ended
    await told.tell(RelationEnded(**STANDS, version=2), RelationDeclared(**STANDS, version=1))
    assert told.roster.relationships["rel-1"].ended
