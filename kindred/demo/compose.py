"""`make compose-test`: builds the images, starts docker-compose.yml, plays a round against it, takes it down."""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console

from deploy.embedded.process import free_port
from kindred.demo import plots
from kindred.demo.outboxes import Inside
from kindred.demo.play import play
from kindred.demo.target import Target
from shared.errors import KindredError, Permanent

ROOT = Path(__file__).parents[2]
PROJECT = "kindred-test"


class Compose:
    """One run of the compose file under a project name of its own, on free ports.

    ``files`` are laid over it.
    """

    def __init__(self, project: str = PROJECT) -> None:
        self.project = project
        self.files: tuple[Path, ...] = ()
        self.ports = {name: free_port() for name in ("PORTAL_PORT", "MAIL_PORT", "NATS_PORT", "REPLIES_PORT")}
        self.portal_url = f"http://127.0.0.1:{self.ports['PORTAL_PORT']}"
        own = {
            **{name: str(port) for name, port in self.ports.items()},
            "KINDRED_CLOCK": "adjustable",
            "KINDRED_LOGIN_DAYS": "366",
            "KINDRED_PUBLIC_URL": self.portal_url,
            "SMTP_HOST": "mail",
        }
        self._environment = {**os.environ, **own}

    def call(self, *arguments: str, quiet: bool = False) -> str:
        """Run `docker compose`; raises Permanent when it fails."""
        captured = subprocess.PIPE if quiet else None
        command = self._command(*arguments, quiet=quiet)
        done = subprocess.run(command, cwd=ROOT, env=self._environment, stdout=captured, text=True, check=False)
        if done.returncode:
            raise Permanent(f"`docker compose {' '.join(arguments)}` ended with {done.returncode}.")
        return done.stdout or ""

    def _command(self, *arguments: str, quiet: bool = True) -> list[str]:
        files = [part for file in (ROOT / "docker-compose.yml", *self.files) for part in ("--file", str(file))]
        shown = ("--progress", "quiet") if quiet else ()
        return ["docker", "compose", *shown, "--project-name", self.project, *files, "--profile", "dev", *arguments]

    def inside(self, service: str, *command: str) -> str:
        """Run a command in a running container; return what it printed."""
        return self.call("exec", "-T", service, *command, quiet=True)

    def target(self, folder: Path) -> Target:
        """The Kindred that runs there, for the round."""
        settings = {
            "KINDRED_NATS_URL": f"nats://127.0.0.1:{self.ports['NATS_PORT']}",
            "KINDRED_NATS_USER": "kindred",
            "KINDRED_NATS_PASSWORD": self.inside("programmes", "cat", "/keys/nats_password").strip(),
        }
        mail_url = f"http://127.0.0.1:{self.ports['MAIL_PORT']}"
        outboxes = Inside(self._command("exec", "-T", "programmes"), self._environment)
        return Target(settings, self.portal_url, mail_url, "127.0.0.1", self.ports["REPLIES_PORT"], folder, outboxes)


def main() -> int:
    """Build, start, play, take down; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--programme", action="append", default=[], help="play this one; repeat; visits and exchange if not given"
    )
    parser.add_argument("--keep", action="store_true", help="leave everything running")
    chosen = parser.parse_args()
    played = plots.chosen(chosen.programme) if chosen.programme else plots.SHORT
    console = Console()
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    ):
        sys.stderr.write("No Docker engine answers here; `make compose-test` needs one with Compose.\n")
        return 3
    compose = Compose()
    began = time.monotonic()
    try:
        compose.call("up", "--build", "--wait", "--wait-timeout", "300")
        console.print(f"Every container is healthy after {time.monotonic() - began:.0f} s.")
        folder = ROOT / ".kindred" / "compose"
        this = asyncio.run(play(compose.target(folder), console, chosen.schools, chosen.seed, plots=played))
    except (KindredError, KeyboardInterrupt) as error:
        sys.stderr.write(f"{error or 'Stopped.'}\n")
        compose.call("ps", "--all")
        compose.call("logs", "--tail", "30")
        return 1
    finally:
        if not chosen.keep:
            compose.call("down", "--volumes", "--remove-orphans")
    return 1 if this.checks.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
