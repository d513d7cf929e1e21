"""NATS' volume lost, MongoDB kept: readiness says which stream lacks what, and a rebuild puts back just that."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.bus import Topology, subjects
from shared.bus.health.stream_check import StreamCheck
from shared.clock import SystemClock
from shared.operations import streams
from shared.operations.rebuild import rebuild
from tests.integration.bus.samples import Ring, belfry, subjects_of, village
from tests.waiting import at_rest, until

LACKS = "the stream {} lacks what this service published: run `kindred bus rebuild`"
LATER = datetime.now(UTC) + timedelta(days=30)


@pytest.fixture
async def bells(running, settings, client, jetstream):
    """A bell that rang twice, with a contact card and a reminder; village has heard it."""
    bells, people = belfry(settings), village(settings)
    await running(bells, people)
    for key in ("a", "b"):
        await client.ask(Ring(bell_id="tom"), key=key)

    async def more(work):
        work.remind("oil", "tom", LATER)

    await bells.transact(more)
    await at_rest(jetstream, [bells.database, people.database])
    return bells


async def checked(jetstream, service):
    return await StreamCheck(service.database, SystemClock().now).problems(jetstream)


async def test_whole_streams_are_no_problem(bells, jetstream):
    assert await checked(jetstream, bells) == []


@pytest.mark.parametrize("stream", ["EVENTS", "TIMERS"])
async def test_a_lost_stream_is_named_and_rebuilt(bells, mongo, settings, jetstream, stream):
    before = await subjects_of(jetstream, stream)
    await jetstream.delete_stream(stream)
    await streams.apply(jetstream, Topology())
    assert await checked(jetstream, bells) == [LACKS.format(stream)]

    databases = [mongo.database(f"{settings.database_prefix}{name}") for name in ("belfry", "village")]
    counts = await rebuild(jetstream, databases, SystemClock())

    assert {name: count for name, count in counts.items() if count} == {stream: sum(before.values())}
    assert await subjects_of(jetstream, stream) == before
    assert await checked(jetstream, bells) == []


async def test_a_rebuild_of_whole_streams_puts_back_nothing(bells, mongo, settings, jetstream):
    databases = [mongo.database(f"{settings.database_prefix}{name}") for name in ("belfry", "village")]
    before = {name: await subjects_of(jetstream, name) for name in ("EVENTS", "TIMERS")}
    assert await rebuild(jetstream, databases, SystemClock()) == {"EVENTS": 0, "PEOPLE": 0, "TIMERS": 0}
    assert {name: await subjects_of(jetstream, name) for name in ("EVENTS", "TIMERS")} == before


async def test_one_lost_message_comes_back_alone(bells, mongo, settings, jetstream):
    subject = next(name for name in await subjects_of(jetstream, "EVENTS") if ".Rang." in name)
    last = await jetstream.get_last_msg("EVENTS", subject)
    await jetstream.delete_msg("EVENTS", last.seq)

    databases = [mongo.database(f"{settings.database_prefix}{name}") for name in ("belfry", "village")]
    assert (await rebuild(jetstream, databases, SystemClock()))["EVENTS"] == 1

    again = await jetstream.get_last_msg("EVENTS", subject)
    assert (again.headers["ce-id"], again.data) == (last.headers["ce-id"], last.data)


async def test_an_unfired_reminder_only_counts_while_it_is_far_off(bells, jetstream):
    """One that is due in a moment may fire while it is looked up: its absence says nothing."""
    await jetstream.purge_stream(subjects.TIMERS)
    almost = StreamCheck(bells.database, lambda: LATER - timedelta(minutes=1))
    assert await almost.problems(jetstream) == []
    assert await checked(jetstream, bells) == [LACKS.format("TIMERS")]


async def test_readiness_of_a_running_service_says_it(bells, jetstream):
    await until(lambda: bells.health.ready, "until the service is ready")
    await jetstream.delete_stream("TIMERS")
    await streams.apply(jetstream, Topology())
    await until(lambda: LACKS.format("TIMERS") in bells.health.problems, "until readiness names the stream")
