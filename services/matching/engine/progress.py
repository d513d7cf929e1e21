"""How long work reports progress, and is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

Progress = Callable[[float], None]
"""Called again and again with the share that is done: it never falls, and is 1.0 at most.

An exception from it cancels the work. Any working thread may call it.
"""

Sign = Callable[[], None]
"""A sign of life: called again and again. An exception from it cancels the work. Any working thread may call it."""


def stretch(progress: Progress | None, begin: float, end: float) -> Progress | None:
    """Progress of a part of the work, which lies between `begin` and `end` of the whole."""
    return None if progress is None else lambda share: progress(begin + share * (end - begin))


def signing(progress: Progress | None, share: float) -> Sign | None:
    """Signs of life of a part during which the share done stays the same."""
    return None if progress is None else partial(progress, share)
