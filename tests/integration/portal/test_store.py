"""The portal's stores on MongoDB."""

import asyncio

import pytest

from services.portal.store.stores import mongo_stores, prepare, signing_key
from tests.fakes.portal.contract import StoresContract


class TestMongoStores(StoresContract):
    @pytest.fixture
    async def stores(self, settings, mongo):
        database = mongo.database(f"{settings.database_prefix}portal")
        await prepare(database)
        return mongo_stores(database)


async def test_every_replica_signs_with_one_key(mongo, settings):
    database = mongo.database(f"{settings.database_prefix}portal")
    keys = await asyncio.gather(*(signing_key(database, f"fresh-{number}") for number in range(8)))
    assert len(set(keys)) == 1
    assert await signing_key(database, "later") == keys[0]
