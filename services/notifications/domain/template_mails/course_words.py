"""The words of mails about courses of sessions: a place has ended, and by which rule."""

import datetime as dt

from services.notifications.domain import words
from services.notifications.domain.template_mails.wording import Letter, Part

__all__ = ["ended"]

_BECAUSE = {
    "declined": "As you cannot come on {day}, your place has ended.",
    "missed": "As you were not there on {day}, your place has ended.",
    "left-early": "As you were there for only a part of the day on {day}, your place has ended.",
}


def ended(title: str, why: str, on: dt.date | None) -> Letter:
    """Say that somebody comes no more, and why."""
    lead = f"Your place in “{title}” has ended."
    if because := _BECAUSE.get(why):
        rule = f"“{title}” takes you on every date in full, or not at all."
        lead = f"{rule} {because.format(day=words.day(on) if on else 'one of its dates')}"
    text = (
        "Its dates to come are taken out of your calendar; a mail comes for each of them.",
        "If you think that this is a mistake, please reply to this mail.",
    )
    subject = f"Your place has ended: {title}"
    return Letter(subject, subject, lead, (Part(lead, text=text),))
