"""``python -m chaos [--rounds 20] [--seed S]``: hurt the bus while commands flow, heal it, ask the oracles."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from chaos.oracles import complaints
from chaos.stage import Stage
from shared.bus import BusClient
from shared.errors import KindredError
from tests.integration.bus.samples import Ring

HEALED_WITHIN = 90.0
BELLS = 5


async def keep_asking(client: BusClient, over: asyncio.Event, answered: dict[str, list[int]], worker: int) -> None:
    """Send commands one after the other, each until it is answered, and note the answers."""
    number = 0
    while not over.is_set():
        number += 1
        bell = f"bell-{number % BELLS}"
        while True:
            try:
                answer = await client.ask(Ring(bell_id=bell), key=f"{worker}-{number}", timeout=2, patience=20)
            except KindredError:
                await asyncio.sleep(0.2)
            else:
                answered.setdefault(bell, []).append(answer.version)
                break


async def play(stage: Stage, rounds: int) -> int:
    """Play all rounds; return how many complaints the oracles have."""
    await stage.raise_curtain()
    over, answered = asyncio.Event(), dict[str, list[int]]()
    async with await BusClient.connect(stage.servers.nats.url, actor="chaos", reconnect_time_wait=0.2) as client:
        answered["first"] = [(await client.ask(Ring(bell_id="first"), patience=120)).version]  # all are up
        asking = [asyncio.create_task(keep_asking(client, over, answered, worker)) for worker in range(4)]
        for number in range(1, rounds + 1):
            await asyncio.sleep(stage.chance.uniform(0.3, 2.0))
            print(f"{number:3}  {await stage.hurt()}", flush=True)
        stage.heal()
        over.set()
        await asyncio.gather(*asking)
        began = time.monotonic()
        while True:
            found = await complaints(stage.settings, client.connection.jetstream(), answered)
            if not found or time.monotonic() - began > HEALED_WITHIN:
                break
            stage.heal()
            await asyncio.sleep(1.0)
    commands = sum(len(versions) for versions in answered.values())
    print(f"{commands} commands answered; healed after {time.monotonic() - began:.0f} s; {len(found)} complaints")
    for line in found:
        print(f"  {line}")
    return len(found)


def main() -> int:
    """Return 0 when nothing was lost and nothing happened twice."""
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}")
    with tempfile.TemporaryDirectory(prefix="kindred-chaos-", ignore_cleanup_errors=True) as folder:
        stage = Stage(Path(folder), random.Random(wanted.seed))
        with stage.servers:
            try:
                failed = asyncio.run(play(stage, wanted.rounds))
            finally:
                stage.strike()
    if failed:
        print(f"again with: make chaos N={wanted.rounds} ARGS='--seed {wanted.seed}'")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
