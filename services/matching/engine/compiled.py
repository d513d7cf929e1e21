"""numba's `njit`, compiled once and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from services.matching.engine.cache import folder

F = TypeVar("F", bound=Callable[..., Any])


numba.config.CACHE_DIR = str(folder())  # type: ignore[attr-defined]  # numba adds its settings as it loads


OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": True, "_nrt": False}
"""How everything is compiled: plain IEEE arithmetic, and without the interpreter's lock.

`_nrt` switches reference counting off, as numba's own sources do. Counting costs more at each call than the arithmetic,
above all where two threads share the counters. So a function allocates no array: scratch space is passed in.
"""


def compiled(function: F) -> F:
    """Compile at first call; the function must not allocate arrays."""
    found: F = cast("F", numba.njit(cache=True, **OPTIONS)(function))
    return found
