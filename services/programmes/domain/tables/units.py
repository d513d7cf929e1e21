"""Units that a heading may name, as in 'Farthest travel (miles)': honoured, or the column is not understood."""

import re

__all__ = ["day_order", "distance", "scale_of_five"]

_DISTANCE = re.compile(r"\b(km|kms|kilomet(?:er|re)s?|miles?|mi|minutes?|mins?|hours?|hrs?|met(?:er|re)s?|m)\b")
_SCALE = re.compile(r"\b(?:out of|max(?:imum)?|of|/|\d+\s*(?:to|-|\u2013))\s*(\d+)|(\d+)\s*points|(%|per ?cent)")
_ORDER = re.compile(r"\b([dmy]{1,4})\s*[/.-]\s*([dmy]{1,4})\s*[/.-]\s*([dmy]{1,4})\b")


def distance(heading: str) -> str:
    """'km', 'miles', or '' where none is named. Raises ValueError for another unit."""
    found = _DISTANCE.search(heading.lower())
    if found is None:
        return ""
    if found[1].startswith("k"):
        return "km"
    if found[1].startswith("mi") and not found[1].startswith("min"):
        return "miles"
    raise ValueError(f"its unit is {found[1]}, where km or miles are read")


def scale_of_five(heading: str) -> str:
    """''. Raises ValueError where the heading names another scale than 1 to 5."""
    found = _SCALE.search(heading.lower())
    if found and (found[1] or found[2]) != "5":
        raise ValueError("its scale is not 1 to 5")
    return ""


def day_order(heading: str) -> str:
    """'month first' or ''. Raises ValueError for an order of day, month and year that nobody can mean."""
    found = _ORDER.search(heading.lower())
    if found is None:
        return ""
    order = "".join(part[0] for part in found.groups())
    if order in {"dmy", "ymd"}:
        return ""
    if order == "mdy":
        return "month first"
    raise ValueError(f"its dates are written {found[0]}, where dd/mm/yyyy is read")
