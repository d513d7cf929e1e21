"""What happens in programmes, as home tells it: by the kind of thing, with the schools it concerns. Nobody is named."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SENTENCES: dict[str, tuple[str, str]] = {
    "enrolled": ("school joined", "schools joined"),
    "withdrawn": ("school left", "schools left"),
    "declined": ("person cannot come to a date", "people cannot come to a date"),
    "accepted": ("person will come to a date", "people will come to a date"),
    "moved": ("visit moved", "visits moved"),
    "cancelled": ("visit was called off", "visits were called off"),
    "held": ("visit took place", "visits took place"),
    "written": ("form was sent in", "forms were sent in"),
    "missed": ("task was not done in time", "tasks were not done in time"),
    "done": ("task was done", "tasks were done"),
    "report": ("report was made", "reports were made"),
}
"""Kind -> one, many. In the order in which a page tells them."""
PATHS: dict[str, str] = {
    "enrolled": "schools", "withdrawn": "schools", "declined": "calendar", "accepted": "calendar",
    "moved": "calendar", "cancelled": "calendar", "held": "calendar", "missed": "tasks?state=missed",
    "done": "tasks?state=done", "report": "reports",
}  # fmt: skip
"""Kind -> the page of a programme that shows more."""
KEPT = dt.timedelta(days=60)
FIRST = dt.timedelta(days=7)
"""How far back somebody sees who has never said that they have seen it."""


@dataclass(frozen=True)
class Happening:
    """How often one kind of thing happened in a programme; `school_ids`: where, the latest first, each once."""

    programme_id: str
    kind: str
    times: int
    school_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How far the dated things and writings of a programme are."""

    dated: int = 0
    answered: int = 0
    held: int = 0
    written: int = 0
    reports: int = 0


def in_order(found: Iterable[Happening]) -> list[Happening]:
    """As a page tells them."""
    order = list(SENTENCES)
    return sorted((one for one in found if one.kind in SENTENCES), key=lambda one: order.index(one.kind))


def together(rows: Iterable[Mapping[str, Any]]) -> list[Happening]:
    """Put facts together by programme and kind, the latest first. `times` of a row: how often it was so there."""
    found: dict[tuple[str, str], list[str]] = {}
    times: Counter[tuple[str, str]] = Counter()
    for row in rows:
        key = row["programme_id"], row["kind"]
        found.setdefault(key, []).append(row.get("school_id") or "")
        times[key] += row.get("times", 1)
    return [Happening(*key, times[key], tuple(dict.fromkeys(filter(None, schools)))) for key, schools in found.items()]
