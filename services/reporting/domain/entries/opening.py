"""When a form opens, and in a sentence why it has not."""

import datetime as dt
from collections.abc import Collection, Iterable

from services.reporting.domain.entries.context import Context
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


def last_day(programme: EngineProgramme, instant: Instant, today: dt.date) -> dt.date | None:
    """The last day of a window, from that day on: it closes when the day is over, and tasks ask on its morning."""
    if instant.state != "closes":
        return None
    day = day_of(f"{instant.anchor}.{instant.state}", programme.template, programme.year, programme.pauses)
    return day if day and day <= today else None


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


def not_read_yet(person_id: str, entry: Entry, context: Context, readers: Collection[str]) -> str:
    """What somebody waits for who may read an entry later; empty for everybody else. `readers`: of its release."""
    form, release = context.form, context.form.release
    if release is None or not entry.stands or entry.state == "released" or form.confidential == "counts-only":
        return ""
    releases = release.by and person_id in context.people((release.by,))
    if person_id not in readers and not releases:
        return ""
    waits = _STATES["released"] if entry.counts or (release.by and not releases) else _STATES["agreed"]
    return f"You can read this once “{form.title}” {waits}."


def refuse_early(not_yet: str) -> None:
    """Raises Rejected: not-yet."""
    if not_yet:
        raise Rejected("not-yet", not_yet)


def refuse_counted(form: Form) -> None:
    """Raises Rejected: counted. For commands that keep or change an answer as somebody's."""
    if is_counted(form):
        said = "Answers to this form are only counted: send them whole, at once. They cannot be changed or taken back."
        raise Rejected("counted", said)
