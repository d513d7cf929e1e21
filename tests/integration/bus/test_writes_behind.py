"""Writes behind: what a transaction writes without asking for the outcome goes in one round trip a collection."""

import pytest
from pymongo.monitoring import CommandListener
from pymongo.monitoring import register as listen_to

from shared.mongo import DuplicateKey, InsertOne, UpdateOne

pytestmark = pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)


class Heard(CommandListener):
    """Notes which commands change or read documents."""

    def __init__(self):
        self.names = []

    def started(self, event):
        if event.command_name in {"insert", "update", "delete", "find", "aggregate", "findAndModify"}:
            self.names.append(event.command_name)

    def succeeded(self, event):
        """Nothing."""

    def failed(self, event):
        """Nothing."""


HEARD = Heard()
listen_to(HEARD)


@pytest.fixture
def database(mongo, settings):
    return mongo.database(f"{settings.database_prefix}behind")


@pytest.fixture
async def prepared(database):
    """Collections that are there, with an index: none of it is made within a transaction."""
    for name in ("first", "second"):
        await database[name].create_index("unique", unique=True, sparse=True)
    HEARD.names.clear()
    return database


async def all_of(database, name):
    return {each.pop("_id"): each async for each in database[name].find()}


async def test_many_writes_are_one_round_trip_a_collection(mongo, prepared):
    async def work():
        for number in range(20):
            await prepared["first"].put({"_id": number % 3, "n": number})
            await prepared["second"].queue(UpdateOne({"_id": "all"}, {"$inc": {"times": 1}}, upsert=True))

    await mongo.in_transaction(work)
    assert HEARD.names == ["update", "update"]
    assert await all_of(prepared, "first") == {0: {"n": 18}, 1: {"n": 19}, 2: {"n": 17}}
    assert await all_of(prepared, "second") == {"all": {"times": 20}}


async def test_a_transaction_reads_what_it_wrote(mongo, prepared):
    first = prepared["first"]

    async def work():
        await first.put({"_id": "a", "n": 1})
        assert await first.find_one({"_id": "a"}) == {"_id": "a", "n": 1}
        await first.put({"_id": "a", "n": 2})
        assert await first.find({"n": 2}).to_list() == [{"_id": "a", "n": 2}]
        await first.put({"_id": "b", "n": 3})
        assert await first.aggregate([{"$count": "all"}]).to_list() == [{"all": 2}]
        await first.put({"_id": "a", "n": 4})
        assert await first.delete_many({"n": 4}) == 1
        await first.put({"_id": "c", "n": 5})
        assert await first.count() == 2

    await mongo.in_transaction(work)
    assert await all_of(prepared, "first") == {"b": {"n": 3}, "c": {"n": 5}}


async def test_a_pipeline_sees_what_waits_for_other_collections(mongo, prepared):
    async def work():
        await prepared["first"].put({"_id": "a", "n": 1})
        await prepared["second"].put({"_id": "b", "n": 1})
        joined = {"$lookup": {"from": "second", "localField": "n", "foreignField": "n", "as": "others"}}
        (found,) = await prepared["first"].aggregate([joined]).to_list()
        return [each["_id"] for each in found["others"]]

    assert await mongo.in_transaction(work) == ["b"]


async def test_nothing_is_written_when_the_transaction_fails(mongo, prepared):
    async def work():
        await prepared["first"].put({"_id": "a"})
        raise LookupError

    with pytest.raises(LookupError):
        await mongo.in_transaction(work)
    assert await all_of(prepared, "first") == {}


async def test_what_a_unique_index_refuses_is_told_and_takes_all_back(mongo, prepared):
    async def work():
        await prepared["second"].put({"_id": "kept?"})
        await prepared["first"].queue(InsertOne({"_id": "a", "unique": 1}), InsertOne({"_id": "b", "unique": 1}))

    with pytest.raises(DuplicateKey):
        await mongo.in_transaction(work)
    assert await all_of(prepared, "second") == {}


async def test_outside_a_transaction_a_write_does_not_wait(prepared):
    await prepared["first"].put({"_id": "a", "n": 1})
    assert await all_of(prepared, "first") == {"a": {"n": 1}}


@pytest.mark.parametrize("whole", [True, False])
async def test_only_what_is_newer_takes_the_place_of_what_is_there(mongo, prepared, whole):
    first = prepared["first"]
    strange = {"a.b": ["$name", {"$$ROOT": 1}], "when": None}

    async def work():
        await first.put_newer({"_id": "x", "version": 2, "n": 2, "only": "two"}, whole=whole)
        await first.put_newer({"_id": "x", "version": 1, "n": 1}, whole=whole)
        await first.put_newer({"_id": "x", "version": 2, "n": 22}, whole=whole)
        await first.put_newer({"_id": "y", "version": 1, **strange}, whole=whole)

    await mongo.in_transaction(work)
    before = {"version": 2, "n": 2, "only": "two"}
    assert await all_of(prepared, "first") == {"x": before, "y": {"version": 1, **strange}}
    await first.put_newer({"_id": "x", "version": 3, "n": 3}, whole=whole)
    after = {"version": 3, "n": 3} if whole else {"version": 3, "n": 3, "only": "two"}
    assert (await all_of(prepared, "first"))["x"] == after
