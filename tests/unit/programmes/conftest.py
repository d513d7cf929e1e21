"""The service on stores in memory, with the schools that its tests enrol and a programme to enrol them in."""

import pytest

from services.programmes.domain.register.words import Status
from shared.commands.programmes import OpenProgramme
from tests.fakes.programmes.office import Office
from tests.unit.programmes.made import entry

OPEN, CLOSED = (106557, 106564, 106579, 106582, 106584), 106575


@pytest.fixture
def office():
    """The service, with nothing in its stores."""
    return Office()


@pytest.fixture
async def programme_id(office):
    """An open programme of peer visits, and a register of five open schools and a closed one."""
    schools = [*(entry(urn) for urn in OPEN), entry(CLOSED, status=Status.CLOSED)]
    await office.stores.register.put_entries(schools, [])
    command = OpenProgramme(
        template="peer-visits",
        name="Yorkshire peer visits",
        year=2026,
        coordinator_name="Coral Coordinator",
        coordinator_email="coral@kindred.example",
    )
    return (await office.do(command)).id
