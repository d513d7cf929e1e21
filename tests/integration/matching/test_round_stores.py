"""What the ports of rounds promise: MongoDB keeps it, and so do the fakes that handlers are tested on."""

import datetime as dt

import pytest

from services.matching.domain.pairs.records import DraftedPair, PairPin, PairRecord, PairRoundRecord
from services.matching.domain.rounds.facts import Balance
from services.matching.domain.rounds.records import (
    EngineProgramme,
    EntryRecord,
    MatchRecord,
    OfferRecord,
    Pin,
    RoundRecord,
    SchoolRecord,
)
from services.matching.store import MongoStores, create_indexes
from shared.errors import Retryable
from tests.fakes.matching import exchange
from tests.fakes.matching.rounds import FakeRoundStores


@pytest.fixture(params=["memory", "mongodb"])
def stores(request):
    if request.param == "memory":
        return FakeRoundStores()
    return request.getfixturevalue("stored")


@pytest.fixture
async def stored(mongo, settings):
    database = mongo.database(f"{settings.database_prefix}matching")
    await create_indexes(database)
    return MongoStores.of(database).rounds


def school(letter, **changes):
    fields = {"enrolment_id": f"enr-{letter}", "programme_id": "prg-1", "school_id": f"sch-{letter}", "name": letter}
    return SchoolRecord(**{**fields, "version": 1, **changes})


def entry(name, form="puzzle", **changes):
    fields = {"programme_id": "prg-1", "form": form, "about_id": "sch-a", "version": 1, **changes}
    return EntryRecord(entry_id=f"ent-{name}", **fields)


def match(name, giver="a", host="b", **changes):
    fields = {
        "match_id": f"mat-{name}", "round_id": "rnd-1", "programme_id": "prg-1", "round": "swap", "role": "visitor",
        "person_id": f"per-{name}", "school_id": f"sch-{giver}", "host_school_id": f"sch-{host}",
        "person_entry_id": f"ent-{name}", "thing_entry_id": f"ent-{host}1", "told": True, **changes,
    }  # fmt: skip
    return MatchRecord(**fields)


def offer(name, **changes):
    fields = match(name).model_dump(exclude={"match_id", "role", "told", "ended", "reason"})
    return OfferRecord(**{**fields, "offer_id": f"ofr-{name}", "until": dt.date(2026, 12, 1), **changes})


async def test_programmes_schools_and_entries_are_kept_as_they_were_put_last(stores):
    opened = EngineProgramme.model_validate(exchange.opened().model_dump())
    said = entry("1", answers={"fine": True, "likes": ("ent-2", "ent-3"), "days": 3, "topic": "reading"})
    for store, record, key in (
        (stores.programmes, opened, "prg-1"),
        (stores.schools, school("a"), "enr-a"),
        (stores.entries, said, "ent-1"),
    ):
        assert await store.get(key) is None
        await store.put(record)
        await store.put(record)
        assert await store.get(key) == record
    assert (await stores.entries.get("ent-1")).answers["fine"] is True


async def test_schools_come_by_their_id_those_that_left_too(stores):
    for one in (school("b"), school("a", withdrawn=True), school("c", programme_id="prg-2")):
        await stores.schools.put(one)
    assert [one.school_id for one in await stores.schools.of_programme("prg-1")] == ["sch-a", "sch-b"]


async def test_entries_come_by_their_forms(stores):
    for one in (entry("2"), entry("1"), entry("3", "other"), entry("4", "third"), entry("5", programme_id="prg-2")):
        await stores.entries.put(one)
    found = await stores.entries.of_forms("prg-1", ["puzzle", "other"])
    assert [one.entry_id for one in found] == ["ent-1", "ent-2", "ent-3"]
    assert await stores.entries.of_forms("prg-1", []) == []


async def test_a_round_is_saved_only_with_a_later_version(stores):
    pins = (Pin(person_entry_id="ent-1", thing_entry_id="ent-2", how="pinned"),)
    record = RoundRecord(round_id="rnd-1", programme_id="prg-1", round="swap", version=1, pins=pins)
    await stores.rounds.put(record)
    await stores.rounds.put(record.changed(state="draft"))
    with pytest.raises(Retryable):
        await stores.rounds.put(record.changed(state="published"))
    assert await stores.rounds.get("rnd-1") == record.changed(state="draft")


