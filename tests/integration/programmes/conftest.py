"""The real service on the real bus, and a helper to import files into it."""

from pathlib import Path

import pytest

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.commands.programmes import ImportFile, ImportStatus, OpenProgramme
from tests.released import folder_with_released
from tests.waiting import until

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
async def programmes(settings, running, tmp_path_factory):
    """The running service; its peer visits are those of release 0.1.0."""
    folder = folder_with_released(tmp_path_factory.mktemp("templates"))
    service = build(ProgrammesSettings(**settings.model_dump(), templates_folder=folder))
    await running(service)
    return service


@pytest.fixture
def imported(client):
    """Wait until an import is no longer running and return its report."""

    async def over(import_id, *, seconds=60):
        async def report():
            found = await client.find(ImportStatus(import_id=import_id))
            return found if found.state != "running" else None

        return await until(report, "until the import is over", seconds=seconds)

    return over


@pytest.fixture
def bring_in(client, imported):
    """Upload a file, import it, and return the report once it is no longer running."""

    async def bring(kind, content, *, filename="file.csv", programme_id=None):
        upload = await client.upload(content, filename)
        command = ImportFile(kind=kind, upload=upload, filename=filename, programme_id=programme_id)
        return await imported((await client.ask(command)).import_id)

    return bring


@pytest.fixture
async def programme_id(programmes, client):
    """An open programme of peer visits."""
    command = OpenProgramme(
        template="peer-visits",
        name="Yorkshire peer visits",
        year=2026,
        coordinator_name="Coral Coordinator",
        coordinator_email="coral@kindred.example",
    )
    return (await client.ask(command)).id


@pytest.fixture
async def register(programmes, bring_in):
    """The two regions and the closed schools."""
    await bring_in("register", (DATA / "schools-two-regions.csv").read_bytes())
    await bring_in("register", (DATA / "schools-closed.csv").read_bytes())
