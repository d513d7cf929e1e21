"""GroupEng (AGPL) as a peer: run as a program of its own from the source folder that KINDRED_GROUPENG names.

Its rules know neither forbidden pairs nor travel nor coverage; it is told what it can be told: keep phase and town
together, spread trusts and best strengths.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.instances import generate
from benchmarks.matching_peers import Groups

SETTING = "KINDRED_GROUPENG"
RULES = ("- aggregate : Phase", "- aggregate : Town", "- distribute : Trust", "- distribute : Strength")


def program() -> Path | None:
    """Where it is, or None where the setting names no copy of it."""
    named = Path(os.environ.get(SETTING) or "none") / "GroupEng.py"
    return named if named.exists() else None


def groups(n: int, patience: float) -> Groups:
    """Its groups for the made-up round of n schools. Raises TimeoutExpired or FileNotFoundError."""
    found = program()
    if found is None:
        raise FileNotFoundError(f"{SETTING} names no folder with GroupEng.py.")
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), n)
        command = [sys.executable, str(found), "spec.groupeng"]
        subprocess.run(command, cwd=folder, timeout=patience, check=True, capture_output=True)
        written = next(Path(folder).glob("groups_spec_*/spec_groups.csv"))
        with written.open(newline="") as lines:
            return [[int(cell) - 1 for cell in row[1:]] for row in csv.reader(lines) if row]


def _write(folder: Path, n: int) -> None:
    made = generate(n)
    with (folder / "schools.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("ID", "Phase", "Town", "Trust", "Strength"))
        for i in range(n):
            trust = f"trust {made.trust[i]}" if made.trust[i] >= 0 else f"none {i}"
            best = int(np.argmax(made.strengths[i]))
            table.writerow((i + 1, f"phase {made.phase[i]}", f"town {made.authority[i]}", trust, f"topic {best}"))
    head = ("classlist : schools.csv", "student_identifier : ID", "group_size : 4-")
    (folder / "spec.groupeng").write_text("\n".join((*head, *RULES)) + "\n", encoding="utf-8")
