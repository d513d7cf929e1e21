"""What the port of parties promises, for the store in memory and the one on MongoDB."""

import datetime as dt

from services.programmes.domain.parties.records import (
    CategoryDecision,
    PartyPerson,
    PartyRecord,
    RelationRecord,
    StandingRecord,
)
from shared.events.parties import PartySchool

SEPTEMBER = dt.date(2026, 9, 1)


def party(number=1, *, schools=("sch-1",), people=(), **changed):
    told = {"party_id": f"pty-{number}", "programme_id": "prg-1", "kind": "trust", "name": f"Trust {number}"}
    told |= {"trust_id": f"trust-{number}"}
    there = tuple(PartySchool(school_id=one, since=SEPTEMBER) for one in schools)
    held = tuple(PartyPerson(person_id=one, role="chief-executive", since=SEPTEMBER) for one in people)
    return PartyRecord(**{**told, "schools": there, "people": held, **changed})


def relation(number, person, to, programme="prg-1"):
    told = {"relation_id": f"rel-{number}", "programme_id": programme, "relation": "reports-to"}
    return RelationRecord(**told, from_person=person, to_person=to, since=SEPTEMBER)


def standing(urn, by=None, programme="prg-1"):
    decided = CategoryDecision(category="standard", since=SEPTEMBER, decided_by=by, reason="All is well.")
    told = {"standing_id": f"std-{urn}", "programme_id": programme, "school_id": f"sch-{urn}", "urn": urn}
    return StandingRecord(**told, decisions=(decided,), version=1)


class PartiesContract:
    async def test_a_party_is_kept_and_the_next_version_takes_its_place(self, stores):
        await stores.parties.put_party(party())
        after = party(schools=("sch-1", "sch-2"), version=2)
        await stores.parties.put_party(after)
        assert await stores.parties.party("pty-1") == after
        assert await stores.parties.party("pty-9") is None

    async def test_parties_are_those_that_take_part_by_name(self, stores):
        one, two, gone = party(1, name="B"), party(2, name="A"), party(3, state="withdrawn")
        for each in (one, two, gone, party(4, programme_id="prg-2")):
            await stores.parties.put_party(each)
        assert await stores.parties.parties("prg-1") == [two, one]

    async def test_parties_are_found_by_trust_and_by_school(self, stores):
        one, two = party(1), party(2, programme_id="prg-2", trust_id="trust-1", schools=("sch-2",))
        for each in (two, one, party(3, schools=("sch-3",)), party(4, state="withdrawn", trust_id="trust-1")):
            await stores.parties.put_party(each)
        assert await stores.parties.of_trusts(["trust-1"]) == [one, two]
        assert await stores.parties.with_schools(["sch-2", "sch-1", "sch-9"]) == [one, two]
        assert await stores.parties.of_trusts([]) == []

    async def test_relations_are_of_a_programme(self, stores):
        one, two = relation(1, "per-1", "per-2"), relation(2, "per-2", "per-3")
        await stores.parties.put_relations([two, one, relation(3, "per-1", "per-2", "prg-2")])
        assert await stores.parties.relations("prg-1") == [one, two]

    async def test_categories_are_of_a_school(self, stores):
        one, two = standing(1), standing(2)
        for each in (two, one, standing(3, programme="prg-2")):
            await stores.parties.put_standing(each)
        assert await stores.parties.standing("std-1") == one
        assert await stores.parties.standing("std-9") is None
        assert await stores.parties.standings("prg-1") == [one, two]

    async def test_forgets_somebody(self, stores):
        await stores.parties.put_party(party(people=("per-1", "per-2")))
        await stores.parties.put_relations([relation(1, "per-1", "per-2"), relation(2, "per-2", "per-3")])
        await stores.parties.put_relations([relation(3, "per-3", "per-1")])
        await stores.parties.put_standing(standing(1, "per-1"))
        await stores.parties.forget("per-1")
        assert await stores.parties.party("pty-1") == party(people=("per-2",))
        assert await stores.parties.relations("prg-1") == [relation(2, "per-2", "per-3")]
        assert await stores.parties.standing("std-1") == standing(1)
