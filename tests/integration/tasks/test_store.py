"""The stores of tasks on MongoDB, by either driver."""

import pytest

from services.tasks.store.stores import mongo_stores, prepare
from tests.fakes.tasks.contract import StoresContract


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
class TestMongoStores(StoresContract):
    @pytest.fixture
    async def stores(self, settings, mongo):
        database = mongo.database(f"{settings.database_prefix}tasks")
        await prepare(database)
        return mongo_stores(database)
