"""A date that somebody else has moved since a page was shown: the form of before does not undo it unseen."""

import datetime as dt
from collections.abc import Mapping

from services.portal.domain import words
from shared.errors import Rejected

__all__ = ["changed_meanwhile"]


def changed_meanwhile(posted: Mapping[str, str], on: dt.date) -> None:
    """Raises Rejected where the form was shown (`was`) when the date was on another day than it is `on` now."""
    was = posted.get("was", "")
    if was and was != on.isoformat():
        said = f"It was moved to {words.day(on)} since you opened this page, and nothing was done now."
        raise Rejected("changed-meanwhile", f"{said} Look at it as it is, and choose again.")
