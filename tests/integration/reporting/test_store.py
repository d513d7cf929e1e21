"""Reporting's stores on MongoDB, by either driver."""

import pytest

from services.reporting.store.stores import mongo_stores, prepare
from tests.fakes.reporting.contract import StoresContract
from tests.fakes.reporting.entries_contract import EntriesContract


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
class TestMongoStores(StoresContract, EntriesContract):
    @pytest.fixture
    async def stores(self, settings, mongo):
        database = mongo.database(f"{settings.database_prefix}reporting")
        await prepare(database)
        return mongo_stores(database)
