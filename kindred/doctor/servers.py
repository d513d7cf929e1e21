"""NATS and MongoDB: are they there, and do streams, consumers and outboxes agree?"""

from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from kindred.doctor.findings import Finding, ill, look, well
from kindred.running.topology import recorded
from shared.bus import dead_letters, outbox
from shared.bus.client import BusClient
from shared.bus.clock import shared_clock
from shared.bus.collections import OUTBOX
from shared.bus.health.stream_check import StreamCheck
from shared.clock import AdjustableClock
from shared.commands.notifications import ListMails, MailRows
from shared.errors import KindredError
from shared.mongo import DESCENDING, Database, Mongo
from shared.operations import streams

NEARLY_FULL = 0.8
PATIENCE = 3.0
"""Seconds that notifications has to answer."""
BEHIND_SECONDS = 60.0


async def bus(jetstream: JetStreamContext) -> list[Finding]:
    """Look at consumers, storage, dead letters and the clock."""
    return [
        await _consumers(jetstream),
        await _storage(jetstream),
        await _dead(jetstream),
        await _clock(jetstream),
    ]


async def databases(mongo: Mongo, prefix: str, jetstream: JetStreamContext) -> list[Finding]:
    """Look at every service's database: its outbox, and what of it the streams hold."""
    if not await mongo.writable():
        return [ill("MongoDB", "It cannot be reached, or takes no writes. Is it a replica set with a primary?")]
    names = [name for name in await mongo.databases() if name.startswith(prefix)]
    if not names:
        return [look("MongoDB", "There is no database yet: no service has run here.")]
    clock = await shared_clock(jetstream)
    found = [well("MongoDB", f"It takes writes; {len(names)} databases.")]
    found += await _refused_mails(mongo.database(f"{prefix}notifications"))
    for name in names:
        database = mongo.database(name)
        if OUTBOX in await database.collections():
            found += await _outbox(name.removeprefix(prefix), database)
            lost = await StreamCheck(database, clock.now).problems(jetstream)
            found += [ill(name.removeprefix(prefix), f"{sentence[0].upper()}{sentence[1:]}.") for sentence in lost]
    return found


async def mails(client: BusClient) -> list[Finding]:
    """Ask notifications whether a restore holds mails."""
    try:
        found: MailRows = await client.find(ListMails(limit=1), timeout=PATIENCE, patience=PATIENCE)
    except KindredError:
        return [look("Mails", "Notifications does not answer: is it running?")]
    if found.held:
        said = f"{found.held:,} may have gone out before the restore and are held: see `kindred mails held`."
        return [ill("Mails", said)]
    return [well("Mails", "None is held since a restore.")]


async def _outbox(service: str, database: Database) -> list[Finding]:
    count, age = await outbox.backlog(database)
    if age < BEHIND_SECONDS:
        return []
    said = f"{count:,} events wait in its outbox, the oldest for {age / 60:.0f} minutes: is the service running?"
    return [ill(service, said)]


async def _refused_mails(database: Database) -> list[Finding]:
    """Tell of mails that wait because servers refuse our sender, relay or policy."""
    refused = {"state": "deferred", "fault": "operator"}
    count = await database["mails"].count(refused)
    if not count:
        return []
    (last,) = await database["mails"].find(refused, sort=[("changed_at", DESCENDING)], limit=1).to_list()
    said = (
        f"{count:,} mails wait because they are refused, and not for the recipient's fault. The last: {last['detail']}"
    )
    return [ill("Mails", said)]


async def _consumers(jetstream: JetStreamContext) -> Finding:
    missing = []
    for consumer in recorded().consumers:
        try:
            await jetstream.consumer_info(consumer.stream, consumer.durable)
        except NotFoundError:
            missing.append(consumer.durable)
    if missing:
        return ill("NATS", f"{len(missing)} consumers are missing, such as {missing[0]}: run `kindred bus apply`.")
    return well("NATS", f"All {len(recorded().consumers)} consumers are there.")


async def _storage(jetstream: JetStreamContext) -> Finding:
    used, limit = await streams.storage(jetstream)
    if limit > 0 and used / limit > NEARLY_FULL:
        return ill("NATS", f"Its streams take {used / limit:.0%} of the disk that it may use: give it more.")
    return well("NATS", "There is room for more messages.")


async def _dead(jetstream: JetStreamContext) -> Finding:
    count = len([letter async for letter in dead_letters.ls(jetstream)])
    if count:
        return ill("NATS", f"{count:,} messages could not be handled: see `kindred dlq ls`.")
    return well("NATS", "There are no dead letters.")


async def _clock(jetstream: JetStreamContext) -> Finding:
    clock = await shared_clock(jetstream)
    if isinstance(clock, AdjustableClock) and clock.offset:
        return look("Clock", f"It was moved: services think it is {clock.now():%Y-%m-%d %H:%M}.")
    return well("Clock", "It goes by the machine's own.")
