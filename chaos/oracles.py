"""What must be true once the system has healed."""

from collections import Counter

from nats.js import JetStreamContext

from chaos.stage import NAMES, at_rest
from shared.bus import subjects
from shared.mongo import Mongo, connect
from shared.settings import Settings


async def complaints(settings: Settings, jetstream: JetStreamContext, answered: dict[str, list[int]]) -> list[str]:
    """Return what is not as it should be, in words; nothing when all is well."""
    if not await at_rest(jetstream):
        return ["durables still have messages to handle"]
    mongo = connect(settings.mongo_url, settings.mongo_driver)
    try:
        return [
            *await _outboxes(mongo, settings),
            *await _effects(mongo, settings, answered),
            *await _streams(jetstream, answered),
        ]
    finally:
        await mongo.close()


async def _outboxes(mongo: Mongo, settings: Settings) -> list[str]:
    found = []
    for name in NAMES:
        waiting = await mongo.database(f"{settings.database_prefix}{name}")["outbox"].count({"waiting": {"$gt": 0}})
        if waiting:
            found.append(f"{waiting} rows wait in the outbox of {name}")
    return found


async def _effects(mongo: Mongo, settings: Settings, answered: dict[str, list[int]]) -> list[str]:
    """Each acknowledged command took effect once, and each effect was heard once."""
    heard: dict[str, list[int]] = {}
    async for line in mongo.database(f"{settings.database_prefix}village")["heard"].find({}):
        heard.setdefault(line["bell"], []).append(line["version"])
    found = []
    for bell, versions in sorted(answered.items()):
        wanted = list(range(1, len(versions) + 1))
        if sorted(versions) != wanted:
            found.append(f"{bell}: answers tell versions {_odd(versions, wanted)} wrongly")
        if sorted(heard.get(bell, [])) != wanted:
            found.append(f"{bell}: effects lost or twice: {_odd(heard.get(bell, []), wanted)}")
    return found


async def _streams(jetstream: JetStreamContext, answered: dict[str, list[int]]) -> list[str]:
    """Nothing is among the dead letters, and each event is on the stream."""
    found = []
    events = (await jetstream.stream_info(subjects.EVENTS, subjects_filter=">")).state.subjects or {}
    for bell, versions in sorted(answered.items()):
        for kind in ("belfry.Rang", "village.Heard"):
            count = events.get(f"events.{kind}.v1.{bell}", 0)
            if count < len(versions):
                found.append(f"{bell}: {len(versions) - count} events {kind} missing")
    dead = (await jetstream.stream_info(subjects.DEAD)).state.messages
    return [*found, f"{dead} dead letters"] if dead else found


def _odd(seen: list[int], wanted: list[int]) -> str:
    difference = (Counter(wanted) - Counter(seen)) + (Counter(seen) - Counter(wanted))
    return ", ".join(map(str, sorted(difference)[:10]))
