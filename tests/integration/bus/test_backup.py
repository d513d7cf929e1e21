"""Backup and restore: one moment of everything; nothing is handled twice and nothing told is missing."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from shared.bus import Service, Topology, restoration
from shared.bus.clock import advance_by, shared_clock
from shared.bus.collections import RESTORED
from shared.bus.envelope import RESTORED as HEADER
from shared.clock import SystemClock
from shared.errors import Rejected
from shared.operations import streams
from shared.operations.backup import backup, restore
from shared.operations.rebuild import rebuild
from tests.integration.bus.samples import Heard, Ring, ShowBell, belfry, idle, subjects_of, village
from tests.waiting import until


async def told_everything(jetstream, people):
    async def arrived():
        return await people.database["heard"].count() == 3

    await until(arrived)
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))

    async def relayed():
        return await people.database["outbox"].count({"waiting": {"$gt": 0}}) == 0

    await until(relayed)


@pytest.fixture
async def lived(running, settings, client, jetstream):
    """Both services after three commands, at rest and stopped; the clock a day ahead."""
    bells, people = belfry(settings), village(settings)
    await running(bells, people)
    await advance_by(jetstream, timedelta(days=1))
    for number in range(3):
        await client.ask(Ring(bell_id="tom"), key=f"k{number}")
    await bells.database.files().put("tune", b"ding dong")
    await told_everything(jetstream, people)
    await bells.stop()
    await people.stop()


@pytest.fixture
def database_of(mongo, settings):
    """The database of a service that has not started yet."""
    return lambda service: mongo.database(f"{settings.database_prefix}{service.name}")


async def contents(mongo, prefix):
    """Every document of the test's databases but the notes of when it was relayed."""
    found = {}
    for name in await mongo.databases():
        if name.startswith(prefix):
            database = mongo.database(name)
            for collection in set(await database.collections()) - {RESTORED}:
                lines = await database[collection].find({}).to_list()
                if lines:
                    found[name, collection] = sorted(repr(sorted(line.items())) for line in lines)
    return found


async def test_what_was_lost_comes_back_and_nothing_happens_twice(lived, settings, mongo, jetstream, client, tmp_path):
    before = await contents(mongo, settings.database_prefix)
    subjects = await subjects_of(jetstream, "EVENTS")
    counts = await backup(settings.nats_url, settings.mongo_url, tmp_path / "b", settings.database_prefix)
    assert (counts["belfry"]["outbox"], counts["village"]["inbox"], counts["belfry"]["files.files"]) == (3, 3, 1)
    for name in await mongo.databases():
        if name.startswith(settings.database_prefix):
            await mongo.drop(name)
    for stream in ("EVENTS", "KV_CLOCK"):
        await jetstream.delete_stream(stream)

    bells, people = belfry(settings), village(settings)
    topology = Topology.of([bells.topology(), people.topology()])
    done = await restore(settings.nats_url, settings.mongo_url, tmp_path / "b", topology, settings.database_prefix)
    assert done.documents == counts
    assert done.messages == {"EVENTS": 6, "PEOPLE": 0, "TIMERS": 0}
    assert await contents(mongo, settings.database_prefix) == before
    assert await subjects_of(jetstream, "EVENTS") == subjects
    assert timedelta(hours=23) < (await shared_clock(jetstream)).offset < timedelta(hours=25)

    await bells.start()
    await people.start()
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))
    assert await people.database["heard"].count() == 3
    assert await people.database["outbox"].count() == 3
    assert (await client.ask(Ring(bell_id="tom"), key="k2")).version == 3
    assert (await client.ask(Ring(bell_id="tom"), key="k3")).version == 4
    assert (await client.find(ShowBell(bell_id="tom"))).version == 4
    assert await bells.database.files().get("tune") == b"ding dong"

    async def heard():
        return await people.database["heard"].count() == 4

    await until(heard)
    await bells.stop()
    await people.stop()


async def test_what_was_unhandled_is_handled_and_knows_where_it_came_from(
    running, settings, client, jetstream, mongo, tmp_path
):
    bells, came, later = belfry(settings), [], timedelta(days=1)

    async def hear(event, work):
        came.append((event.version, work.restored))
        work.publish(Heard(bell_id=event.bell_id, version=event.version))
        work.remind("echo", "past", work.now - later)
        work.remind("echo", "future", work.now + later)

    await running(bells)
    await client.ask(Ring(bell_id="tom"), key="k1")
    await until(lambda: subjects_of(jetstream, "EVENTS"))
    await bells.stop()
    await backup(settings.nats_url, settings.mongo_url, tmp_path / "b", settings.database_prefix)
    people = village(settings, hear)
    await restore(
        settings.nats_url, settings.mongo_url, tmp_path / "b", people.topology(), settings.database_prefix, replace=True
    )
    began = datetime.now(UTC)
    await people.start()

    async def handled():
        return await people.database["outbox"].count() == 3

    await until(handled)
    ((version, restored),) = came
    assert version == 1
    assert began - timedelta(minutes=5) < restored <= began
    rows = await people.database["outbox"].find({}).to_list()
    marks = {row["_id"] if row["kind"] == "remind" else row["kind"]: row["headers"].get(HEADER) for row in rows}
    said = restored.isoformat()
    assert marks == {"event": said, "reminder:echo:past": said, "reminder:echo:future": None}
    await people.stop()


