"""When a form opens, and in a sentence why it has not."""

import datetime as dt
from collections.abc import Iterable

from services.reporting.domain.entries.days import in_words
from services.reporting.domain.entries.records import EngineProgramme, Entry
from shared.errors import Rejected
from shared.template import Form
from shared.template.counting import is_counted
from shared.template.days import day_of, shifted
from shared.template.moments import Instant
from shared.template.pauses import Pause, through

_STATES = {"submitted": "has been sent", "agreed": "has been agreed to", "released": "has been released"}


def is_open(came: dt.date | None, instant: Instant, today: dt.date, pauses: Iterable[Pause]) -> bool:
    """Whether the moment has come. `came`: the day on which what it hangs on happened, or None."""
    if came is None:
        return False
    day = through(shifted(came, instant.offset), pauses, since=came) if instant.offset else came
    return day is not None and day <= today


def has_come_to(entry: Entry, state: str) -> bool:
    """Whether an entry is in that state or beyond it."""
    if state == "released":
        return entry.state == "released"
    return entry.counts if state == "agreed" else entry.stands


def why_not(form: Form, instant: Instant, programme: EngineProgramme) -> str:
    """The sentence for somebody who opens the form too early."""
    template = programme.template
    if day := day_of(form.after, template, programme.year, programme.pauses):
        return f"This opens on {in_words(day)}."
    other, activity = template.form(instant.anchor), template.activity(instant.anchor)
    if other is not None:
        return f"This opens once “{other.title}” {_STATES.get(instant.state, _STATES['submitted'])}."
    if activity is not None:
        return f"This opens once “{activity.title}” has taken place."
    return "This is not open yet."


def refuse_early(not_yet: str) -> None:
    """Raises Rejected: not-yet."""
    if not_yet:
        raise Rejected("not-yet", not_yet)


def refuse_counted(form: Form) -> None:
    """Raises Rejected: counted. For commands that keep or change an answer as somebody's."""
    if is_counted(form):
        said = "Answers to this form are only counted: send them whole, at once. They cannot be changed or taken back."
        raise Rejected("counted", said)
