"""The words of mails about days that people agree: they are asked for, proposed, declined, agreed, moved, cancelled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import words
from services.notifications.domain.template_mails.course_words import NOTES_FOLLOW, note_of
from services.notifications.domain.template_mails.wording import Letter, Part, Rows

_MOST = 12
"""Most days that a mail lists; the page shows all of them."""


@dataclass(frozen=True)
class What:
    """What the days are for: the activity, the school that hosts, and the page on which days are chosen."""

    title: str
    host: str
    page: str
    purpose: str = ""

    @property
    def where(self) -> str:
        """What it is and where, in a line."""
        return f"{self.title}, {self.host}" if self.host else self.title


@dataclass(frozen=True)
class Day:
    """An agreed day in words, with who comes, what is done there, and what is read before: (label, page) each.

    `follows`: the host's notes come later; `late`: papers that have not been received.
    """

    day: str
    when: str
    place: str
    people: str
    doings: str = ""
    reading: tuple[tuple[str, str], ...] = ()
    follows: bool = False
    late: str = ""


def asked(what: What, last: dt.date, needed: int) -> Letter:
    """Ask which days suit, where no task of the template does."""
    number = "a day" if needed == 1 else f"{needed} days"
    lead = f"Please agree on {number} with the others, up to {words.day(last)}. Say which days suit you."
    part = Part(lead, button="Say which days suit", page=what.page, facts=_facts(what))
    return Letter(f"Which days suit you? {what.where}", what.title, lead, (part,))


def proposed(what: What, by: str, days: Sequence[dt.date], until: str) -> Letter:
    """Somebody has named days: choose from them."""
    listed = [words.day(one) for one in days[:_MOST]]
    more = [f"and {len(days) - _MOST} more"] if len(days) > _MOST else []
    lead = f"{by} has named {'a day' if len(days) == 1 else f'{len(days)} days'}. Please choose, or name others."
    facts = (*_facts(what), ("Days", "; ".join([*listed, *more])), ("Kept free until", until))
    part = Part(lead, button="Choose days", page=what.page, facts=facts)
    return Letter(f"Please choose a day: {what.where}", what.title, lead, (part,))


def declined(what: What, by: str, said: str) -> Letter:
    """Tell the coordinator that no day suits somebody, with what they wrote."""
    lead = f"{by} says that no day suits."
    text = (f"They wrote: “{said}”",) if said else ()
    after = ("Please speak with them: the host school can propose other days on its page.",)
    part = Part(lead, text=text, button="See how it stands", page="console_agreed", facts=_facts(what), after=after)
    return Letter(f"No day suits: {what.where}", what.title, lead, (part,))


def agreed(what: What, day: Day) -> Letter:
    """Invite to an agreed day."""
    return Letter(
        f"{what.where}: {day.day}", what.title, day.when, _parts(what, day, what.purpose or "The day is agreed.")
    )


def stands_in(what: What, day: Day, whom: str) -> Letter:
    """Invite whoever comes in somebody's place."""
    lead = f"You come in place of {whom}, for this one day."
    return Letter(f"{what.where}: {day.day}", what.title, day.when, _parts(what, day, lead))


def stood_in_for(what: What, day: Day, by: str) -> Letter:
    """Somebody else comes in this person's place."""
    lead = f"{by} comes in your place, for this one day. You need not come."
    part = Part(lead, facts=(("What", what.title), ("When", day.when)))
    return Letter(f"{by} comes in your place: {what.where}, {day.day}", what.title, lead, (part,))


def changed(what: What, day: Day, moved_from: str) -> Letter:
    """It has another day, other hours or other people."""
    moved = moved_from and moved_from != day.day
    lead = f"It takes place on {day.day}, not on {moved_from}." if moved else "The hours or the people have changed."
    subject = f"Moved to {day.day}: {what.where}" if moved else f"Changed: {what.where}, {day.day}"
    return Letter(subject, what.title, lead, _parts(what, day, lead))


def cancelled(what: What, day: Day, why: str, said: str, by: str, *, left: bool) -> Letter:
    """It does not take place, or does without this person."""
    if left:
        lead = "It takes place without you: you need not come any more."
        part = Part(lead, facts=(("What", what.title), ("When", day.when)))
        return Letter(f"Not needed any more: {what.where}, {day.day}", what.title, lead, (part,))
    lead = _CANCELLED.get(why) or (f"{by} has cancelled it." if by else "It has been cancelled.")
    text = (f"They wrote: “{said}”",) if said else ()
    again = is_agreed_anew(why)
    after = ("The other days stay as they are.",) if again else ()
    part = Part(
        lead, text=text, button="Agree on another day" if again else "", page=what.page if again else "",
        facts=(("What", what.title), ("When", day.when), ("Where", what.host)), after=after,
    )  # fmt: skip
    return Letter(f"Cancelled: {what.where}, {day.day}", what.title, lead, (part,))


def to_read(what: What, day: Day) -> Letter:
    """What the host wrote for its visitors can be read."""
    lead = f"{what.host or 'Your host'} has written what you need to know before you come on {day.day}."
    (first, *others) = day.reading
    parts = [Part(lead, button=f"Read: {first[0]}", page=first[1], facts=(("When", day.when), ("Where", day.place)))]
    parts += [Part("", title=label, button=f"Read: {label}", page=page) for label, page in others]
    return Letter(f"Before you come: {what.where}", what.title, lead, tuple(parts))


def is_agreed_anew(why: str) -> bool:
    """Whether people agree on another day for one that was cancelled: not where everything has ended."""
    return why not in _CANCELLED


_CANCELLED = {
    "placement-ended": "The placement has ended, so this day does not take place.",
    "postponed": "The programme pauses, so this day does not take place. You get a mail when it goes on.",
}


def _parts(what: What, day: Day, lead: str) -> tuple[Part, ...]:
    facts = (
        ("When", day.when), ("Where", day.place or what.host), ("Who", day.people), ("What you do", day.doings),
        ("Not received yet", day.late),
    )  # fmt: skip
    after = (NOTES_FOLLOW,) if day.follows else ()
    parts = [Part(lead, button="Move or cancel this day", page=what.page, facts=facts, after=after)]
    parts += [note_of(label, at) for label, at in day.reading]
    return tuple(parts)


def _facts(what: What) -> Rows:
    return (("What", what.title), ("Where", what.host))
