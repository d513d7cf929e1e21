"""A durable that subscribes to one more event gets that event's history, once, and nobody else does."""

from dataclasses import replace

import pytest

from shared.bus import Topology
from shared.operations import history, streams
from tests.integration.bus.samples import Heard, Rang, village
from tests.integration.bus.test_delivery import ring
from tests.waiting import at_rest, patience, until

DURABLE = "village-projection"


def projecting(settings, kinds, seen):
    service = village(settings)
    service.declaration.subscriptions.clear()

    def note(kind):
        async def handler(event, work):
            await service.database["seen"].insert_one({"kind": kind.__name__, "version": event.version})

        return handler

    service.projection(DURABLE, {kind: note(kind) for kind in kinds})
    return service


async def seen(service, kind):
    rows = await service.database["seen"].find({"kind": kind.__name__}).to_list()
    return sorted(row["version"] for row in rows)


async def told(jetstream, kind, version):
    """Publish one event of the village's own kind, as its relay would."""
    event = kind(bell_id="tom", version=version)
    headers = {
        "ce-specversion": "1.0", "ce-id": f"{kind.__name__}-{version}", "ce-type": kind.type_name(),
        "ce-source": "test", "ce-subject": "tom", "ce-time": "2026-09-07T08:00:00+00:00", "ce-correlationid": "c",
    }  # fmt: skip
    await jetstream.publish(event.subject, event.model_dump_json().encode(), headers=headers)


async def test_history_of_an_added_event_is_delivered_once(running, settings, jetstream):
    before = projecting(settings, (Rang,), {})
    await running(before)
    for version in (1, 2, 3):
        await told(jetstream, Heard, version)
        await told(jetstream, Rang, version)

    async def all_rang():
        return await seen(before, Rang) == [1, 2, 3]

    await until(all_rang)
    await before.stop()

    after = projecting(settings, (Rang, Heard), {})
    changes = await streams.apply(jetstream, after.topology())
    assert [(change.name, change.history) for change in changes] == [(DURABLE, 3)]
    assert await streams.apply(jetstream, after.topology()) == []
    await after.start()
    await told(jetstream, Heard, 4)

    async def all_heard():
        return await seen(after, Heard) == [1, 2, 3, 4]

    await until(all_heard)
    await at_rest(jetstream, [after.database])
    assert await seen(after, Rang) == [1, 2, 3]
    assert await seen(after, Heard) == [1, 2, 3, 4]
    await after.stop()


async def test_an_apply_that_broke_off_is_finished_by_the_next(settings, jetstream, monkeypatch):
    before = projecting(settings, (Rang,), {})
    await streams.apply(jetstream, before.topology())
    for version in (1, 2):
        await told(jetstream, Heard, version)
        await told(jetstream, Rang, version)
    pull = await jetstream.pull_subscribe_bind(DURABLE, "EVENTS")
    for message in await pull.fetch(2, timeout=patience(5)):
        await message.ack_sync()

    async def broken(*_):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(history, "_hand_over", broken)
        after = projecting(settings, (Rang, Heard), {})
        with pytest.raises(ConnectionError):
            await streams.apply(jetstream, after.topology())

    changes = await streams.apply(jetstream, after.topology())
    assert [(change.name, change.history) for change in changes] == [(DURABLE, 2)]
    assert await streams.apply(jetstream, after.topology()) == []


async def test_a_durable_that_only_changes_its_wait_gets_no_history(settings, jetstream):
    service = projecting(settings, (Rang,), {})
    await streams.apply(jetstream, service.topology())
    await ring(jetstream)
    (consumer,) = service.topology().consumers
    changes = await streams.apply(jetstream, Topology((replace(consumer, ack_wait=20.0),)))
    assert [(change.fields, change.history) for change in changes] == [(("ack_wait",), 0)]
