"""What makes a service not ready, or not alive, and that the health endpoints say so."""

import asyncio
import json
import re
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from shared.bus import pulling, verdicts
from shared.bus.faults import Faults
from shared.bus.health import readiness, server
from shared.bus.health.readiness import FETCHED_WITHIN, OLDEST_ROW, STALE, Health, Readiness
from shared.bus.health.stream_check import StreamCheck
from shared.bus.pulling import LATER, WatchedPull
from shared.bus.relay import Relay
from shared.bus.timers import Timers
from shared.clock import SystemClock
from shared.operations import streams
from tests.integration.bus.samples import idle, subjects_of, village
from tests.integration.bus.test_delivery import ring
from tests.waiting import patience, until, until_now

DURABLE = "village-rang"


def asked(port, name):
    """(status, content) of a health page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=patience(5)) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


@pytest.fixture
def served():
    """Serve some health; returns the port."""
    servers = []

    def serve(shown):
        servers.append(server.serve(shown, "127.0.0.1", 0))
        return servers[-1].server_address[1]

    yield serve
    for one in servers:
        one.shutdown()
        one.server_close()


@pytest.fixture
async def checks(settings, connection, jetstream, mongo):
    """Checks of a village that does not run, so that nothing but the test fetches or relays."""
    service = village(settings)
    await streams.apply(jetstream, service.topology())
    pull = WatchedPull(await jetstream.pull_subscribe_bind(DURABLE, "EVENTS"), 1, asyncio.Event(), Faults())
    database = mongo.database(f"{settings.database_prefix}village")

    def of(fetched):
        pull.fetched = time.monotonic() - (fetched or 0.0)
        pulls = {} if fetched is None else {DURABLE: pull}
        relay = Relay("village", database, connection, Timers(jetstream, SystemClock()), Faults())
        check = StreamCheck(database, SystemClock().now)
        return Readiness(
            "village", connection, mongo, database, service.declaration.subscriptions, pulls, Health(), relay, check
        )

    return of


@pytest.mark.parametrize(
    ("fetched", "ready"), [(0.0, True), (FETCHED_WITHIN - 5, True), (FETCHED_WITHIN + 1, False), (None, False)]
)
async def test_a_durable_that_has_not_fetched_lately_is_not_ready(checks, fetched, ready):
    problems = await checks(fetched).problems()
    assert problems == ([] if ready else [f"{DURABLE} has not fetched for {FETCHED_WITHIN:.0f} seconds"])


async def test_a_service_is_ready_before_an_idle_pull_would_end(running, settings, monkeypatch):
    monkeypatch.setattr(pulling, "LATER", 3600.0)
    people = village(settings)
    await running(people)
    await until(lambda: people.health.ready)


async def test_an_idle_service_fetches_often_enough_to_be_ready(running, settings, monkeypatch):
    """A pull without messages ends after five seconds (here after a fifth of one), and the next begins."""
    assert FETCHED_WITHIN > 2 * LATER
    monkeypatch.setattr(pulling, "LATER", 0.2)
    people = village(settings)
    await running(people)
    await until(lambda: people.health.ready)
    fetched, found = set(), set()

    def fetched_four_times():
        fetched.add(people._runtime._pulls[DURABLE].fetched)
        found.update(people.health.problems)
        return len(fetched) > 4

    await until(fetched_four_times)
    assert found == set()


@pytest.mark.parametrize(("age", "ready"), [(OLDEST_ROW - 5, True), (OLDEST_ROW + 5, False)])
async def test_an_outbox_that_is_not_relayed_is_not_ready(checks, age, ready):
    found = checks(0.0)
    now = datetime.now(UTC)
    outbox = found.database["outbox"]
    await outbox.insert_one({"_id": "sent", "told": now - timedelta(days=1), "sent": now})
    for place, old in ((9, 0), (2, age), (3, 1)):
        await outbox.insert_one({"_id": f"e{place}", "waiting": place, "told": now - timedelta(seconds=old)})
    problems = [re.sub(r"\d+", "N", problem) for problem in await found.problems()]
    assert problems == ([] if ready else ["the outbox is N seconds behind"])


def test_readyz_is_red_with_what_is_wrong_and_when_the_last_check_is_old(served):
    shown = Health(problems=["the outbox is 31 seconds behind"], checked=time.monotonic())
    port = served(shown)
    assert asked(port, "readyz") == (503, {"ready": False, "problems": ["the outbox is 31 seconds behind"]})
    shown.problems = []
    assert asked(port, "readyz") == (200, {"ready": True, "problems": []})
    shown.checked -= STALE
    status, content = asked(port, "readyz")
    said = [re.sub(r"\d+", "N", problem) for problem in content["problems"]]
    assert (status, content["ready"]) == (503, False)
    assert said == ["nothing has been checked for N seconds: the process is stuck or was paused"]


async def test_a_relay_that_the_server_refuses_is_not_ready(checks):
    found = checks(0.0)
    found.relay.fault = "insufficient storage resources available"
    assert await found.problems() == ["NATS does not take what is published: insufficient storage resources available"]


async def test_a_server_that_does_not_answer_is_named(checks, monkeypatch):
    found = checks(0.0)

    async def too_late():
        raise TimeoutError

    monkeypatch.setattr(type(found.mongo), "writable", lambda _: too_late())
    assert await found.problems() == ["MongoDB has not answered for 4 seconds"]


def test_livez_is_red_when_the_event_loop_has_not_turned_lately(served):
    shown = Health(beat=time.monotonic() - STALE + 5)
    port = served(shown)
    assert asked(port, "livez") == (200, {"alive": True})
    shown.beat -= 5
    assert asked(port, "livez") == (503, {"alive": False})


async def test_a_stuck_event_loop_turns_livez_red_and_green_again(running, settings, served, monkeypatch):
    monkeypatch.setattr(readiness, "STALE", 1.5)
    people = village(settings)
    await running(people)
    port = served(people.health)
    with ThreadPoolExecutor(1) as pool:
        red = pool.submit(until_now, lambda: asked(port, "livez") == (503, {"alive": False}))
        assert red.result()  # which keeps the loop stuck until then

    async def alive():
        return (await asyncio.to_thread(asked, port, "livez"))[0] == 200

    await until(alive)


async def test_a_message_given_out_too_often_leaves_an_advisory(settings, jetstream, monkeypatch):
    assert verdicts.MOST_TRIES < streams.MAX_DELIVER
    monkeypatch.setattr(streams, "MAX_DELIVER", 2)
    await streams.apply(jetstream, village(settings).topology())
    await ring(jetstream)
    pull = await jetstream.pull_subscribe_bind(DURABLE, "EVENTS")
    for _ in range(2):
        (message,) = await pull.fetch(1, timeout=patience(5))
        await message.nak()

    async def advised():
        with pytest.raises(TimeoutError):
            await pull.fetch(1, timeout=0.2)
        return await subjects_of(jetstream, "ADVISORIES")

    assert await until(advised) == {f"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.EVENTS.{DURABLE}": 1}
    await until(lambda: idle(jetstream, "EVENTS", DURABLE))
