"""How long work tells how far it is, and that it is alive: so it can be shown, and called off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

Progress = Callable[[float], None]
"""Hears, again and again, the share of the way that is done: never less than before, 1.0 at most.

What it raises ends everything. It is called from any thread that works.
"""

Sign = Callable[[], None]
"""A sign of life. It may raise to end the work, and is called from any thread that works."""


def stretch(progress: Progress | None, begin: float, end: float) -> Progress | None:
    """What a stretch of the way tells of itself, as shares of the whole way."""
    return None if progress is None else lambda share: progress(begin + share * (end - begin))


def signing(progress: Progress | None, share: float) -> Sign | None:
    """Signs of life of a stretch in which nothing more can be told than that so much is done."""
    return None if progress is None else partial(progress, share)
