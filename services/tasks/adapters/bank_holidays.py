"""Bank holidays of the United Kingdom, computed for any year by the package `holidays`."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

from services.tasks.settings import Division

__all__ = ["bank_holidays"]

_DIVISIONS: dict[Division, str] = {"england-and-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
"""GOV.UK's divisions -> the package's."""


def bank_holidays(division: Division) -> Callable[[dt.date], bool]:
    """Return the test whether a day is a bank holiday there."""

    @cache
    def days() -> Any:
        import holidays  # its import takes time that a service without programmes need not spend

        return holidays.country_holidays("GB", subdiv=_DIVISIONS[division])

    return lambda day: day in days()
