"""The register by which the trust goes: real schools, of which an extract says that they belong to a made-up trust."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kindred.demo import ground
from kindred.demo.round import Round
from kindred.demo.trust.story import CODE, NAME

NINE, OURS = 9, 4
"""How many schools the trust has; of every so many that take part elsewhere one is of it."""
SHEFFIELD = "373"


def rows_of_register() -> dict[int, dict[str, str]]:
    """URN -> its row, as the register was imported."""
    with (ground.DATA / ground.REGISTER[0]).open(encoding="cp1252", newline="") as file:
        return {int(row["URN"]): row for row in csv.DictReader(file)}


def choose(this: Round, rows: Mapping[int, Mapping[str, str]]) -> tuple[list[int], int]:
    """The trust's schools, and the one that joins later: some of those that take part elsewhere, then their neighbours.

    Of those elsewhere few are of it, since schools of one trust never visit each other.
    """
    all_ours = [one.urn for one in this.story.joining]
    ours = all_ours[::OURS][:OURS]
    near = [
        urn
        for urn, row in sorted(rows.items())
        if row["LA (code)"] == SHEFFIELD
        and row["PhaseOfEducation (name)"] == "Primary"
        and row["EstablishmentStatus (code)"] == "1"
        and not row["Trusts (code)"]
        and urn not in all_ours
    ]
    return [*ours, *near[: NINE - len(ours)]], all_ours[1]


async def imported(this: Round, name: str, rows: Iterable[Mapping[str, str]], *, of_trust: bool) -> dict[str, Any]:
    """Import an extract that says of these schools that they are of the trust, or are no longer; return the report."""
    file = this.target.folder / name
    told = {"Trusts (code)": CODE if of_trust else "", "Trusts (name)": NAME if of_trust else ""}
    _write(file, [{**row, **told} for row in rows])
    report: dict[str, Any] = await this.coordinator.run("schools", "import", str(file))
    return report


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="cp1252", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
