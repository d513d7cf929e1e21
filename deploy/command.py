"""Puts the `kindred` command into this virtual environment: `python deploy/command.py`; `--link DIR` links it there."""

import os
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Make the project importable here, and `kindred` a command."""
    Path(sysconfig.get_path("purelib"), "kindred.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = Path(sysconfig.get_path("scripts"), "kindred")
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kindred "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    if sys.argv[1:2] == ["--link"]:
        print(link(command, Path(sys.argv[2])))


def link(command: Path, folder: Path) -> str:
    """Link the command into a folder; say where it is now, and whether a shell finds it there."""
    folder.mkdir(parents=True, exist_ok=True)
    linked = folder / command.name
    if linked.exists() and not linked.is_symlink():
        raise SystemExit(f"{linked} is there already and is no link of ours; name another folder with PREFIX=.")
    linked.unlink(missing_ok=True)
    linked.symlink_to(command)
    if str(folder) in os.environ.get("PATH", "").split(os.pathsep):
        return f"`kindred` is now a command ({linked})."
    return f"{linked} is the command. Add {folder} to your PATH to type `kindred` alone."


if __name__ == "__main__":
    main()
