"""Agreeing to an entry or asking for changes, letting it go, taking it back; and what follows when nobody answers."""

import datetime as dt

from services.reporting.domain.decisions.decision import Answered, Decision
from services.reporting.domain.entries.access import readers_on_release, require
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.drafts import plain
from services.reporting.domain.entries.opening import refuse_counted
from services.reporting.domain.entries.records import ChangesRequest, Entry
from services.reporting.domain.entries.submitting import agreed_to, no_longer_silent, released_by, still_to_agree
from services.reporting.domain.entries.told import facts
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.forms import AgreementGiven, AgreementOverdue, ChangesAsked, EntryWithdrawn

LONGEST_REQUEST = 5000


def ask_for_changes(
    entry: Entry | None, context: Context, *, person_id: str, number: int, text: str, now: dt.datetime
) -> Answered[Entry]:
    """Send an entry back with words that stay with it. Raises Rejected: unknown-entry, stale, missing, too-long."""
    entry = require(person_id, "ask-for-changes", entry, context)
    _as_read(entry, number)
    said = str(plain(text)).strip()
    if not said:
        raise Rejected("missing", "Say what should be changed.")
    if len(said) > LONGEST_REQUEST:
        raise Rejected(
            "too-long", f"What should be changed has {len(said):,} characters; {LONGEST_REQUEST:,} is the most."
        )
    request = ChangesRequest(person_id=person_id, at=now, number=number, text=said)
    done = Done(id=entry.entry_id, version=number, sentence="Sent back, with what you wrote.")
    if entry.state == "changes-asked" and _same(entry.changes[-1], request):
        return Answered(done=done)
    _still_open(entry)
    asked = _changed(entry, now, state="changes-asked", changes=(*entry.changes, request))
    event = ChangesAsked(**facts(asked), person_id=person_id)
    return Answered(done=done, record=asked, events=(event,), cancelled=tuple(no_longer_silent(entry)))


def agree(entry: Entry | None, context: Context, *, person_id: str, number: int, now: dt.datetime) -> Answered[Entry]:
    """Agree to the version that was read; again changes nothing. Raises Rejected: unknown-entry, stale."""
    entry = require(person_id, "agree", entry, context)
    _as_read(entry, number)
    done = Done(id=entry.entry_id, version=number, sentence="Agreed, thank you.")
    if entry.state in {"agreed", "released"}:
        return Answered(done=done)
    sign_off = context.form.sign_off
    if sign_off and sign_off.each and not entry.coordinator_asked:
        if entry.state == "changes-asked":
            raise Rejected("changes-asked", "Somebody has asked for changes. You are asked again once they are made.")
        said = entry.model_copy(update={"agreements": tuple(dict.fromkeys((*entry.agreements, person_id)))})
        if still_to_agree(said, context):
            return _one_more(entry, said, person_id, done, now)
        entry = said
    agreed, events = agreed_to(entry.model_copy(update={"changed_at": now}), context, person_id)
    return Answered(done=done, record=agreed, events=events, cancelled=tuple(no_longer_silent(entry)))


def _one_more(entry: Entry, said: Entry, person_id: str, done: Done, now: dt.datetime) -> Answered[Entry]:
    """One of several has agreed, and others have not yet."""
    if said == entry:
        return Answered(done=done)
    given = _changed(said, now)
    return Answered(done=done, record=given, events=(AgreementGiven(**facts(given), person_id=person_id),))


def release(entry: Entry | None, context: Context, *, person_id: str, number: int, now: dt.datetime) -> Answered[Entry]:
    """Let an agreed entry go to its readers, as they are named now; again changes nothing while they are the same.

    Raises Rejected: unknown-entry, stale.
    """
    entry = require(person_id, "release", entry, context)
    _as_read(entry, number)
    done = Done(id=entry.entry_id, version=number, sentence="Released to its readers.")
    if entry.state == "released" and entry.reader_ids == readers_on_release(entry, context):
        return Answered(done=done)
    released, event = released_by(entry.model_copy(update={"changed_at": now}), context, person_id)
    return Answered(done=done, record=released, events=(event,))


def withdraw(entry: Entry | None, context: Context, *, person_id: str, now: dt.datetime) -> Answered[Entry]:
    """Take an entry back; only its authors read it any more. Again changes nothing. Raises: unknown-entry, counted."""
    entry = require(person_id, "withdraw", entry, context)
    refuse_counted(context.form)
    done = Done(id=entry.entry_id, version=max(entry.number, 1), sentence="Withdrawn.")
    if entry.state == "withdrawn":
        return Answered(done=done)
    if entry.submitted is None:
        gone = entry.model_copy(update={"state": "withdrawn", "changed_at": now})
        return Answered(done=done, record=gone)
    gone = _changed(entry, now, state="withdrawn", reader_ids=(), introduced=(), introduction="")
    event = EntryWithdrawn(**facts(gone), person_id=person_id, on=context.programme.local_day(now))
    return Answered(done=done, record=gone, events=(event,), cancelled=tuple(no_longer_silent(entry)))


def silent(entry: Entry | None, context: Context | None, *, number: int, now: dt.datetime) -> Decision[Entry]:
    """Nobody has said more about version `number`: it counts where silence agrees, else the coordinator is asked.

    Nothing follows where that is no longer so.
    """
    if entry is None or context is None or entry.state != "submitted" or entry.number != number:
        return Decision()
    if context.form.sign_off and context.form.sign_off.silence == "agrees":
        agreed, events = agreed_to(entry.model_copy(update={"changed_at": now}), context, "")
        return Decision(record=agreed, events=events)
    asked = _changed(entry, now, coordinator_asked=True)
    return Decision(
        record=asked, events=(AgreementOverdue(**facts(asked), coordinator_id=context.programme.coordinator_id),)
    )


def _as_read(entry: Entry, number: int) -> None:
    if entry.number != number:
        raise Rejected("stale", "This has been changed meanwhile. Read it as it stands now, and decide again.")


def _still_open(entry: Entry) -> None:
    if entry.state not in {"submitted", "changes-asked"}:
        raise Rejected("agreed", "This has been agreed to already, so no changes can be asked for.")


def _same(one: ChangesRequest, other: ChangesRequest) -> bool:
    return (one.person_id, one.number, one.text) == (other.person_id, other.number, other.text)


def _changed(entry: Entry, now: dt.datetime, **changes: object) -> Entry:
    return entry.model_copy(update={**changes, "version": entry.version + 1, "changed_at": now})
