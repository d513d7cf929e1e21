"""What is measured: a section of the page for each problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import assignments, mdgp, rematch, scheduling
from benchmarks.engines import groups
from benchmarks.engines.measured import CLIMB
from benchmarks.engines.pictures import Lines, draw
from benchmarks.engines.table import Row
from services.matching.domain.schools import Weights
from services.matching.engine.effort import Effort
from services.matching.engine.solve import WEIGHTS

QUICKLY = 1.0
"""Seconds for peers that would search for ever, where it is only to be seen that they run."""
STEERED = (
    "Kindred searches here without what steers the service's search beside the score: a group in which somebody only "
    f"gives or only receives costs nothing (`both_ways` {WEIGHTS.both_ways:g}; the service's is "
    f"{Weights().both_ways:g}), so that scores can be compared with the peers'."
)


@dataclass(frozen=True)
class Picture:
    """One picture: its file, title, axes, lines, and which axes are logarithmic."""

    file: str
    title: str
    axes: tuple[str, str]
    lines: Lines
    logs: str = "x"


@dataclass(frozen=True)
class Section:
    """A table with what to know before and after it."""

    title: str
    before: str
    rows: list[Row]
    after: str = ""
    drawn: tuple[Picture, ...] = field(default=())

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """File and title of each picture."""
        return [(one.file, one.title) for one in self.drawn]

    def draw(self, folder: Path) -> None:
        """Draw them."""
        for one in self.drawn:
            draw(folder / one.file, one.title, one.axes, one.lines, logs=one.logs)


def of_groups(quick: bool) -> Section:
    """Trios and quads."""
    sizes = (12, 30) if quick else (30, 300, 3_000, 24_000)
    largest, climb = (30, QUICKLY) if quick else (3_000, CLIMB)
    rows = groups.rows(sizes, climb)
    timed = {
        engine: [(float(row["N"]), float(row["wall s"])) for row in rows if row["engine"] == engine and "wall s" in row]
        for engine in ("kindred", "greedy")
    }
    scored = {
        engine: [(float(row["N"]), float(row["score"])) for row in rows if row["engine"] == engine and "score" in row]
        for engine in ("kindred", *groups.PEERS)
    }
    gaps = [(float(row["N"]), float(row["gap %"])) for row in rows if row["engine"] == "kindred" and "gap %" in row]
    exponent = groups.growth([(int(n), seconds) for n, seconds in timed["kindred"]])
    return Section(
        title="Groups of schools",
        before=(
            "N made-up schools of `benchmarks/instances.py` (seed 1) into trios and quads. `score` is the mean of f "
            "over the schools (services/matching/domain/score.py); `forbidden` counts pairs that a hard rule keeps "
            f"apart. Hill-climbing by swaps gets {climb:.0f} s of CPU. Seconds and memory are those of the search; the "
            "bound is worked out afterwards. A bound by window is of Kindred's own groups and says nothing of others'. "
            f"{STEERED}"
        ),
        rows=rows,
        after=f"Kindred's seconds grow as N^{exponent:.2f} from the least N to the most{_lately(timed['kindred'])}.",
        drawn=(
            Picture(
                "score-over-time.svg",
                f"Score over time, {largest:,} schools",
                ("CPU seconds", "score"),
                groups.over_time(largest, climb),
            ),
            Picture("score-over-n.svg", "Score over N", ("schools", "score"), {k: v for k, v in scored.items() if v}),
            Picture("gap-over-n.svg", "Gap to the bound over N", ("schools", "gap, %"), {"kindred": gaps}),
            Picture("seconds-over-n.svg", "Seconds over N", ("schools", "wall seconds"), timed, "xy"),
        ),
    )


def _lately(timed: list[tuple[float, float]]) -> str:
    """How they grow between the two largest N, where the work of small rounds no longer counts."""
    (n, _), (most, _) = timed[-2:]
    exponent = groups.growth([(int(n), seconds) for n, seconds in timed[-2:]])
    return f", and as N^{exponent:.2f} from {n:,.0f} to {most:,.0f}"


def of_projects(quick: bool) -> Section:
    """Practitioners to projects."""
    return Section(
        title="Practitioners to projects",
        before=(
            "N practitioners with about five wishes each, N projects of N / 3 schools (`benchmarks/assignments.py`). "
            "`cost` is defined in services/matching/assigning/projects.py; the package `matching` is run up to 1,000."
        ),
        rows=assignments.project_rows((100,) if quick else (100, 1_000, 10_000)),
    )


def of_pairs(quick: bool) -> Section:
    """Heads to coaches."""
    return Section(
        title="Coaching pairs",
        before=(
            "N heads, the 20 nearest of each as candidates, without those who report to one person or met before. "
            "networkx is run up to 1,000."
        ),
        rows=assignments.pair_rows((200,) if quick else (200, 1_000, 5_000)),
    )


def of_diverse_groups(quick: bool) -> Section:
    """Maximally diverse groups."""
    numbers, seconds = ((120,), QUICKLY) if quick else ((120, 240, 480, 960), 10.0)
    return Section(
        title="Maximally diverse groups",
        before=(
            "The families RanInt, RanReal and Geo (Gallego 2013), made anew by `benchmarks/mdgp.py`: sum of distances "
            f"within groups after {seconds:.0f} s of CPU each, on average over {mdgp.INSTANCES} instances. TPSDP is "
            "Yang and others 2022."
        ),
        rows=mdgp.rows(numbers, seconds, 1 if quick else mdgp.INSTANCES),
    )


def of_rematches(quick: bool) -> Section:
    """A cohort matched again."""
    return Section(
        title="Matching again",
        before=(
            "An evenly spread part of the register, or all of it (`benchmarks/rematch.py`): one school in a hundred "
            "has left since its groups were formed, as many have joined, and some pins were set. `ended` counts "
            "relationships that are no more; answers to questions are timed without the store. Questions of a kind, "
            "the re-match and the curve run in a process of their own each, which is given schools and groups and "
            "knows nothing of the register: `MB` is theirs. All of the register is formed with a tenth of the effort "
            "and has no curve."
        ),
        rows=rematch.rows((300,), Effort(steps=10))
        if quick
        else rematch.rows((3_000,)) + rematch.asked(24_000, rematched=True),
    )


def of_calendars(quick: bool) -> Section:
    """Calendars of visits."""
    sizes = (4, 8) if quick else (4, 60, 1_000, 8_000)
    rows = scheduling.rows(sizes, cp_sat_seconds=QUICKLY if quick else CLIMB)
    timed = {
        engine: [(float(row["groups"]), float(row["wall s"])) for row in rows if row["engine"] == engine]
        for engine in ("kindred", "first-fit")
    }
    ours = timed["kindred"]
    exponent = groups.growth([(int(n), seconds) for n, seconds in ours])
    return Section(
        title="Calendars",
        before=(
            "Groups of made-up schools of up to 152 authorities, Sheffield's term dates real, the others generated "
            "(`benchmarks/scheduling_cases.py`). `cost` is points a visit; `bound` is what it would be with each group "
            "alone in the calendar and the nearest facilitator at each visit; `violations` are those that the "
            "independent checker finds."
        ),
        rows=rows,
        after=f"Kindred's seconds grow as groups^{exponent:.2f}.",
        drawn=(Picture("calendar-seconds.svg", "Seconds over groups", ("groups", "wall seconds"), timed, "xy"),),
    )


def of_repairs(quick: bool) -> Section:
    """Repairs of a published calendar."""
    return Section(
        title="Repairs",
        before="What comes in between, in a calendar of 1,000 groups: the least change that repairs it.",
        rows=scheduling.replan_rows((8,), 20) if quick else scheduling.replan_rows((1_000,)),
    )


ALL: dict[str, Callable[[bool], Section]] = {
    "groups": of_groups,
    "diverse": of_diverse_groups,
    "projects": of_projects,
    "pairs": of_pairs,
    "rematch": of_rematches,
    "calendars": of_calendars,
    "repairs": of_repairs,
}
