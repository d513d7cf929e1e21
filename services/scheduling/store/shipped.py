"""The calendar data that comes with Kindred, read once at start."""

import json
from pathlib import Path
from typing import Any

from services.scheduling.domain.calendars.in_force import Calendars
from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, exams_from_json, from_json

__all__ = ["shipped_calendars"]


def shipped_calendars(folder: Path, division: str) -> Calendars:
    """Read term dates (`term-dates/index.json` maps authority codes to files), bank holidays and exam windows."""
    dates = folder / "term-dates"
    return Calendars(
        terms={code: from_json(_read(dates / name), code) for code, name in _read(dates / "index.json").items()},
        default=from_json(_read(dates / "default.json")),
        bank_holidays=bank_holidays_from_json(_read(folder / "bank-holidays.json"), division),
        exams=exams_from_json(_read(folder / "exam-windows.json")),
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
