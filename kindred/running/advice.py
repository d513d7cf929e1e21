"""What somebody who has just started a stack must know to use it."""

import os
import shutil
import sys
from pathlib import Path

from kindred import location


def how_to_ask(folder: Path) -> list[str]:
    """How commands reach the stack in this folder: from any folder, by which path, and which of several."""
    said = [f"`{command()}` in another terminal finds it, from any folder."]
    first = location.running()[0]
    if first.pid != os.getpid():
        said = [
            f"Another Kindred was started first, in {first.folder}; commands go on going to that one.",
            f"For this one: KINDRED_FOLDER={folder} {command()} ...",
        ]
    return said


def command() -> str:
    """The command as it can be typed here: `kindred` where it is in the path, else with its folder."""
    own = Path(sys.executable).parent / "kindred"
    found = shutil.which("kindred")
    if found and Path(found).resolve() == own.resolve():
        return "kindred"
    return str(own) if own.exists() else f"{sys.executable} -m kindred"
