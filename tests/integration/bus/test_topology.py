"""`kindred bus apply`: creates, compares, updates, and changes nothing the second time."""

from dataclasses import replace

import pytest

from shared.bus import Consumer, Topology
from shared.operations import streams
from shared.operations.streams import Change
from tests.waiting import until_equal

ONE = Consumer("matching-enrolment-closed", "EVENTS", ("events.programmes.EnrolmentClosed.*.*",))


async def test_apply_creates_everything_once(connection):
    jetstream = connection.jetstream()
    first = await streams.apply(jetstream, Topology((ONE,)))
    assert [change.name for change in first] == [
        "EVENTS", "PEOPLE", "TIMERS", "DEAD", "ADVISORIES", "CLOCK", "UPLOADS", "matching-enrolment-closed",
    ]  # fmt: skip
    assert {change.what for change in first} == {"created"}
    assert await streams.apply(jetstream, Topology((ONE,))) == []


async def test_apply_updates_a_changed_consumer(jetstream):
    await streams.apply(jetstream, Topology((ONE,)))
    changed = replace(ONE, ack_wait=20.0, filters=("events.programmes.EnrolmentReopened.*.*",))
    assert await streams.apply(jetstream, Topology((changed,))) == [
        Change("updated", ONE.durable, ("ack_wait", "filter_subjects"))
    ]
    found = (await jetstream.consumer_info("EVENTS", ONE.durable)).config
    assert (found.ack_wait, found.filter_subjects or [found.filter_subject]) == (20.0, list(changed.filters))


async def test_apply_updates_a_changed_stream(jetstream):
    found = (await jetstream.stream_info("EVENTS")).config
    await jetstream.update_stream(replace(found, duplicate_window=60.0))
    assert await streams.apply(jetstream, Topology()) == [Change("updated", "EVENTS", ("duplicate_window",))]


async def test_apply_deletes_undeclared_consumers_only_when_asked(jetstream):
    await streams.apply(jetstream, Topology((ONE,)))
    assert await streams.apply(jetstream, Topology()) == []
    assert await streams.apply(jetstream, Topology(), prune=True) == [Change("deleted", ONE.durable)]


def test_a_durable_belongs_to_one_handler():
    with pytest.raises(ValueError, match="used twice: matching-enrolment-closed"):
        Topology.of([Topology((ONE,)), Topology((ONE,))])


async def test_status_counts_what_waits(jetstream):
    await streams.apply(jetstream, Topology((ONE,)))
    await jetstream.publish("events.programmes.EnrolmentClosed.v1.prg-1", b"{}")
    sizes, _ = await streams.status(jetstream)
    (events,) = (size for size in sizes if size.stream == "EVENTS")
    assert events.messages == 1
    assert events.bytes > 0

    async def lines():
        _, consumers = await streams.status(jetstream)
        return [(line.durable, line.waiting, line.in_hand) for line in consumers]

    await until_equal(lines, [(ONE.durable, 1, 0)])  # the server counts for a consumer after it has stored
