"""The words of mails about a programme as a whole: it stands still, it goes on, a school is asked to take part."""

import datetime as dt
from collections.abc import Sequence

from services.notifications.domain import words
from services.notifications.domain.details import Participation
from services.notifications.domain.template_mails.wording import Letter, Part

__all__ = ["asked", "postponed", "resumed"]


def postponed(programme: str, until: dt.date | None, dates: Sequence[tuple[str, str]]) -> Letter:
    """Say that it stands still. `dates`: what falls away, each with its day."""
    again = f"It is meant to go on from {words.day(until)}." if until else "When it goes on is not settled yet."
    lead = f"{programme} is postponed. {again}"
    text = (
        "There is nothing to do for it until then: what was due is not due any more.",
        "You hear nothing more from us before it goes on.",
    )
    gone = "These dates do not take place. Opening the attached files takes them out of your calendar."
    parts = [Part(lead, text=text)]
    if dates:
        parts.append(Part(gone, title="Dates that fall away", facts=tuple(dates)))
    return Letter(f"{programme} is postponed", f"{programme} is postponed", again, tuple(parts))


def resumed(programme: str, page: str) -> Letter:
    """Say that it goes on."""
    lead = f"{programme} goes on from today."
    text = (
        "What you had still to do is due again, with time for it. Dates that fell away are found anew.",
        "If somebody has left your school, or something has changed since, please reply to this mail.",
    )
    part = Part(lead, text=text, button="See what is yours to do", page=page)
    return Letter(f"{programme} goes on", f"{programme} goes on", lead, (part,))


def asked(programme: str, summary: str, told: Participation) -> Letter:
    """Ask whether a school takes part."""
    until = words.day(told.until) if told.until else ""
    lead = {
        "invited": f"Would your school like to take part in {programme}?",
        "again": f"Last year your school did not take part. Would it like to this year, in {programme}?",
        "provisional": f"Your school may take part in {programme}. A maybe counts until {until}.",
    }[told.because]
    ask = "Please reply to this mail with yes, maybe or no, and with a sentence why where it is not yes."
    subject = f"{programme}: does your school take part?"
    return Letter(subject, f"Does your school take part in {programme}?", lead, (Part(lead, text=(summary, ask)),))
