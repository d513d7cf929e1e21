"""How often a duty comes: one of a few words, or one for each category of schools or for each role.

    weekly
    {by: category, standard: yearly, causing-concern: termly}
    {by: role, chief-executive: termly, executive-headteacher: weekly}

The intent is kept, not days: the calendar of each school makes days of it.
"""

from collections.abc import Mapping

CADENCES = (
    "daily", "weekly", "fortnightly", "monthly", "six-a-year", "termly", "twice-a-year", "yearly", "as-needed",
)  # fmt: skip
AS_NEEDED = "as-needed"
BY, ROLE, CATEGORY = "by", "role", "category"
Cadence = str | dict[str, str]

__all__ = ["AS_NEEDED", "BY", "CADENCES", "CATEGORY", "ROLE", "Cadence", "by", "cadence_for", "cases"]


def by(cadence: Cadence) -> str:
    """What it depends on: `category`, `role`, or nothing."""
    return cadence.get(BY, "") if isinstance(cadence, dict) else ""


def cases(cadence: Cadence) -> Mapping[str, str]:
    """Category or role -> how often, in the order in which they are written; empty where it depends on nothing."""
    return {key: word for key, word in cadence.items() if key != BY} if isinstance(cadence, dict) else {}


def cadence_for(cadence: Cadence, case: str) -> str:
    """How often for that category or role; the first that is written where nothing is said of it."""
    if isinstance(cadence, str):
        return cadence
    found = cases(cadence)
    return found.get(case) or next(iter(found.values()), "")
