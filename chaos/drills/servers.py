"""NATS without its volume or its disk space, MongoDB out of reach, a container that stands still."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from chaos.drills.drill import Drill, must
from chaos.drills.stage import PROJECT, Stage
from kindred.running.topology import SERVICES
from shared.bus.clock import set_offset, shared_clock
from shared.errors import KindredError

MAILS = 10
FROZEN = "scheduling"
SMALL_DISK = Path(__file__).parent / "small-disk.yml"
WATCHED = 20.0
"""Seconds for which the log is read."""
MOST_LINES = 5


async def volume_lost(stage: Stage) -> str:
    """Lose the volume of NATS, and rebuild what it held."""
    before = await _stored(stage)
    offset = await _offset(stage)
    await stage.call("rm", "--stop", "--force", "nats", "prepare")  # both have the volume
    await stage.docker("volume", "rm", f"{PROJECT}_nats")
    told = await _restart_nats(stage, offset)
    after = await _stored(stage)
    must(after == before, f"the streams held {before} and hold {after}")
    await stage.resend(MAILS)
    await stage.accepted()
    return f"readiness: {told}; after the rebuild {after[0]:,} events and {after[1]:,} reminders are there, as before"


async def disk_full(stage: Stage) -> str:
    """Give NATS a small disk, fill it, have mails sent, make room."""
    offset = await _offset(stage)
    stage.override(SMALL_DISK)
    try:
        await _restart_nats(stage, offset)
        await stage.call("exec", "-T", "nats", "sh", "-c", "dd if=/dev/zero of=/data/filler bs=4k 2>&1 | tail -1")
        await stage.resend(MAILS)
        told = await stage.problem("notifications", "does not take what is published")
        before = await stage.log("notifications", "relay_failed")
        await asyncio.sleep(WATCHED)
        lines = await stage.log("notifications", "relay_failed") - before
        must(lines <= MOST_LINES, f"{lines} lines in {WATCHED:.0f} s")
        await stage.call("exec", "-T", "nats", "rm", "/data/filler")
        drained = await _drained(stage)
    finally:
        stage.override()
        await _restart_nats(stage, offset)
    await stage.accepted()
    return f"readiness: {told}; {lines} lines of log in {WATCHED:.0f} s; {drained}"


async def _drained(stage: Stage) -> str:
    """Wait until the outboxes are empty; NATS may have to be started again for it."""
    try:
        await stage.until(lambda: _empty(stage), "the outboxes are empty", patience=60.0)
    except KindredError:
        await stage.call("restart", "nats")
        await stage.until(lambda: _empty(stage), "the outboxes are empty")
        return "drained once there was room and NATS was started again"
    return "drained once there was room"


async def _empty(stage: Stage) -> bool:
    return not any((await stage.round.target.outboxes.waiting()).values())


async def away(stage: Stage) -> str:
    """Take MongoDB off the network, and put it back."""
    container = (await stage.call("ps", "--quiet", "mongo")).strip()
    network = f"{PROJECT}_default"
    await stage.docker("network", "disconnect", network, container)
    try:
        said = {service: await stage.problem(service, "MongoDB") for service in SERVICES}
    finally:
        await stage.docker("network", "connect", "--alias", "mongo", network, container)
    await stage.all_ready()
    await stage.resend(MAILS)
    await stage.accepted()
    return f"all {len(said)} services: {said['programmes']}; all ready when it is back, {MAILS} mails went out"


async def frozen(stage: Stage) -> str:
    """Freeze a service with the healer at work."""
    await stage.call("--profile", "heal", "up", "--detach", "--wait", "--no-build", "--no-recreate", "heal")
    began = await _started(stage, FROZEN)
    try:
        await stage.call("pause", FROZEN)
        before = time.monotonic()

        async def anew() -> bool:
            return await _started(stage, FROZEN) != began

        await stage.until(anew, f"{FROZEN} is started again", patience=300.0)
        seconds = time.monotonic() - before
    finally:
        await stage.call("--profile", "heal", "rm", "--stop", "--force", "heal")
    await stage.all_ready()
    return f"{FROZEN} was started again after {seconds:.0f} s by the profile `heal`; all ready"


async def _started(stage: Stage, service: str) -> str:
    container = (await stage.call("ps", "--all", "--quiet", service)).strip()
    return await stage.docker("inspect", "--format", "{{.State.StartedAt}}", container)


async def _restart_nats(stage: Stage, offset: timedelta) -> str:
    """Start NATS over empty streams, see that it is told, and rebuild them; return what was told.

    The clock that the round has moved is put on again: it is no part of what operators have.
    """
    await stage.call("up", "--detach", "--no-build", "nats")
    await stage.call("up", "--no-build", "bus")
    told = await stage.problem("notifications", "kindred bus rebuild")
    await stage.connect()
    jetstream = stage.round.client.connection.jetstream()
    await set_offset(jetstream, offset)
    await stage.kindred("bus", "rebuild")
    await stage.all_ready()
    return told


async def _offset(stage: Stage) -> timedelta:
    return (await shared_clock(stage.round.client.connection.jetstream())).offset


async def _stored(stage: Stage) -> tuple[int, int]:
    """How many events and reminders the streams hold."""
    jetstream = stage.round.client.connection.jetstream()
    events = (await jetstream.stream_info("EVENTS", subjects_filter="events.>")).state.subjects or {}
    reminders = (await jetstream.stream_info("TIMERS", subjects_filter="timers.at.>")).state.subjects or {}
    return sum(events.values()), len(reminders)


DRILLS = (
    Drill(
        "frozen",
        f"pause {FROZEN} beside the profile `heal`",
        "it is started again",
        frozen,
    ),
    Drill(
        "mongo-away",
        "take MongoDB off the network, put it back",
        "every service says what it cannot reach, and is ready when it is back",
        away,
    ),
    Drill(
        "nats-volume-lost",
        "remove NATS and its volume, up, bus rebuild",
        "red, and the way out named; one command puts back every event and reminder",
        volume_lost,
    ),
    Drill(
        "nats-disk-full",
        f"fill NATS' disk, have {MAILS} mails sent, make room",
        "red, and why; few lines of log; nothing lost when there is room",
        disk_full,
    ),
)
