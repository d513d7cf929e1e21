"""What a service keeps in memory, and how all of it is taken back when a transaction fails."""

from collections import defaultdict
from copy import copy
from typing import Any, Protocol

Kept = dict[str, dict[Any, Any]]


class Undoable(Protocol):
    """Everything that a service keeps, as it stands."""

    def snapshot(self) -> Any:
        """Return what is kept now; later changes leave it as it is."""
        ...

    def restore(self, kept: Any) -> None:
        """Put a snapshot back."""
        ...


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


class Attributes:
    """Stores that keep frozen records in attributes of their own: in dictionaries, lists and sets, or singly."""

    def __init__(self, *stores: Any) -> None:
        self._stores = stores

    def snapshot(self) -> list[dict[str, Any]]:
        return [{name: _copied(value) for name, value in vars(store).items()} for store in self._stores]

    def restore(self, kept: list[dict[str, Any]]) -> None:
        for store, values in zip(self._stores, kept, strict=True):
            vars(store).update(values)


def _copied(value: Any) -> Any:
    return copy(value) if isinstance(value, dict | list | set) else value
