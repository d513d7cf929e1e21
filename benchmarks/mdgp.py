"""The families of instances of maximally diverse grouping, made anew, and Kindred beside TPSDP on them at equal time.

    KINDRED_TPSDP=/path/to/anticlust python -m benchmarks.mdgp 120 240 --seconds 5

RanInt: whole distances 0..100. RanReal: real ones. Geo: Euclidean distances of points with 2 to 21 coordinates in
0..10 (Gallego 2013, the MDGPLIB; group numbers follow its sizes). Objective: the sum of distances within groups.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import pdist, squareform

from benchmarks import mdgp_search, tpsdp
from benchmarks.engines.table import Row, markdown

GROUPS = {120: 10, 240: 12, 480: 20, 960: 24}
FAMILIES = ("RanInt", "RanReal", "Geo")
INSTANCES = 3
"""Instances of a family and size: on one alone, chance decides more than the method."""


def distances(family: str, n: int, seed: int = 1) -> NDArray[np.float64]:
    """The n x n matrix of distances, symmetric, zero on the diagonal."""
    rng = np.random.default_rng([seed, n, FAMILIES.index(family)])
    if family == "Geo":
        return np.asarray(squareform(pdist(rng.uniform(0, 10, (n, rng.integers(2, 22))))))
    pairs = n * (n - 1) // 2
    drawn = rng.integers(0, 101, pairs).astype(np.float64) if family == "RanInt" else rng.uniform(0, 100, pairs)
    return np.asarray(squareform(drawn))


def sizes(n: int) -> list[int]:
    """Sizes of the groups: equal, the first ones larger by one where n does not divide."""
    count = GROUPS.get(n, max(n // 12, 2))
    return [n // count + (at < n % count) for at in range(count)]


def rows(numbers: tuple[int, ...], seconds: float, instances: int = INSTANCES) -> list[Row]:
    """A row a family and size: both objectives and how far Kindred is ahead in percent, on average over instances."""
    mdgp_search.run(distances("RanInt", 24), sizes(24), 0.1)  # compiled before any clock starts
    found = []
    for family in FAMILIES:
        for n in numbers:
            row = _row(family, n, seconds, instances)
            found.append(row)
            print(row, flush=True)
    return found


def _row(family: str, n: int, seconds: float, instances: int) -> Row:
    tables = [distances(family, n, seed) for seed in range(1, instances + 1)]
    ours = [mdgp_search.run(table, sizes(n), seconds)[1] for table in tables]
    row: Row = {"family": family, "n": n, "CPU s": seconds, "kindred": round(float(np.mean(ours)), 2)}
    theirs = [done[1] for table in tables if (done := tpsdp.run(table, sizes(n), seconds))]
    ahead = [100 * (one / other - 1) for one, other in zip(ours, theirs, strict=False)]
    row["TPSDP"] = round(float(np.mean(theirs)), 2) if theirs else "absent"
    row["ahead %"] = f"{np.mean(ahead):+.3f}" if ahead else None
    row["each"] = ", ".join(f"{one:+.3f}" for one in ahead) or None
    return row


def main() -> None:
    """Read the arguments, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("numbers", nargs="*", type=int, default=list(GROUPS))
    arguments.add_argument("--seconds", type=float, default=10.0, help="CPU seconds for each")
    chosen = arguments.parse_args()
    print(markdown(rows(tuple(chosen.numbers), chosen.seconds)))


if __name__ == "__main__":
    main()
