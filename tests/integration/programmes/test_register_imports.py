"""The register over the real bus and into MongoDB: how fast, and after a crash."""

import asyncio
import os
import sys
from statistics import mean

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.commands.programmes import ImportFile, ImportStatus
from shared.commands.programmes_queries import ListSchools
from shared.operations import streams
from tests.integration.programmes.conftest import DATA
from tests.unit.programmes.test_register_handlers import TWO_REGIONS, counts
from tests.waiting import until
from tests.yardstick import Watch, beside

SOON = 5_000
"""Yardsticks by the clock: fifteen seconds of a laptop, the database's work in them."""


async def test_england_goes_in_soon(programmes, client, bring_in):
    with Watch() as watch:
        async with beside() as measure:
            report = await bring_in(
                "register", (DATA / "schools-england.csv.gz").read_bytes(), filename="england.csv.gz"
            )

    assert counts(report) == (21579, 0, 0, 0)
    assert report.notes == (
        "The file has no column CloseDate, Federations (name), TelephoneNum; what is known from it stays.",
    )
    assert (await client.find(ListSchools(search="north star 180°"))).total == 1
    assert watch.spent.clock < SOON * mean(one.clock for one in measure)


async def test_an_import_is_taken_up_again_after_kill_9(settings, jetstream, mongo, client, running, imported):
    environment = {
        **os.environ,
        "KINDRED_NATS_URL": settings.nats_url,
        "KINDRED_MONGO_URL": settings.mongo_url,
        "KINDRED_DATABASE_PREFIX": settings.database_prefix,
        "KINDRED_IMPORT_BATCH": "50",
    }
    await streams.apply(jetstream, build(ProgrammesSettings(**settings.model_dump())).topology())
    upload = await client.upload(TWO_REGIONS, "schools.csv")
    dying = await asyncio.create_subprocess_exec(sys.executable, "-m", "services.programmes.app", env=environment)
    try:
        started = await client.ask(ImportFile(kind="register", upload=upload, filename="schools.csv"))
        status = ImportStatus(import_id=started.import_id)

        async def begun():
            return (await client.find(status)).rows_done >= 100

        await until(begun, "until 100 rows are in", every=0.005)
    finally:
        dying.kill()
        await dying.wait()

    await running(build(ProgrammesSettings(**settings.model_dump(), import_lease_seconds=0.5)))
    left_at = await client.find(status)
    report = await imported(started.import_id)
    assert left_at.rows_done < 2059
    assert counts(report) == (2059, 0, 0, 0)
    assert (await client.find(ListSchools())).total == 2059
