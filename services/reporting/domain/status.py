"""How an action stands: its status as its owner gives it, and red, amber or green by the calendar.

Colour never stands alone: every rating has a word, and the words are what pages, charts and alternative texts use.
"""

import datetime as dt
from typing import Literal

from shared.commands.reporting import ActionStatus

Rating = Literal["complete", "on-track", "at-risk", "off-track", "dropped"]
RATINGS: tuple[Rating, ...] = ("complete", "on-track", "at-risk", "off-track", "dropped")
RATING_WORDS: dict[Rating, str] = {
    "complete": "Complete",
    "on-track": "On track",
    "at-risk": "At risk",
    "off-track": "Off track",
    "dropped": "Dropped",
}
STATUS_WORDS: dict[ActionStatus, str] = {
    "not-started": "Not started",
    "under-way": "Under way",
    "done": "Done",
    "dropped": "Dropped",
}
SOON = dt.timedelta(days=28)
OVERDUE = "action-overdue"
"""The reminder of the day after an action's due date."""


def rating(status: ActionStatus, due: dt.date, today: dt.date) -> Rating:
    """Rate an action: late is off track; not started with four weeks or less to go is at risk."""
    if status == "done":
        return "complete"
    if status == "dropped":
        return "dropped"
    if due < today:
        return "off-track"
    if status == "not-started" and due - today <= SOON:
        return "at-risk"
    return "on-track"


def is_open(status: ActionStatus) -> bool:
    """Whether the action still waits to be done."""
    return status in ("not-started", "under-way")
