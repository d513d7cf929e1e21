"""Puts the `kindred` command into this virtual environment: `python deploy/command.py`."""

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


if __name__ == "__main__":
    main()
