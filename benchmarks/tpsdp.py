"""TPSDP (Yang and others 2022), the best published heuristic for maximally diverse groups, where its source is at hand.

KINDRED_TPSDP names a checkout of m-Py/anticlust; its C is built in a temporary directory with the machine's cc, and
nothing of it is kept. Parameters are the package's own. It counts iterations, so their number is fitted to the time.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SOURCE = "three_phase_search_dynamic_population_size"
POPULATION, ETA, ALPHA = 15, 3, 0.05
STAND_IN = """
#ifndef STAND_IN
#define STAND_IN
#include <stdint.h>
#include <stdio.h>
#define Rprintf printf
static uint64_t word = 88172645463325252u;
static inline void GetRNGstate(void) {}
static inline void PutRNGstate(void) {}
static inline double unif_rand(void) {
  word ^= word << 13; word ^= word >> 7; word ^= word << 17;
  return (double)(word >> 11) / 9007199254740992.0;
}
double uniform_rnd_number(void) { return unif_rand(); }
#endif
"""
"""What the source wants of R and of its package: random numbers and printing."""


@cache
def _library() -> ctypes.CDLL | None:
    """The search, built; None where no source is named or it does not build."""
    source = Path(os.environ.get("KINDRED_TPSDP", "")) / "src" / f"{SOURCE}.c"
    if not source.is_file():
        return None
    with tempfile.TemporaryDirectory() as built:
        (Path(built) / "R.h").write_text(STAND_IN, encoding="utf-8")
        (Path(built) / "Rinternals.h").write_text(STAND_IN, encoding="utf-8")
        library = Path(built) / "tpsdp.so"
        command = [
            "cc",
            "-O3",
            "-march=native",
            "-shared",
            "-fPIC",
            "-I",
            built,
            "-o",
            str(library),
            str(source),
            "-lm",
        ]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return None
        return ctypes.CDLL(str(library))


def run(distances: NDArray[np.float64], sizes: list[int], seconds: float) -> tuple[list[list[int]], float] | None:
    """(groups, sum of distances within groups) after about so many CPU seconds; None where TPSDP is absent."""
    library = _library()
    if library is None:
        return None
    iterations, group_of = 2, np.zeros(0, np.int32)
    while True:
        began = time.process_time()
        group_of = _search(library, distances, sizes, iterations)
        spent = time.process_time() - began
        if spent > 0.7 * seconds:
            break
        iterations = max(iterations + 1, int(iterations * min(seconds / max(spent, 1e-3), 20.0)))
    groups = [np.flatnonzero(group_of == g).tolist() for g in range(len(sizes))]
    return groups, sum(float(distances[np.ix_(group, group)].sum()) / 2 for group in groups)


def _search(
    library: ctypes.CDLL, distances: NDArray[np.float64], sizes: list[int], iterations: int
) -> NDArray[np.int32]:
    n = len(distances)
    most, least, last = (1.2, 0.1, 2) if n <= 400 else (2.0, 1.0, 1)
    table, found = np.ascontiguousarray(distances, np.float64), np.zeros(n, np.int32)

    def whole(number: int) -> object:
        return ctypes.byref(ctypes.c_int(number))

    def real(number: float) -> object:
        return ctypes.byref(ctypes.c_double(number))

    getattr(library, SOURCE)(
        table.ctypes.data_as(ctypes.c_void_p), whole(n), whole(len(sizes)), whole(iterations),
        (ctypes.c_int * len(sizes))(*sizes), whole(max(sizes)), whole(min(sizes)), whole(POPULATION), whole(0),
        real(most), real(least), whole(last), whole(ETA), real(ALPHA), found.ctypes.data_as(ctypes.c_void_p),
        real(0.0), whole(0),
    )  # fmt: skip
    return found
