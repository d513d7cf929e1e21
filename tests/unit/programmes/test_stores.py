"""The ports in memory keep the contracts that the MongoDB adapters keep."""

import pytest

from tests.fakes.programmes import memory_stores
from tests.unit.programmes.ports.enquiries import EnquiriesContract
from tests.unit.programmes.ports.imports import ImportsContract
from tests.unit.programmes.ports.participation import ParticipationsContract
from tests.unit.programmes.ports.parties import PartiesContract
from tests.unit.programmes.ports.records import EnrolmentsContract, NamingsContract, PeopleContract, ProgrammesContract
from tests.unit.programmes.ports.register import (
    LinksContract,
    ReportCardsContract,
    SchoolsContract,
    SchoolSearchContract,
)
from tests.unit.programmes.ports.templates import TemplatesContract


@pytest.fixture
def stores():
    return memory_stores()


class TestProgrammes(ProgrammesContract):
    pass


class TestEnrolments(EnrolmentsContract):
    pass


class TestNamings(NamingsContract):
    pass


class TestParticipations(ParticipationsContract):
    pass


class TestEnquiries(EnquiriesContract):
    pass


class TestParties(PartiesContract):
    pass


class TestTemplates(TemplatesContract):
    pass


class TestPeople(PeopleContract):
    pass


class TestSchools(SchoolsContract):
    pass


class TestSchoolSearch(SchoolSearchContract):
    pass


class TestLinks(LinksContract):
    pass


class TestReportCards(ReportCardsContract):
    pass


class TestImports(ImportsContract):
    pass
