"""numba's `njit`, compiled once and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from services.matching.engine.cache import folder

F = TypeVar("F", bound=Callable[..., Any])


numba.config.CACHE_DIR = str(folder())  # type: ignore[attr-defined]  # numba adds its settings as it loads


OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "forceinline": True, "_nrt": False}
"""How all of it is compiled: plain IEEE arithmetic, the interpreter's lock released meanwhile.

`_nrt`: numba's own sources turn the counting of references off with it. A counted array costs more at each call than
the arithmetic does, above all where two threads count on the same counters. So a function makes no arrays: those that
it works in come from outside.
"""


def compiled(function: F) -> F:
    """Compile at first call, without arrays of its own."""
    found: F = cast("F", numba.njit(cache=True, **OPTIONS)(function))
    return found
