"""`make drills`: play the operator's drills against docker compose and print what was seen. Its data go at the end."""

import argparse
import asyncio
import shutil
import subprocess
import sys

from rich.console import Console

from chaos.drills import deployment, relays, restoring, servers
from chaos.drills.drill import Drill, Outcome, run, show
from chaos.drills.stage import Stage
from shared.errors import KindredError

DRILLS: tuple[Drill, ...] = (*restoring.DRILLS, *deployment.DRILLS, *relays.DRILLS, *servers.DRILLS)
"""The one that needs invitations that are not sent yet comes first, the longest one last."""


async def play(stage: Stage, console: Console, schools: int, chosen: list[Drill]) -> list[Outcome]:
    """Begin a round and play the drills on it one after the other."""
    console.print("The stack starts, and a round begins.")
    outcomes = []
    try:
        await stage.begin(schools)
        for drill in chosen:
            console.print(f"{drill.name}: {drill.act}")
            outcomes.append(await run(drill, stage))
            console.print(f"  {'ok' if outcomes[-1].ok else 'FAILED'}: {outcomes[-1].seen}", highlight=False)
    finally:
        await stage.disconnect()
    return outcomes


def main() -> int:
    """Return 0 when everything was seen that must be."""
    names = [drill.name for drill in DRILLS]
    parser = argparse.ArgumentParser(prog="chaos.drills", description=__doc__)
    parser.add_argument("drills", nargs="*", metavar="DRILL", help=f"by default all: {', '.join(names)}")
    parser.add_argument("--schools", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave everything running")
    wanted = parser.parse_args()
    if unknown := sorted(set(wanted.drills) - set(names)):
        parser.error(f"no drill is called {', '.join(unknown)}; there are {', '.join(names)}")
    engine = (
        shutil.which("docker") and not subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    )
    if not engine:
        sys.stderr.write("No Docker engine answers here; the drills need one with Compose.\n")
        return 3
    console = Console()
    stage = Stage(console, wanted.seed)
    chosen = [drill for drill in DRILLS if drill.name in (wanted.drills or names)]
    try:
        outcomes = asyncio.run(play(stage, console, wanted.schools, chosen))
    except KindredError as error:
        console.print(f"The drills could not begin: {error}", highlight=False)
        return 1
    finally:
        if not wanted.keep:
            stage.end()
    show(console, outcomes)
    return 0 if all(one.ok for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
