"""The words of mails about courses of sessions: its dates; and that a place has ended, by which rule."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import words
from services.notifications.domain.template_mails.wording import Letter, Part

__all__ = ["Date", "dates", "ended", "note_of", "over"]

NOTES_FOLLOW = "The host's notes for visitors follow in a mail of their own."
_ANSWER = "See your dates and answer"
_KEPT = "If a date changes, you get a mail that moves it in your calendar."
_BECAUSE = {
    "declined": "As you cannot come on {day}, your place has ended.",
    "missed": "As you were not there on {day}, your place has ended.",
    "left-early": "As you were there for only a part of the day on {day}, your place has ended.",
}


@dataclass(frozen=True)
class Date:
    """A date in words: `when`, its own title, where, what happens there, line by line, and who else comes.

    `notes`: what the host has written for who comes, as (title, page); `notes_follow`: it has yet to write it.
    """

    when: str
    title: str
    place: str
    agenda: tuple[str, ...] = ()
    others: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    notes_follow: bool = False

    @property
    def what(self) -> str:
        """What it is, where, and with whom; a place that its title names is not said again."""
        place = "" if self.place in self.title else self.place
        return ". ".join(part for part in (self.title, place, f"With {self.others}" if self.others else "") if part)


def dates(title: str, purpose: str, found: Sequence[Date], page: str, *, signed_up: bool = False) -> Letter:
    """Invite to dates, all of which stand in one mail. `signed_up`: they asked for them, and have a place."""
    agendas = list(dict.fromkeys(one.agenda for one in found if one.agenda))
    same = agendas[0] if len(agendas) == 1 else ()
    rows = tuple((one.when, one.what) for one in found)
    count = f"{len(found)} dates" if len(found) > 1 else "one date"
    lead = f"You have a place: {title}, {count}." if signed_up else f"You are invited to {count}: {title}."
    own = [f"{one.when}: {'; '.join(one.agenda)}" for one in found if one.agenda] if len(agendas) > 1 else []
    happens = [f"What happens: {'; '.join(same)}"] if same else own
    files = "Each date is attached as a calendar file. Open each of them to put the date into your calendar and answer."
    follow = [NOTES_FOLLOW] if any(one.notes_follow for one in found) else []
    after = (*happens, *([files] if len(found) > 1 else []), *follow, _KEPT)
    part = Part(lead, text=(purpose,) if purpose else (), button=_ANSWER, page=page, facts=rows, after=after)
    subject = f"{title}, {count}" if len(found) > 1 else found[0].title
    subject = f"You have a place: {subject}" if signed_up else f"Please answer: {subject}"
    read = [note_of(name, at, "" if len(found) == 1 else one.place) for one in found for name, at in one.notes]
    return Letter(subject, title, lead, (part, *dict.fromkeys(read)))


def note_of(title: str, page: str, school: str = "") -> Part:
    """What a host has written for who comes; with the school where a mail is about several."""
    name = f"{title}, {school}" if school else title
    return Part("Please read this before the day.", title=name, button="Read it", page=page)


def over(title: str, found: Sequence[Date]) -> Letter:
    """Say of several dates, or of one, that somebody is not expected there any more."""
    rows = tuple((one.when, one.what) for one in found)
    count = f"{len(found)} dates" if len(found) > 1 else "one date"
    lead = f"You are not expected any more: {title}, {count}."
    files = "Each date is attached as a calendar file. Open each of them to take the date out of your calendar."
    part = Part(lead, facts=rows, after=(files,) if len(found) > 1 else ())
    subject = f"No longer needed: {f'{title}, {count}' if len(found) > 1 else found[0].title}"
    return Letter(subject, title, lead, (part,))


def ended(title: str, why: str, on: dt.date | None) -> Letter:
    """Say that somebody comes no more, and why."""
    lead = f"Your place in “{title}” has ended."
    if because := _BECAUSE.get(why):
        rule = f"“{title}” takes you on every date in full, or not at all."
        lead = f"{rule} {because.format(day=words.day(on) if on else 'one of its dates')}"
    text = (
        "Its dates to come are no longer yours; another mail takes them out of your calendar.",
        "If you think that this is a mistake, please reply to this mail.",
    )
    subject = f"Your place has ended: {title}"
    return Letter(subject, subject, lead, (Part(lead, text=text),))
