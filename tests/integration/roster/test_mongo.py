"""The roster on MongoDB, by either driver."""

import pytest

from shared.roster.mongo import MongoRoster
from tests.fakes.roster.contract import RosterContract


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
class TestMongoRoster(RosterContract):
    @pytest.fixture
    async def roster(self, settings, mongo):
        made = MongoRoster(mongo.database(f"{settings.database_prefix}roster"))
        await made.prepare()
        return made
