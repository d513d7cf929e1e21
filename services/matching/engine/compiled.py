"""numba's `njit`, with a cache that is never stale and never in the way.

numba notices a change in a function's own file only, not in the files of the functions that it calls; so the cache
lies in a directory named after a digest of all compiled sources. Where the project cannot be written to (a
read-only container), the cache that was warmed at build time is copied to the temporary directory first.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def _cache() -> Path:
    here = Path(__file__).parent
    sources = (path.read_bytes() for path in sorted(here.glob("*.py")))
    digest = sha256(b"".join(source for source in sources if b"compiled" in source)).hexdigest()[:12]
    name = f"engine-{digest}"
    warmed = Path(os.environ.get("NUMBA_CACHE_DIR") or here / "__pycache__") / name
    if os.access(_existing(warmed), os.W_OK):
        return warmed
    copied = Path(tempfile.gettempdir()) / f"kindred-{os.getuid()}-{name}"
    if warmed.exists() and not copied.exists():
        shutil.copytree(warmed, copied)
    return copied


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


numba.config.CACHE_DIR = str(_cache())  # type: ignore[attr-defined]


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
