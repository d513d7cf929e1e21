"""The ports in memory keep the contracts that the MongoDB adapters keep."""

import pytest

from services.scheduling.ports.stores import Stores
from tests.fakes.memory import Memory
from tests.fakes.scheduling import memory_stores
from tests.fakes.scheduling.authorities import KnownAuthorities
from tests.unit.scheduling.cohorts import remembered, varied
from tests.unit.scheduling.ports.arrangements import ArrangementsContract, EngineFactsContract
from tests.unit.scheduling.ports.authorities import KNOWN, AuthoritiesContract
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


@pytest.fixture
def stores() -> Stores:
    return memory_stores(Memory(), SHIPPED, lambda: NOW)


@pytest.fixture
async def whole() -> Stores:
    return await remembered(varied(), Memory())


class TestAuthorities(AuthoritiesContract):
    @pytest.fixture
    def authorities(self) -> KnownAuthorities:
        return KnownAuthorities(KNOWN)

    @pytest.fixture
    def silent_authorities(self) -> KnownAuthorities:
        return KnownAuthorities(KNOWN, silent=True)


class TestCalendars(CalendarsContract):
    pass


class TestDaysOff(DaysOffContract):
    pass


class TestAgreements(AgreementsContract):
    pass


class TestArrangements(ArrangementsContract):
    pass


class TestEngineFacts(EngineFactsContract):
    pass


class TestCourses(CoursesContract):
    pass


class TestDuties(DutiesContract):
    pass


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


class TestVisits(VisitsContract):
    pass


class TestProgrammeDates(ProgrammeDatesContract):
    pass
