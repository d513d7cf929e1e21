"""Bank holidays of the United Kingdom, computed for any year by the package `holidays`."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Container
from typing import Literal

__all__ = ["BankHolidays", "Division", "loaded"]

Division = Literal["england-and-wales", "scotland", "northern-ireland"]

_DIVISIONS: dict[Division, str] = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
"""GOV.UK's divisions -> the package's."""


class BankHolidays:
    """Tells whether a day is a bank holiday in one division."""

    def __init__(self, division: Division) -> None:
        self._division = division
        self._days: Container[dt.date] | None = None

    def load(self) -> None:
        """Load the package, which takes most of a second: in a thread, before anything is handled."""
        import holidays

        self._days = holidays.country_holidays("GB", subdiv=_DIVISIONS[self._division])

    def __call__(self, day: dt.date) -> bool:
        """Whether the day is a bank holiday."""
        if self._days is None:
            self.load()
        assert self._days is not None
        return day in self._days


def loaded(on_start: Callable[[Callable[[], Awaitable[None]]], object], division: Division) -> BankHolidays:
    """Return those of a division, which a service loads when it starts."""
    found = BankHolidays(division)
    on_start(lambda: asyncio.to_thread(found.load))
    return found
