"""What becomes of messages: duplicates, faults, poison, nonsense, future versions; nothing lost, nothing twice."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.bus import Service, UnitOfWork, dead_letters, failpoints, inflight, verdicts
from shared.bus.envelope import Envelope, written
from shared.errors import NotYet, Permanent, Retryable
from shared.operations import streams
from tests.integration.bus.samples import Heard, Rang, idle, subjects_of, village
from tests.waiting import until

DURABLE = "village-rang"


@pytest.fixture(autouse=True)
def disarmed():
    yield
    failpoints.arm("")


async def ring(jetstream, ce_id="e1", bell="tom", version=1, body=None, kind="belfry.Rang.v1", **headers):
    envelope = Envelope(ce_id, kind, "kindred/belfry", bell, datetime.now(UTC), "c1")
    content = written(Rang(bell_id=bell, version=version)) if body is None else body
    subject = f"events.{kind}.{bell}"
    return await jetstream.publish(subject, content, headers={**envelope.headers(), **headers})


async def rest(jetstream):
    await until(lambda: idle(jetstream, "EVENTS", DURABLE))


async def letters(jetstream):
    return [letter async for letter in dead_letters.ls(jetstream)]


async def heard(service):
    return await service.database["heard"].find({}, sort=[("_id", 1)], projection={"_id": 0}).to_list()


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_a_duplicate_has_no_second_effect(running, settings, jetstream):
    service = village(settings)
    await running(service)
    for _ in range(3):  # no Nats-Msg-Id: the duplicate window of the stream does not help
        await ring(jetstream, "e1")
    await rest(jetstream)
    assert await heard(service) == [{"bell": "tom", "version": 1, "by": ""}]
    assert await service.database["outbox"].count() == 1


@pytest.mark.parametrize("place", ["received", "in-transaction", "handled", "told", "committed", "acked"])
async def test_a_failure_at_any_step_is_made_good(running, settings, jetstream, place):
    failpoints.arm(f"village.{place}:raise")
    service = village(settings)
    await running(service)
    await ring(jetstream, "e1")

    async def once():
        return await heard(service)

    assert await until(once) == [{"bell": "tom", "version": 1, "by": ""}]
    await rest(jetstream)
    assert await heard(service) == [{"bell": "tom", "version": 1, "by": ""}]
    assert await letters(jetstream) == []


async def test_a_fault_that_passes_is_tried_again_until_it_has_passed(running, settings, jetstream):
    tries = []

    async def stumble(event: Rang, work: UnitOfWork) -> None:
        tries.append(event.version)
        if len(tries) < 4:
            raise RuntimeError("not my day")

    await running(village(settings, stumble))
    await ring(jetstream)
    await rest(jetstream)
    assert tries == [1, 1, 1, 1]
    assert await letters(jetstream) == []


async def test_what_a_failed_try_saved_and_told_is_gone(running, settings, jetstream):
    service = None
    tries = []

    async def stumble(event: Rang, work: UnitOfWork) -> None:
        assert service is not None
        tries.append(1)
        await service.database["heard"].insert_one({"try": len(tries)})
        work.publish(Heard(bell_id=f"try-{len(tries)}", version=1))
        if len(tries) < 3:
            raise Retryable("later")

    service = village(settings, stumble)
    await running(service)
    await ring(jetstream)
    await rest(jetstream)
    assert await heard(service) == [{"try": 3}]
    outbox = await service.database["outbox"].find({}).to_list()
    assert [row["subject"] for row in outbox] == ["events.village.Heard.v1.try-3"]


async def test_an_event_that_came_too_early_waits_for_the_missing_one(running, settings, jetstream):
    service = None
    deferred: list[int] = []

    async def in_order(event: Rang, work: UnitOfWork) -> None:
        assert service is not None
        if event.version > await service.database["heard"].count() + 1:
            deferred.append(event.version)
            raise NotYet(f"version {event.version} came before its predecessor")
        await service.database["heard"].insert_one({"version": event.version})

    service = village(settings, in_order)
    await running(service)
    await ring(jetstream, "e2", version=2)
    await until(lambda: deferred, "until the second has been deferred")
    await ring(jetstream, "e1", version=1)
    await rest(jetstream)
    assert await heard(service) == [{"version": 1}, {"version": 2}]


async def test_poison_goes_to_the_dead_letters_and_lets_others_pass(running, settings, jetstream):
    async def refuse(event: Rang, work: UnitOfWork) -> None:
        if event.bell_id == "cracked":
            raise Permanent("A cracked bell cannot be heard.")

    await running(village(settings, refuse))
    for number in range(20):
        await ring(jetstream, f"e{number}", bell="cracked" if number == 7 else "tom")
    await rest(jetstream)
    (letter,) = await letters(jetstream)
    assert (letter.service, letter.durable, letter.parked) == ("village", DURABLE, False)
    assert letter.reason == "Permanent: A cracked bell cannot be heard."
    terminated = f"$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.EVENTS.{DURABLE}"
    assert await subjects_of(jetstream, "ADVISORIES") == {terminated: 1}
    assert (letter.subject, letter.headers["ce-id"], letter.body) == (
        "events.belfry.Rang.v1.cracked", "e7", written(Rang(bell_id="cracked", version=1)),
    )  # fmt: skip


async def test_an_unknown_fault_becomes_a_dead_letter_after_its_tries(running, settings, jetstream, monkeypatch):
    monkeypatch.setattr(verdicts, "backoff", lambda tries: 0.01)
    tries = []

    async def break_down(event: Rang, work: UnitOfWork) -> None:
        tries.append(1)
        raise ZeroDivisionError("Jane Roe, jane@example.org")

    await running(village(settings, break_down))
    await ring(jetstream)
    await rest(jetstream)
    (letter,) = await letters(jetstream)
    assert len(tries) == verdicts.MOST_TRIES
    assert letter.reason.startswith("ZeroDivisionError at ")
    assert letter.reason.endswith(f"(after {verdicts.MOST_TRIES} tries)")
    assert "Jane" not in letter.reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{not json", "Unreadable: The body is no Rang: see body."),
        (b"\xff\xfe\x00", "Unreadable: The body is no Rang: see body."),
        (b"", "Unreadable: The body is no Rang: see body."),
        (b'{"bell_id": 7, "version": 0}', "Unreadable: The body is no Rang: see bell_id, version."),
    ],
)
async def test_malformed_bodies_are_dead_letters(running, settings, jetstream, body, reason):
    await running(village(settings))
    await ring(jetstream, body=body)
    await ring(jetstream, "e2")
    await rest(jetstream)
    (letter,) = await letters(jetstream)
    assert (letter.reason, letter.body) == (reason, body)


async def test_a_message_without_envelope_is_a_dead_letter(running, settings, jetstream):
    await running(village(settings))
    await jetstream.publish("events.belfry.Rang.v1.tom", b"{}")
    await rest(jetstream)
    (letter,) = await letters(jetstream)
    assert letter.reason == "Unreadable: The message has no CloudEvents time, or names no time of its restore."


async def test_a_future_version_is_parked_and_replayed_once_it_is_known(running, settings, jetstream):
    service = village(settings)
    await running(service)
    await ring(jetstream, "e1", kind="belfry.Rang.v2", body=b'{"bell_id": "tom", "version": 1, "pitch": "e"}')
    await rest(jetstream)
    (letter,) = await letters(jetstream)
    assert letter.parked
    assert letter.reason == "UnknownVersion: belfry.Rang.v2 is not known here; known: belfry.Rang.v1."
    await service.stop()

    class RangLouder(Rang):
        v = 2
        pitch: str

    RangLouder.__name__ = "Rang"
    newer, came = Service("village", settings), []

    async def hear(event: RangLouder, work: UnitOfWork) -> None:
        came.append(event.pitch)

    newer.subscribe(RangLouder, DURABLE, hear)
    await running(newer)
    await dead_letters.replay(jetstream, letter.number)
    await rest(jetstream)
    assert came == ["e"]
    assert await letters(jetstream) == []


async def test_replay_brings_a_dead_letter_back_to_its_durable_only(running, settings, jetstream):
    ready: list[bool] = []
    heard_by: list[str] = []

    async def refuse(event: Rang, work: UnitOfWork) -> None:
        if not ready:
            raise Permanent("not today")
        heard_by.append("village")

    async def listen(event: Rang, work: UnitOfWork) -> None:
        heard_by.append("town")

    town = Service("town", settings)
    town.subscribe(Rang, "town-rang", listen)
    await running(village(settings, refuse), town)
    await ring(jetstream)
    await rest(jetstream)
    await until(lambda: idle(jetstream, "EVENTS", "town-rang"))
    (letter,) = await letters(jetstream)
    ready.append(True)
    await dead_letters.replay(jetstream, letter.number)
    await rest(jetstream)
    assert heard_by == ["town", "village"]
    assert await letters(jetstream) == []


async def test_show_and_drop(running, settings, jetstream):
    await running(village(settings))
    await ring(jetstream, body=b"{")
    await rest(jetstream)
    (letter,) = await letters(jetstream)
    assert await dead_letters.show(jetstream, letter.number) == letter
    await dead_letters.drop(jetstream, letter.number)
    assert await letters(jetstream) == []


async def test_long_work_is_not_delivered_twice(settings, jetstream, mongo, monkeypatch):
    """A worker takes longer than the ack wait; the heartbeat keeps the message from a second replica."""
    monkeypatch.setattr(inflight, "ACK_WAIT", 1.5)
    started: list[str] = []

    async def work_long(event: Rang):
        started.append(event.bell_id)
        await asyncio.sleep(2.5)  # stands for long work: longer than the ack wait is the point

        async def effect(work: UnitOfWork) -> None:
            work.publish(Heard(bell_id=event.bell_id, version=1))

        return effect

    replicas = [Service("village", settings), Service("village", settings)]
    for service in replicas:
        service.worker(Rang, DURABLE, work_long)
        shorter = replace(service.declaration.subscriptions[0].consumer, ack_wait=1.5)
        service.declaration.subscriptions[0] = replace(service.declaration.subscriptions[0], consumer=shorter)
    await streams.apply(jetstream, replicas[0].topology())
    for service in replicas:
        await service.start()
    await ring(jetstream)
    await rest(jetstream)
    for service in replicas:
        await service.stop()
    assert started == ["tom"]
    assert await subjects_of(jetstream, "EVENTS") == {"events.belfry.Rang.v1.tom": 1, "events.village.Heard.v1.tom": 1}
