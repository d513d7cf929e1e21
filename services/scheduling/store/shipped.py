"""The calendar data that comes with Kindred, read once at start."""

import json
from pathlib import Path
from typing import Any

from services.scheduling.domain import calendars
from services.scheduling.domain.assemble import Calendars

__all__ = ["shipped_calendars"]


def shipped_calendars(folder: Path, division: str) -> Calendars:
    """Read term dates (`term-dates/index.json` maps authority codes to files), bank holidays and exam windows."""
    terms = folder / "term-dates"
    return Calendars(
        terms={
            code: calendars.from_json(_read(terms / name), code) for code, name in _read(terms / "index.json").items()
        },
        default=calendars.from_json(_read(terms / "default.json")),
        bank_holidays=calendars.bank_holidays_from_json(_read(folder / "bank-holidays.json"), division),
        exams=calendars.exams_from_json(_read(folder / "exam-windows.json")),
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
