"""What a service keeps, in memory: collections by name, taken back whole when a transaction breaks off."""

from collections import defaultdict
from typing import Any

Kept = dict[str, dict[Any, Any]]


class Memory:
    """Collections of records by key. Records are frozen and keys are replaced, never changed in place."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[Any, Any]] = defaultdict(dict)

    def __getitem__(self, name: str) -> dict[Any, Any]:
        return self._kept[name]

    def snapshot(self) -> Kept:
        return {name: dict(found) for name, found in self._kept.items()}

    def restore(self, kept: Kept) -> None:
        for name in {*self._kept, *kept}:
            self._kept[name].clear()
            self._kept[name].update(kept.get(name, {}))
