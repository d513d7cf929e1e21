"""The real service on the real bus, and helpers to import files and enrol schools."""

import asyncio
from pathlib import Path

import pytest

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.commands.programmes import ImportFile, ImportStatus, OpenProgramme

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
async def programmes(settings, running):
    """The running service."""
    service = build(ProgrammesSettings(**settings.model_dump()))
    await running(service)
    return service


@pytest.fixture
def bring_in(client):
    """Upload a file, import it, and return the report once it is no longer running."""

    async def bring(kind, content, *, filename="file.csv", programme_id=None, seconds=60):
        upload = await client.upload(content, filename)
        command = ImportFile(kind=kind, upload=upload, filename=filename, programme_id=programme_id)
        started = await client.ask(command)
        async with asyncio.timeout(seconds):
            while (report := await client.find(ImportStatus(import_id=started.import_id))).state == "running":  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return report

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
