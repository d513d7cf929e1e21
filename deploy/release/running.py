"""Runs the programs that checks need."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path


class Skipped(Exception):  # noqa: N818 - it says what became of the check
    """What a check needs is not on this machine; the text says what."""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> list[str]:
    """Nothing if the program ends with 0, else what it said last: at most twelve lines."""
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return []
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return said[-12:] or [f"{command[0]} ended with {done.returncode} and said nothing."]
