"""Units that a heading may name, as in 'Farthest travel (miles)': honoured, or the column is not understood."""

import re

__all__ = ["day_order", "distance", "scale_of_five"]

_DISTANCE = re.compile(
    r"\b(km|kms|kilomet(?:er|re)s?|miles?|mls?|mi|minutes?|mins?|hours?|hrs?|met(?:er|re)s?|m|yards?|yds?|furlongs?|feet|ft)\b"
)
_SCALE = re.compile(r"\b(?:out of|max(?:imum)?|of|/|\d+\s*(?:to|-|\u2013))\s*(\d+)|(\d+)\s*points|(%|per ?cent)")
_UPSIDE_DOWN = re.compile(
    r"\b1\s*(?:is|=|:)?\s*(?:the\s+)?(?:most|high(?:est)?|top|best|strong(?:est)?|greatest)\b"
    r"|\b5\s*(?:is|=|:)?\s*(?:the\s+)?(?:least|low(?:est)?|bottom|weak(?:est)?|worst|smallest)\b"
)
_ORDER = re.compile(r"\b([dmy]{1,4})\s*[/.-]\s*([dmy]{1,4})\s*[/.-]\s*([dmy]{1,4})\b")
_DAY_WORDS = re.compile(r"\b(day|month|year)\b")
_AMERICAN = re.compile(r"\b(us|usa|american)\b")


def distance(heading: str) -> str:
    """'km', 'miles', or '' where none is named. Raises ValueError for another unit, or two."""
    found = list(dict.fromkeys(map(_one_unit, _DISTANCE.findall(heading.lower()))))
    if len(found) > 1:
        raise ValueError(f"it names {' and '.join(found[:2])}; write which of them is meant")
    if found and found[0] not in {"km", "miles"}:
        raise ValueError(f"its unit is {found[0]}, where km or miles are read")
    return found[0] if found else ""


def _one_unit(said: str) -> str:
    if said.startswith("k"):
        return "km"
    return "miles" if said in {"mi", "ml", "mls", "mile", "miles"} else said


def scale_of_five(heading: str) -> str:
    """''. Raises ValueError where the heading names another scale than 1 to 5, 5 being the most."""
    text = heading.lower()
    found = _SCALE.search(text)
    if found and (found[1] or found[2]) != "5":
        raise ValueError("its scale is not 1 to 5")
    if _UPSIDE_DOWN.search(text):
        raise ValueError("its scale is upside down, where 5 is the most")
    return ""


def day_order(heading: str) -> str:
    """'month first' or ''. Raises ValueError for an order of day, month and year that nobody can mean."""
    text = heading.lower()
    found = _ORDER.search(text)
    order = "".join(part[0] for part in found.groups() if part) if found else _in_words(text)
    if order in {"dmy", "ymd", ""}:
        return ""
    if order == "mdy":
        return "month first"
    raise ValueError(f"its dates are written {found[0] if found else order}, where dd/mm/yyyy is read")


def _in_words(text: str) -> str:
    words = [word[0] for word in _DAY_WORDS.findall(text)]
    return "mdy" if _AMERICAN.search(text) else "".join(words) if len(words) == 3 else ""
