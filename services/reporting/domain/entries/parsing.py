"""Days, numbers and addresses as people write them."""

import datetime as dt
import re

from pydantic import ValidationError
from pydantic.networks import validate_email


def day_from(text: str) -> dt.date | None:
    """Read 2027-05-13 or 13/5/2027; None where it is no day between 2000 and 2100."""
    parts = None
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        parts = found.groups()
    elif found := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", text):
        parts = found.groups()[::-1]
    try:
        day = dt.date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None


def number_from(text: str) -> float | None:
    """Read 12, 1,200 or 3.5; None where it is no number."""
    plain = text.replace(",", "").replace(" ", "")
    return float(plain) if re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", plain) else None


def is_address(text: str) -> bool:
    """Whether mail could go there."""
    try:
        validate_email(text)
    except (ValueError, ValidationError):
        return False
    return len(text) <= 254
