"""Backup and restore of everything: MongoDB is the truth, the streams are rebuilt from its outboxes.

A backup holds all databases at one moment, and the adjustable clock's offset. The inboxes are restored with the
databases: messages that a durable handled before the backup are acknowledged without a second effect, and only the
rest is handled. Restored messages carry the header ``kindred-restored`` (``work.restored``), and so does whatever is
published because of them, so that a mail that may have been sent since is held. Each database is marked for what its
service has to do (``shared.bus.restoration``). People erased since the backup are erased again (``erasures``), if the
event log still exists.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nats
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError

from shared.bus import restoration, subjects
from shared.bus.clock import set_offset, shared_clock
from shared.bus.collections import BACKED_UP, LAST
from shared.bus.topology import Topology
from shared.errors import Rejected
from shared.events.programmes import PersonErased
from shared.mongo import connect, dump, load
from shared.operations import streams
from shared.operations.erasures import erase_again, erasures
from shared.operations.rebuild import rebuild

MANIFEST = "backup.json"
"""The file that a backup is complete with, written last."""
_REBUILT = (subjects.EVENTS, subjects.PEOPLE, subjects.TIMERS, subjects.DEAD)


@dataclass(frozen=True)
class Restored:
    """What a restore brought back: documents of each database and collection, messages of each stream."""

    taken: datetime
    documents: dict[str, dict[str, int]]
    messages: dict[str, int]


async def backup(nats_url: str, mongo_url: str, folder: Path, prefix: str = "kindred_") -> dict[str, dict[str, int]]:
    """Write a backup into ``folder``, which must be new or empty; return documents of each database and collection.

    Services may go on meanwhile. Raises Rejected when the folder holds something.
    """
    _make_room(folder)
    connection = await nats.connect(nats_url.split(","), max_reconnect_attempts=3)
    mongo = connect(mongo_url)
    try:
        offset = (await shared_clock(connection.jetstream())).offset
        taken = datetime.now(UTC)
        counts = await dump(mongo, prefix, folder)
        manifest = {
            "taken": taken.isoformat(),
            "clock_offset_seconds": offset.total_seconds(),
            "documents": counts,
            "sha256": _digests(folder),
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        for name in counts:  # so that services can say when it was
            noted = mongo.database(f"{prefix}{name}")[BACKED_UP]
            await noted.replace_one({"_id": LAST}, {"_id": LAST, "taken": taken}, upsert=True)
    finally:
        await mongo.close()
        await connection.close()
    return counts


async def restore(
    nats_url: str, mongo_url: str, folder: Path, topology: Topology, prefix: str = "kindred_", *, replace: bool = False
) -> Restored:
    """Restore a backup while no service runs; return what was restored.

    Raises Rejected when the folder is no complete backup, when services are at work, or when there are databases
    already and ``replace`` is not set.
    """
    manifest = _checked(folder)
    connection = await nats.connect(nats_url.split(","), max_reconnect_attempts=3)
    jetstream = connection.jetstream()
    mongo = connect(mongo_url)
    try:
        await _nobody_works(jetstream)
        present = [name for name in await mongo.databases() if name.startswith(prefix)]
        if present and not replace:
            raise Rejected("restore-into-empty", f"There are databases already: {', '.join(present)}.")
        gone = await erasures(jetstream)
        for name in present:
            await mongo.drop(name)
        documents = await load(mongo, prefix, folder)
        await _empty_streams(jetstream)
        until = await _turn_back(jetstream, timedelta(seconds=manifest["clock_offset_seconds"]))
        databases = [mongo.database(f"{prefix}{name}") for name in documents]
        for database in databases:
            await restoration.mark(database, until)
        await erase_again(mongo.database(f"{prefix}{PersonErased.context}"), gone)
        messages = await rebuild(jetstream, databases, await shared_clock(jetstream), restored=until)
        await streams.apply(jetstream, topology)
    finally:
        await mongo.close()
        await connection.close()
    return Restored(datetime.fromisoformat(manifest["taken"]), documents, messages)


def _make_room(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Rejected("backup-folder-empty", f"{folder} is not empty; a backup goes into a folder of its own.")


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(folder.glob("*/*.bson"))
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _checked(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Rejected("backup-complete", f"{folder} is no complete backup: {MANIFEST} cannot be read.") from None
    if manifest["sha256"] != _digests(folder):
        raise Rejected("backup-intact", f"The files in {folder} are not those the backup wrote.")
    found: dict[str, Any] = manifest
    return found


async def _nobody_works(jetstream: JetStreamContext) -> None:
    for stream in (subjects.EVENTS, subjects.PEOPLE, subjects.TIMERS):
        try:
            consumers = await jetstream.consumers_info(stream)
        except NotFoundError:
            continue
        pulling = sorted(info.name for info in consumers if info.num_waiting)
        if pulling:
            raise Rejected("services-stopped", f"Stop the services before restoring; at work: {', '.join(pulling)}.")


async def _turn_back(jetstream: JetStreamContext, offset: timedelta) -> datetime:
    """Set the clock as it was at the backup; return until when anything may have happened before the restore."""
    last = max(offset, (await shared_clock(jetstream)).offset)
    await set_offset(jetstream, offset)
    return datetime.now(UTC) + last


async def _empty_streams(jetstream: JetStreamContext) -> None:
    """Begin with streams as `kindred bus apply` makes them, without a message or a consumer."""
    for stream in _REBUILT:
        try:
            await jetstream.delete_stream(stream)
        except NotFoundError:
            continue
    await streams.apply(jetstream, Topology())