async def test_a_reminder_that_is_due_later_is_not_restored(running, settings, jetstream, mongo, tmp_path):
    people, now = village(settings), datetime.now(UTC)
    await running(people)

    async def remind(work):
        work.remind("echo", "past", now)
        work.remind("echo", "future", now + timedelta(days=1))

    await people.transact(remind)
    prefix, where = settings.database_prefix, (settings.nats_url, settings.mongo_url, tmp_path / "b")
    await until(lambda: subjects_of(jetstream, "TIMERS"))
    await people.stop()
    await backup(*where, prefix)
    await jetstream.purge_stream("TIMERS")
    await restore(*where, people.topology(), prefix, replace=True)
    found = {}
    for subject in await subjects_of(jetstream, "TIMERS"):
        message = await jetstream.get_last_msg("TIMERS", subject)
        found[subject.rpartition(".")[2]] = HEADER in message.headers
    assert found == {"past": True, "future": False}


async def test_what_a_task_publishes_is_restored_until_it_has_once_found_nothing(running, settings, database_of):
    service = Service("village", settings)
    left, came, drained = ["second", "first"], [], asyncio.Event()

    async def publish_next(work):
        if left:
            came.append((left.pop(), work.restored))
            return True
        drained.set()
        return False

    service.batches("publish-echoes", publish_next)
    database, now = database_of(service), datetime.now(UTC).replace(microsecond=0)
    await restoration.mark(database, now)
    await running(service)
    await drained.wait()

    async def done():
        return await restoration.marked(database, now) is None

    await until(done)
    left.append("third")
    await until(lambda: len(came) == 3)
    assert came == [("first", now), ("second", now), ("third", None)]


async def test_the_marker_stays_until_what_a_restore_asks_for_is_done(running, settings, database_of):
    service, tries = Service("village", settings), []

    async def hold(until_when):
        tries.append(until_when)
        if len(tries) == 1:
            raise ConnectionError

    service.on_restored(hold)
    database, now = database_of(service), datetime.now(UTC).replace(microsecond=0)
    await restoration.mark(database, now)
    with pytest.raises(ConnectionError):
        await service.start()
    await service.stop()
    assert await restoration.marked(database, now) == now
    again = Service("village", settings)
    again.on_restored(hold)
    await running(again)
    assert (tries, await restoration.marked(database, now)) == ([now, now], None)


async def test_a_lost_stream_is_rebuilt_from_the_outboxes(lived, settings, mongo, jetstream):
    subjects = await subjects_of(jetstream, "EVENTS")
    await jetstream.delete_stream("EVENTS")
    people = village(settings)
    await streams.apply(jetstream, people.topology())
    databases = [mongo.database(f"{settings.database_prefix}{name}") for name in ("belfry", "village")]
    assert await rebuild(jetstream, databases, SystemClock()) == {"EVENTS": 6, "PEOPLE": 0, "TIMERS": 0}
    assert await subjects_of(jetstream, "EVENTS") == subjects
    await people.start()
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))
    assert await people.database["heard"].count() == 3
    await people.stop()


async def test_refusals(lived, running, settings, jetstream, mongo, tmp_path):
    where = (settings.nats_url, settings.mongo_url, tmp_path / "b")
    await backup(*where, settings.database_prefix)
    with pytest.raises(Rejected, match="backup-folder-empty"):
        await backup(*where, settings.database_prefix)
    with pytest.raises(Rejected, match="restore-into-empty"):
        await restore(*where, Topology(), settings.database_prefix)
    people = village(settings)
    await running(people)
    with pytest.raises(Rejected, match="services-stopped: Stop the services before restoring; at work: village-rang"):
        await restore(*where, Topology(), settings.database_prefix, replace=True)
    (tmp_path / "b" / "village" / "inbox.bson").write_bytes(b"")
    with pytest.raises(Rejected, match="backup-intact"):
        await restore(*where, Topology(), settings.database_prefix, replace=True)
    with pytest.raises(Rejected, match="backup-complete"):
        await restore(*where[:2], tmp_path, Topology(), settings.database_prefix)
