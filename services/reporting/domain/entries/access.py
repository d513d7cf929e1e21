"""Who may do what with an entry: the one place that every command and query asks.

Whoever may not gets the answer that they would get if there were no such entry.
"""

from typing import Literal

from services.reporting.domain.entries.context import Context, holds
from services.reporting.domain.entries.records import Entry
from shared.commands.forms import EntryAct
from shared.errors import Rejected

Act = Literal["fill", "read", "answer", "ask-for-changes", "agree", "introduce", "release", "withdraw"]
ACTS: tuple[EntryAct, ...] = ("fill", "read", "answer", "ask-for-changes", "agree", "release", "withdraw")
"""What a page is told that somebody may do; whether they may consent stands with the introduction."""


def may(person_id: str, act: Act, entry: Entry | None, context: Context) -> bool:
    """Whether the person may do that with the entry, or begin one where there is none."""
    if not person_id:
        return False
    if entry is None:
        return act == "fill" and _may_fill(person_id, None, context)
    allowed = {
        "fill": lambda: _may_fill(person_id, entry, context),
        "read": lambda: _may_read(person_id, entry, context),
        "answer": lambda: entry.stands and _answers(person_id, context),
        "agree": lambda: entry.stands and _signs_off(person_id, entry, context),
        "ask-for-changes": lambda: entry.stands and _signs_off(person_id, entry, context),
        "introduce": lambda: _is_introduced(person_id, entry),
        "release": lambda: entry.counts and _releases(person_id, context),
        "withdraw": lambda: _may_fill(person_id, entry, context) or person_id == context.programme.coordinator_id,
    }
    return allowed[act]()


def require(person_id: str, act: Act, entry: Entry | None, context: Context) -> Entry:
    """Return the entry. Raises Rejected: unknown-entry."""
    if entry is None or not may(person_id, act, entry, context):
        raise unknown()
    return entry


def unknown() -> Rejected:
    """What everybody is answered for whom there is nothing."""
    return Rejected("unknown-entry", "There is no such entry.")


def readers_on_release(entry: Entry, context: Context) -> tuple[str, ...]:
    """Who may read an entry from its release on, as it stands now."""
    release = context.form.release
    if release is None or entry.submitted is None:
        return ()
    answers, related = entry.submitted.answers, context.subject.related
    also = [one for one in release.also if holds(one.when, context.form, answers, related)]
    return context.people((*release.to, *(person for one in also for person in one.people)))


def is_concerned(person_id: str, entry: Entry, context: Context) -> bool:
    """Whether the person writes an entry, agrees to it or releases it: for them is how it came about."""
    acts: tuple[Act, ...] = ("fill", "agree", "release")
    return person_id in entry.author_ids or any(may(person_id, act, entry, context) for act in acts)


def may_lead(person_id: str, entry: Entry, context: Context) -> bool:
    """Whether the person may give the actions of an entry that counts another owner, day or state."""
    if not entry.counts or not person_id:
        return False
    if person_id == context.programme.coordinator_id or _releases(person_id, context):
        return True
    sign_off = context.form.sign_off
    return _signs_off(person_id, entry, context) if sign_off else _may_fill(person_id, entry, context)


def may_follow(person_id: str, entry: Entry, context: Context) -> bool:
    """Whether the person may see how all actions of an entry stand: who reads or leads it. Owners see their own."""
    return entry.counts and (may_lead(person_id, entry, context) or may(person_id, "read", entry, context))


def _may_fill(person_id: str, entry: Entry | None, context: Context) -> bool:
    """An entry of one person stays that person's own; one that is written together belongs to all who write it."""
    if person_id not in context.people(context.form.by):
        return False
    return entry is None or context.form.together or person_id in entry.author_ids


def _may_read(person_id: str, entry: Entry, context: Context) -> bool:
    """Authors read what they wrote, others what was submitted. Only released entries are read by those in the release.

    Readers are fixed when it is released; somebody who has left since, or no longer has the role, reads it no more.
    """
    if person_id in entry.author_ids or _may_fill(person_id, entry, context):
        return True
    if not entry.stands or context.form.confidential == "counts-only":
        return False
    if person_id in context.people(context.form.readers) or _signs_off(person_id, entry, context):
        return True
    if _answers(person_id, context) or person_id in context.visitors or _is_introduced(person_id, entry):
        return True
    if entry.state in {"agreed", "released"} and _releases(person_id, context):
        return True
    fixed = entry.state == "released" and person_id in entry.reader_ids
    return fixed and person_id in readers_on_release(entry, context)


def _signs_off(person_id: str, entry: Entry, context: Context) -> bool:
    """Whoever the form names; the coordinator, too, once nobody has said anything for too long."""
    sign_off = context.form.sign_off
    if sign_off is None:
        return False
    asked = entry.coordinator_asked and person_id == context.programme.coordinator_id
    wrote = sign_off.each and person_id in entry.author_ids
    return asked or (not wrote and person_id in context.people((sign_off.by,)))


def _is_introduced(person_id: str, entry: Entry) -> bool:
    """Whether the entry introduces the person to somebody, and they were asked."""
    asked = entry.stands and entry.introduction not in {"", "awaited"}
    return asked and person_id in {one.person_id for one in entry.introduced}


def _answers(person_id: str, context: Context) -> bool:
    answered = context.form.answered
    return answered is not None and person_id in context.people((answered.by,))


def _releases(person_id: str, context: Context) -> bool:
    release = context.form.release
    return release is not None and bool(release.by) and person_id in context.people((release.by,))
