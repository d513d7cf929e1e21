"""The service on stores in memory, with the schools that its tests enrol and a programme to enrol them in."""

import pytest

from services.programmes.domain.register.words import Status
from shared.commands.programmes import OpenProgramme
from tests.fakes.programmes.office import Office
from tests.released import folder_with_released
from tests.unit.programmes.made import entry

OPEN, CLOSED = (106557, 106564, 106579, 106582, 106584), 106575


@pytest.fixture
def office(tmp_path_factory):
    """The service, with nothing in its stores; its peer visits are those of release 0.1.0."""
    return Office(templates_folder=folder_with_released(tmp_path_factory.mktemp("templates")))


@pytest.fixture
async def programme_id(office):
    """An open programme of peer visits as 0.1.0 had it, and a register of five open schools and a closed one."""
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
