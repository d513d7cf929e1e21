"""The MongoDB adapters keep the contracts that the ports in memory keep, those with unique indexes on both drivers."""

import pytest

from benchmarks.scheduling_stored import stored
from services.scheduling.ports.stores import Stores
from services.scheduling.store.indexes import create_indexes
from services.scheduling.store.stores import mongo_stores
from shared.bus import inbox
from shared.mongo import Database, Mongo
from shared.settings import Settings
from tests.unit.scheduling.cohorts import varied
from tests.unit.scheduling.ports.arrangements import ArrangementsContract, EngineFactsContract
from tests.unit.scheduling.ports.calendars import CalendarsContract, DaysOffContract
from tests.unit.scheduling.ports.courses import CoursesContract
from tests.unit.scheduling.ports.dates import AgreementsContract, CallsContract
from tests.unit.scheduling.ports.duties import DutiesContract
from tests.unit.scheduling.ports.events import AnswersContract, CohortEventsContract
from tests.unit.scheduling.ports.facts import CohortsContract, ProgrammesContract
from tests.unit.scheduling.ports.outline import OutlineContract
from tests.unit.scheduling.ports.programme_dates import ProgrammeDatesContract
from tests.unit.scheduling.ports.records import NOW
from tests.unit.scheduling.ports.visits import DraftsContract, EngagementsContract, ListingsContract, VisitsContract
from tests.unit.scheduling.world import SHIPPED

on_both_drivers = pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)


@pytest.fixture
def database(settings: Settings, mongo: Mongo) -> Database:
    return mongo.database(f"{settings.database_prefix}scheduling")


@pytest.fixture
async def stores(database: Database) -> Stores:
    await create_indexes(database)
    return mongo_stores(database, SHIPPED, lambda: NOW)


@pytest.fixture
async def whole(database: Database) -> Stores:
    return await stored(database, varied())


class TestCalendars(CalendarsContract):
    pass


class TestDaysOff(DaysOffContract):
    pass


@on_both_drivers
class TestAgreements(AgreementsContract):
    pass


@on_both_drivers
class TestArrangements(ArrangementsContract):
    pass


class TestEngineFacts(EngineFactsContract):
    pass


@on_both_drivers
class TestCourses(CoursesContract):
    pass


class TestDuties(DutiesContract):
    pass


@on_both_drivers
class TestCalls(CallsContract):
    pass


class TestAnswers(AnswersContract):
    pass


class TestCohortEvents(CohortEventsContract):
    pass


class TestCohorts(CohortsContract):
    pass


class TestProgrammes(ProgrammesContract):
    pass


class TestOutline(OutlineContract):
    pass


class TestDrafts(DraftsContract):
    pass


class TestEngagements(EngagementsContract):
    pass


class TestListings(ListingsContract):
    pass


@on_both_drivers
class TestVisits(VisitsContract):
    pass


class TestProgrammeDates(ProgrammeDatesContract):
    async def test_the_version_differs_once_a_message_or_command_was_handled(self, stores: Stores, database: Database):
        async def version():
            return await stores.programme_dates.version()

        before = await version()
        assert await version() == before
        await inbox.enter(database, "scheduling", ["one"])
        between = await version()
        await database["command_replies"].insert_one({"_id": "key-1", "at": NOW, "reply": b"{}"})
        assert len({before, between, await version()}) == 3
