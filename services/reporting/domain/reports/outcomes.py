"""The block about inspections: counts since the programme began with their interval, beside national rates.

One block is about one regime: overall grades and report cards never stand in one table. The interval is Wilson's score
interval (Wilson, 1927), which stays between 0 and 100 % however few schools there are.
"""

from math import sqrt

from services.reporting.domain.reports.blocks import TablePart
from services.reporting.domain.reports.material import Material
from services.reporting.domain.words import day
from shared.commands.outcomes import OutcomeRow, Outcomes
from shared.template.reports import Block

__all__ = ["interval", "outcomes"]

_95 = 1.959964
"""The normal quantile of a 95 % interval."""


def interval(met: int, judged: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in percent, of at least one school."""
    share, square = met / judged, _95 * _95
    middle = (share + square / (2 * judged)) / (1 + square / judged)
    half = _95 * sqrt(share * (1 - share) / judged + square / (4 * judged * judged)) / (1 + square / judged)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def outcomes(block: Block, material: Material) -> TablePart | None:
    """A line for each thing that is judged; None where no school was inspected under this regime."""
    found = material.outcomes
    if found is None:
        return None
    cards = block.regime == "report-cards"
    rows = [one for one in (found.cards if cards else (found.grades,)) if one.judged]
    if not rows:
        return None
    standard = "expected standard or better" if cards else "good or outstanding"
    moved = ("Better", "As before", "Lower") if cards else ()
    return TablePart(
        title=block.title or ("Report cards since the programme began" if cards else "Overall grades that still stand"),
        columns=("What is judged", f"At {standard}", "Share, 95 % interval", "National rate", *moved),
        rows=tuple(_row(one, block, cards=cards) for one in rows),
        note=_note(found, block, cards=cards),
    )


def _row(one: OutcomeRow, block: Block, *, cards: bool) -> tuple[str, ...]:
    low, high = interval(one.met, one.judged)
    national = next((f"{rate.percent:g} %" for rate in block.national if rate.of == one.of), "")
    moved = (f"{one.gained}", f"{one.kept}", f"{one.lost}") if cards else ()
    share = f"{100 * one.met / one.judged:.0f} %, {low:.0f} to {high:.0f} %"
    return one.of[:1].upper() + one.of[1:], f"{one.met} of {one.judged}", share, national, *moved


def _note(found: Outcomes, block: Block, *, cards: bool) -> str:
    said = [f"{found.schools} schools take part."]
    if cards:
        said.append(f"Counted are inspections since {day(found.since)}, the latest of each school.")
        said.append(f"{found.before} schools have a report card from before; only those can stand better or lower.")
    else:
        said.append(
            "No overall grade has been given since September 2024: these are from before, and cannot have moved."
        )
    dates = {f"{one.source}, {day(one.as_of)}" for one in block.national}
    said += [f"National rates: {'; '.join(sorted(dates))}."] if dates else []
    return " ".join(said)
