"""A new image of one service, a release with consumers that the last one did not have, and more replicas."""

import asyncio
import re
import subprocess
from collections import Counter
from dataclasses import replace

from chaos.drills.drill import Drill, must
from chaos.drills.stage import Stage
from kindred.running.topology import SERVICES
from shared.bus import dead_letters
from shared.operations import streams

CHANGED = "portal"
YOUNGER = (("EVENTS", "reporting-audit"), ("EVENTS", "tasks-facts"), ("PEOPLE", "portal-accounts-people"))
"""Durables that 0.1.0 did not have."""
GROWN = ("notifications", "matching-projection", "portal-projection")
"""Durables that have come to hear more since."""
SCALE = {"notifications": 3, "portal": 2}
MAILS = 60
_RELAYED = re.compile(r'^kindred_relayed_total\{service="notifications"\} (\S+)$', re.MULTILINE)
_METRICS = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8000/metrics', timeout=5).read().decode())"


async def upgrade(stage: Stage) -> str:
    """Build another image of one service and bring the stack up to date."""
    before = await _containers(stage)
    image = f"kindred-{CHANGED}"
    old = await stage.docker("image", "inspect", "--format", "{{.Id}}", image)
    try:
        await asyncio.to_thread(_relabel, image)
        await stage.call("up", "--detach", "--wait", "--no-build", "--wait-timeout", "300")
        after = await _containers(stage)
    finally:
        await stage.docker("tag", old, image)
    changed = sorted(name for name in before if before[name] != after.get(name))
    must(changed == [CHANGED], f"made anew: {', '.join(changed) or 'nothing'}")
    await stage.all_ready()
    await stage.call("up", "--detach", "--wait", "--no-build", "--wait-timeout", "300")
    return f"only {CHANGED} was made anew; NATS, MongoDB and {len(before) - 3} others ran on"


async def younger(stage: Stage) -> str:
    """Take durables away, and events from others, as if an older release had run until now; bring the stack up."""
    jetstream = stage.round.client.connection.jetstream()
    await stage.accepted()
    mails = (await stage.mails()).total
    for stream, durable in YOUNGER:
        await jetstream.delete_consumer(stream, durable)
    for durable in GROWN:
        config = (await jetstream.consumer_info("EVENTS", durable)).config
        kept = sorted(config.filter_subjects or [])[::2]
        await jetstream.add_consumer("EVENTS", replace(config, filter_subjects=kept))
    await stage.call("up", "--no-build", "bus")
    await stage.call("up", "--detach", "--wait", "--no-build", "--wait-timeout", "300")
    await stage.all_ready()
    await stage.until(lambda: _idle(stage), "every durable has heard the whole history")
    after, letters = (await stage.mails()).total, [one async for one in dead_letters.ls(jetstream)]
    must(after == mails, f"{after - mails} mails were made of what is long past")
    must(not letters, f"{len(letters)} dead letters, such as one of {letters[0].durable if letters else ''}")
    held = {found.durable: found for found in (await streams.status(jetstream))[1]}
    missing = [durable for durable in (*(name for _, name in YOUNGER), *GROWN) if durable not in held]
    must(not missing, f"missing: {', '.join(missing)}")
    return f"{len(YOUNGER)} durables are there anew and {len(GROWN)} hear all again; no mail, no dead letter, all ready"


async def _idle(stage: Stage) -> bool:
    _, standing = await streams.status(stage.round.client.connection.jetstream())
    return not any(line.waiting or line.in_hand for line in standing)


def _relabel(image: str) -> None:
    """Give an image another content, as a change of a line would."""
    made = f"FROM {image}\nLABEL kindred.drill=upgrade\n"
    command = ["docker", "build", "--quiet", "--tag", image, "-"]
    subprocess.run(command, input=made, text=True, check=True, capture_output=True)


async def _containers(stage: Stage) -> dict[str, str]:
    """The container of each service that goes on running, with the moment when it was started."""
    found = {}
    for name in (*SERVICES, "nats", "mongo", "mail"):
        container = (await stage.call("ps", "--quiet", name)).strip()
        found[name] = await stage.docker("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", container)
    return found


async def scale(stage: Stage) -> str:
    """Run three notifications and two portals, and have mails sent."""
    already = len(await stage.received())
    flags = [part for name, number in SCALE.items() for part in ("--scale", f"{name}={number}")]
    await stage.call("up", "--detach", "--wait", "--no-build", "--no-recreate", "--wait-timeout", "300", *flags)
    replicas = range(1, SCALE["notifications"] + 1)
    before = {one: await _relayed(stage, one) for one in replicas}
    sent = len(await stage.resend(MAILS))
    await stage.accepted()
    arrived = (await stage.received())[already:]
    twice = [one for one, count in Counter(mail.message_id for mail in arrived).items() if count > 1]
    must(len(arrived) == sent and not twice, f"{len(arrived)} of {sent} arrived, {len(twice)} twice")
    at_work = sum([await _relayed(stage, one) > before[one] for one in replicas])
    await stage.call("up", "--detach", "--wait", "--no-build", "--no-recreate", "--wait-timeout", "300")
    must(at_work > 1, f"{at_work} of {len(replicas)} replicas did all the work")
    return f"all healthy; {at_work} of {len(replicas)} shared {sent} mails, each arrived once"


async def _relayed(stage: Stage, index: int) -> float:
    said = await stage.call("exec", "-T", "--index", str(index), "notifications", "python", "-c", _METRICS)
    found = _RELAYED.search(said)
    return float(found[1]) if found else 0.0


DRILLS = (
    Drill("upgrade", f"a new image of {CHANGED}, up", "only what changed is made anew", upgrade),
    Drill(
        "new-durables",
        f"take {len(YOUNGER)} durables away and narrow {len(GROWN)}, as an older release has them; up",
        "each gets its history; no mail goes out for it, no dead letter",
        younger,
    ),
    Drill(
        "scale",
        ", ".join(f"{name}={number}" for name, number in SCALE.items()) + f", {MAILS} mails",
        "every replica healthy; work is shared; each mail once",
        scale,
    ),
)
