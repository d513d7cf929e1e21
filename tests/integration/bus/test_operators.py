"""`kindred dlq`, `events tail` and `bus status` on a real server, as an operator types them."""

import asyncio
import json
import os
import sys
from pathlib import Path

from tests.integration.bus.samples import Ring, belfry, idle, village
from tests.integration.bus.test_delivery import ring
from tests.waiting import at_rest as at_rest_all
from tests.waiting import until

ROOT = Path(__file__).parents[3]


async def said(settings, *words):
    """Run a command as a process; return its exit code and what it said."""
    where = {
        "KINDRED_NATS_URL": settings.nats_url, "KINDRED_MONGO_URL": settings.mongo_url,
        "KINDRED_DATABASE_PREFIX": settings.database_prefix, "COLUMNS": "200",
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kindred", *words, cwd=ROOT, env={**os.environ, **where},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode, out.decode()


async def typed(settings, *words):
    """Run a command as a process; return its exit code and what it said in JSON, line by line."""
    code, out = await said(settings, *words, "--json")
    return code, [json.loads(line) for line in out.splitlines()] if "tail" in words else (
        json.loads(out) if out.strip() else None
    )


async def test_a_dead_letter_is_listed_shown_replayed_and_dropped(running, settings, jetstream):
    service = village(settings)
    await running(service)
    await ring(jetstream, body=b"{")
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))
    code, (letter,) = await typed(settings, "dlq", "ls")
    assert (code, letter["durable"], letter["reason"]) == (
        0, "village-rang", "Unreadable: The body is no Rang: see body.",
    )  # fmt: skip
    assert await typed(settings, "dlq", "show", str(letter["number"])) == (0, letter)
    assert await typed(settings, "dlq", "replay", str(letter["number"])) == (0, {"replayed": 1})

    async def back():
        return [one["number"] for one in (await typed(settings, "dlq", "ls"))[1] if one["number"] != letter["number"]]

    (number,) = await until(back)
    assert await typed(settings, "dlq", "drop", str(number), "--yes") == (0, {"dropped": number})
    assert await typed(settings, "dlq", "ls") == (0, [])


async def test_the_log_shows_events_of_a_kind(settings, jetstream):
    await ring(jetstream, "e1")
    await ring(jetstream, "e2", kind="belfry.Cracked.v1")
    code, lines = await typed(settings, "events", "tail", "Rang", "--all", "--no-follow")
    assert code == 0
    assert [(line["id"], line["type"], line["data"]["bell_id"]) for line in lines] == [("e1", "belfry.Rang.v1", "tom")]


async def test_dead_letters_that_are_alike_take_one_line(running, settings, jetstream):
    await running(village(settings))
    for number in range(30):
        await ring(jetstream, f"e{number}", body=b"{")
    await until(lambda: idle(jetstream, "EVENTS", "village-rang"))
    code, out = await said(settings, "dlq", "ls")
    lines = [line for line in out.splitlines() if "village-rang" in line]
    assert (code, len(lines)) == (0, 1)
    assert "30 dead letters" in out
    _, each = await said(settings, "dlq", "ls", "--each")
    assert sum("village-rang" in line for line in each.splitlines()) == 30


async def test_the_status_says_what_the_streams_take_on_disk(settings, jetstream):
    await ring(jetstream, "e1")
    code, found = await typed(settings, "bus", "status")
    assert code == 0
    assert found["streams"]["EVENTS"]["messages"] == 1
    assert 0 < found["streams"]["EVENTS"]["bytes"] <= found["storage"]["bytes"]


async def test_a_lost_stream_is_rebuilt_by_one_command(running, settings, jetstream, client):
    bells = belfry(settings)
    await running(bells)
    await client.ask(Ring(bell_id="tom"), key="k1")
    await at_rest_all(jetstream, [bells.database])
    await jetstream.delete_stream("EVENTS")
    code, found = await typed(settings, "bus", "rebuild")
    assert (code, found) == (0, {"messages": {"EVENTS": 1, "PEOPLE": 0, "TIMERS": 0}})
    assert (await typed(settings, "bus", "rebuild"))[1] == {"messages": {"EVENTS": 0, "PEOPLE": 0, "TIMERS": 0}}
