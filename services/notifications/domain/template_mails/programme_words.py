"""The words of mails about a programme as a whole: it stands still, goes on, asks a school, has somebody new."""

import datetime as dt
from collections.abc import Sequence

from services.notifications.domain import words
from services.notifications.domain.details import Participation
from services.notifications.domain.template_mails.wording import Letter, Part

__all__ = ["asked", "ended", "fallen_away", "handed_over", "postponed", "resumed"]


def postponed(programme: str, until: dt.date | None, dates: Sequence[tuple[str, str]], total: int = 0) -> Letter:
    """Say that it stands still. `dates`: what falls away, each with its day; `total`: in several mails, how many."""
    again = f"It is meant to go on from {words.day(until)}." if until else "When it goes on is not settled yet."
    lead = f"{programme} is postponed. {again}"
    text = (
        "There is nothing to do for it until then: what was due is not due any more.",
        "You hear nothing more from us before it goes on.",
    )
    several = f"{total} dates of yours fall away. They come in several mails like this one, which has some of them."
    parts = (Part(lead, text=(*text, several) if total else text), *fallen_away(dates))
    return Letter(f"{programme} is postponed", f"{programme} is postponed", again, parts)


def fallen_away(dates: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """What falls away, each with its day; nothing where nothing does."""
    gone = "These dates do not take place. Opening the attached files takes them out of your calendar."
    return (Part(gone, title="Dates that fall away", facts=tuple(dates)),) if dates else ()


def ended(who: str, host: str, dates: Sequence[tuple[str, str]]) -> Letter:
    """Say that somebody is no longer placed."""
    lead = f"{who} is no longer placed at {host}. What was still to be done for it is not due any more."
    title = f"A placement at {host} ends"
    return Letter(title, title, lead, (Part(lead), *fallen_away(dates)))


def resumed(programme: str, page: str) -> Letter:
    """Say that it goes on."""
    lead = f"{programme} goes on from today."
    text = (
        "What you had still to do is due again, with time for it. Dates that fell away are found anew.",
        "If somebody has left your school, or something has changed since, please reply to this mail.",
    )
    part = Part(lead, text=text, button="See what is yours to do", page=page)
    return Letter(f"{programme} goes on", f"{programme} goes on", lead, (part,))


def asked(programme: str, summary: str, told: Participation, page: str) -> Letter:
    """Ask whether a school takes part."""
    until = words.day(told.until) if told.until else ""
    lead = {
        "invited": f"Would your school like to take part in {programme}?",
        "again": f"Last year your school did not take part. Would it like to this year, in {programme}?",
        "provisional": f"Your school may take part in {programme}. A maybe counts until {until}.",
    }[told.because]
    ask = "Say yes, maybe or no on the page below; it takes a minute. You can change your answer later."
    part = Part(lead, text=(summary, ask), button="Answer for your school", page=page)
    subject = f"{programme}: does your school take part?"
    return Letter(subject, f"Does your school take part in {programme}?", lead, (part,))


def handed_over(programme: str, role: str, on: dt.date | None, who: tuple[str, str], people: Sequence[str]) -> Letter:
    """Say that somebody has a role in another's place. `who`: the new one and the one before.

    With people it is written to the new one, who works with them now; without, to one of them.
    """
    new, before = who
    since = f"From {words.day(on)}" if on else "From now on"
    if people:
        lead = f"{since} you are {role} in {programme}, in place of {before}."
        text = (
            f"These people worked with {before} in this role, and work with you now: {words.listed(list(people))}.",
            f"What {before} had still to do in this role is yours. What was written before keeps its author.",
        )
        return Letter(f"You take over from {before}", f"You take over from {before}", lead, (Part(lead, text=text),))
    lead = f"{since} {new} is {role} in {programme}, in place of {before}."
    text = (
        f"Where you worked with {before} in this role, you now work with {new}.",
        "You need not do anything. What was written before keeps its author.",
    )
    subject = f"{new} takes over from {before}"
    return Letter(subject, subject, lead, (Part(lead, text=text),))


def theme_wanted(title: str, of: str, page: str) -> Letter:
    """Ask whoever chooses the theme of a poll that has closed."""
    lead = "The poll has closed, and you choose."
    facts = (("What", title), ("For", of)) if of else (("What", title),)
    part = Part(lead, button="See what was named most, and choose", page=page, facts=facts)
    return Letter(f"Please choose: {title}", title, lead, (part,))
