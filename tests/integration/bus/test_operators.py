"""`kindred dlq`, `events tail` and `bus status` on a real server, as an operator types them."""

import asyncio
import json
import os
import sys
from pathlib import Path

from tests.integration.bus.samples import at_rest, eventually, village
from tests.integration.bus.test_delivery import ring

ROOT = Path(__file__).parents[3]


async def typed(settings, *words):
    """Run a command as a process; return its exit code and what it said in JSON, line by line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kindred", *words, "--json", cwd=ROOT,
        env={**os.environ, "KINDRED_NATS_URL": settings.nats_url},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    return process.returncode, [json.loads(line) for line in out.decode().splitlines()] if "tail" in words else (
        json.loads(out) if out.strip() else None
    )


async def test_a_dead_letter_is_listed_shown_replayed_and_dropped(running, settings, jetstream):
    service = village(settings)
    await running(service)
    await ring(jetstream, body=b"{")
    await eventually(lambda: at_rest(jetstream, "EVENTS", "village-rang"))
    code, (letter,) = await typed(settings, "dlq", "ls")
    assert (code, letter["durable"], letter["reason"]) == (
        0, "village-rang", "Unreadable: The body is no Rang: see body.",
    )  # fmt: skip
    assert await typed(settings, "dlq", "show", str(letter["number"])) == (0, letter)
    assert await typed(settings, "dlq", "replay", str(letter["number"])) == (0, {"replayed": 1})

    async def back():
        return [one["number"] for one in (await typed(settings, "dlq", "ls"))[1] if one["number"] != letter["number"]]

    (number,) = await eventually(back, 30)
    assert await typed(settings, "dlq", "drop", str(number), "--yes") == (0, {"dropped": number})
    assert await typed(settings, "dlq", "ls") == (0, [])


async def test_the_log_shows_events_of_a_kind(settings, jetstream):
    await ring(jetstream, "e1")
    await ring(jetstream, "e2", kind="belfry.Cracked.v1")
    code, lines = await typed(settings, "events", "tail", "Rang", "--all", "--no-follow")
    assert code == 0
    assert [(line["id"], line["type"], line["data"]["bell_id"]) for line in lines] == [("e1", "belfry.Rang.v1", "tom")]
