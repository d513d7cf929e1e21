"""Reads dates that people wrote, and names everything that is wrong with them at once."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

N = TypeVar("N", bound=str)
SHOWN = 100
"""Entries named in one sentence. A file with more bad ones is of another kind."""
AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d")


class Reading:
    """Reads entry after entry and keeps what is wrong with each; `must_be_whole` raises it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def entries(self, where: str, found: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The objects of a list, each with what to call it; anything else in it is a problem."""
        if not isinstance(found, Sequence) or isinstance(found, str):
            self.problems.append(f"{where} is no list")
            return
        for number, entry in enumerate(found, start=1):
            name = f"{where}, entry {number}"
            if isinstance(entry, Mapping):
                yield name, entry
            else:
                self.problems.append(f"{name}: {_shown(entry)} is no object with fields")

    def day(self, where: str, entry: Mapping[str, Any], field: str) -> dt.date | None:
        """A date such as 2027-01-31, or None and a problem."""
        written = entry.get(field)
        if written is None:
            self.problems.append(f"{where}: '{field}' is missing")
            return None
        try:
            return dt.date.fromisoformat(written)
        except (TypeError, ValueError):
            known = isinstance(written, str) and AS_WRITTEN.fullmatch(written)
            reason = "does not exist in the calendar" if known else "is no date such as 2027-01-31"
            self.problems.append(f"{where}: {_shown(written)} {reason}")
            return None

    def names(self, where: str, entry: Mapping[str, Any], field: str, known: Collection[N]) -> tuple[N, ...]:
        """Some of the known names, or none and a problem that lists them."""
        written = entry.get(field)
        listed = written if isinstance(written, Sequence) and not isinstance(written, str) else ()
        wrong = [one for one in listed if one not in known]
        if wrong or not listed:
            said = f"{_shown(wrong[0])} is none of '{field}'" if wrong else f"'{field}' is no list of names"
            self.problems.append(f"{where}: {said}; there are {', '.join(map(str, known))}")
            return ()
        return tuple(one for one in known if one in listed)

    def must_be_whole(self, what: str) -> None:
        """Raise ValueError with a sentence that names every problem, if there is one."""
        if self.problems:
            raise ValueError(whole(what, self.problems))


def whole(what: str, problems: Sequence[str]) -> str:
    """A sentence of everything that is wrong with a file or list."""
    count = f"{len(problems)} entries" if len(problems) > 1 else "1 entry"
    more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
    return f"{what} has {count} that cannot be read: {'; '.join(problems[:SHOWN])}{more}"


def present(days: Iterable[dt.date | None]) -> list[dt.date]:
    """The days that could be read."""
    return [day for day in days if day is not None]


def _shown(written: Any) -> str:
    return f"'{str(written)[:40]}'"