async def test_placements_come_by_round_and_those_that_stand_by_person(stores):
    await stores.matches.add([match("2"), match("1"), match("3", round_id="rnd-2")])
    await stores.matches.add([])
    await stores.matches.put(match("2", ended=True, version=2))
    assert [(one.match_id, one.ended) for one in await stores.matches.of_round("rnd-1")] == [
        ("mat-1", False), ("mat-2", True),
    ]  # fmt: skip
    assert await stores.matches.of_person("prg-1", "per-1") == [match("1")]
    assert await stores.matches.of_person("prg-1", "per-2") == []
    assert await stores.matches.of_person("prg-2", "per-1") == []


async def test_what_was_given_and_received_elsewhere_is_counted_while_it_stands(stores):
    await stores.matches.add([
        match("1", "a", "b", round_id="rnd-2"), match("2", "a", "c", round_id="rnd-3"),
        match("3", "b", "a", round_id="rnd-2", ended=True), match("4", "b", "a"),
        match("5", "d", "e", round_id="rnd-2"),
    ])  # fmt: skip
    found = await stores.matches.balances(["sch-a", "sch-b", "sch-c"], "rnd-1")
    assert found == {"sch-a": Balance(2, 0), "sch-b": Balance(0, 1), "sch-c": Balance(0, 1)}


async def test_placements_are_told_in_order_and_once(stores):
    await stores.matches.add([match("3", told=False), match("1", told=False), match("2")])
    (first,) = await stores.matches.untold(1)
    assert first.match_id == "mat-1"
    assert [one.match_id for one in await stores.matches.untold(9)] == ["mat-3"]
    assert await stores.matches.untold(9) == []
    assert (await stores.matches.get("mat-1")).told is True


async def test_offers_come_by_round(stores):
    for one in (offer("2"), offer("1"), offer("3", round_id="rnd-2")):
        await stores.offers.put(one)
    assert await stores.offers.of_round("rnd-1") == [offer("1"), offer("2")]
    assert await stores.offers.get("ofr-9") is None


def pair(name, *people, **changes):
    fields = {"pair_id": f"par-{name}", "round_id": "rnd-1", "programme_id": "prg-1", "round": "walk", "run": 1}
    ids = {"person_ids": tuple(f"per-{one}" for one in people), "school_ids": tuple(f"sch-{one}" for one in people)}
    return PairRecord(**{**fields, **ids, "told": True, **changes})


async def test_of_a_round_of_pairs_the_newest_version_alone_is_kept(stores):
    record = PairRoundRecord(round_id="rnd-1", programme_id="prg-1", round="walk")
    pins = (PairPin(person_ids=("per-1", "per-2"), how="apart"),)
    drafted = record.changed(state="draft", draft=(DraftedPair(person_ids=("per-1", "per-3")),), pins=pins, since="x")
    await stores.pair_rounds.put(drafted)
    with pytest.raises(Retryable):
        await stores.pair_rounds.put(record.changed(state="published"))
    assert await stores.pair_rounds.get("rnd-1") == drafted
    assert await stores.pair_rounds.get("rnd-2") is None


async def test_pairs_come_by_round_and_by_whoever_is_or_was_in_one(stores):
    other = pair("3", 1, 5, programme_id="prg-2", round_id="r-2")
    await stores.pairs.save([pair("2", 1, 2, 3), pair("1", 4, 5)])
    await stores.pairs.save([])
    await stores.pairs.save([pair("1", 4, 5, ended=True, version=2), other])
    assert [(one.pair_id, one.ended) for one in await stores.pairs.of_round("rnd-1")] == [
        ("par-1", True), ("par-2", False),
    ]  # fmt: skip
    assert [one.pair_id for one in await stores.pairs.of_people(["per-1"])] == ["par-2", "par-3"]
    assert [one.pair_id for one in await stores.pairs.of_people(["per-4", "per-3"])] == ["par-1", "par-2"]
    assert await stores.pairs.of_people(["per-9"]) == []


async def test_pairs_are_told_in_order_and_once(stores):
    await stores.pairs.save([pair("3", 1, 2, told=False), pair("1", 3, 4, told=False), pair("2", 5, 6)])
    (first,) = await stores.pairs.untold(1)
    assert first.pair_id == "par-1"
    assert [one.pair_id for one in await stores.pairs.untold(9)] == ["par-3"]
    assert await stores.pairs.untold(9) == []
    assert (await stores.pairs.get("par-1")).told is True


async def test_pairs_that_ended_are_told_before_those_that_are_new(stores):
    await stores.pairs.save([pair("1", 1, 2, told=False), pair("3", 2, 3, told=False, ended=True), pair("2", 4, 5)])
    await stores.pairs.save([pair("2", 4, 5, told=False, ended=True, version=2)])
    assert [one.pair_id for one in await stores.pairs.untold(2)] == ["par-2", "par-3"]
    assert [one.pair_id for one in await stores.pairs.untold(2)] == ["par-1"]
