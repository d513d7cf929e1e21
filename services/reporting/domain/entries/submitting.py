"""Handing in an entry. Where nobody has to agree it counts at once, and is released where nobody lets it go."""

import datetime as dt
from collections.abc import Iterable

from services.reporting.domain.decisions.decision import Answered, Reminder, ReminderKey
from services.reporting.domain.entries.access import readers_on_release, require
from services.reporting.domain.entries.checking import check
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.days import working_days_after
from services.reporting.domain.entries.introducing import introduced_in, same_person
from services.reporting.domain.entries.opening import refuse_counted, refuse_early
from services.reporting.domain.entries.plans import plan_of, planned
from services.reporting.domain.entries.records import Entry, SubmittedVersion
from services.reporting.domain.entries.told import facts, findings_of, lines, told
from services.reporting.domain.problems import refuse
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.forms import FormAgreed, FormReleased, FormSubmitted

SILENT = "entry-silent"
"""The reminder that nobody has agreed to an entry or asked for changes."""
SENT = "Sent, thank you."


def submit(
    entry: Entry | None, context: Context, *, person_id: str, revision: int, now: dt.datetime
) -> Answered[Entry]:
    """Hand in the draft as a new version; the same text again changes nothing. `revision`: the draft's as it was read.

    Raises Rejected: unknown-entry, counted, not-yet, changed-meanwhile, unchanged, and the rules of the questions.
    """
    entry = require(person_id, "fill", entry, context)
    refuse_counted(context.form)
    if entry.state == "withdrawn":
        raise Rejected("withdrawn", "This was withdrawn. Change something and it begins anew.")
    if entry.revision != revision:
        raise Rejected("changed-meanwhile", "Somebody else has changed this meanwhile. Look at it and send it again.")
    if not entry.number:
        refuse_early(context.not_yet)
    answers, problems = check(entry.typed(), context, context.programme.local_day(now))
    refuse([*problems, *same_person(answers, context.form)])
    if entry.submitted is not None and entry.submitted.answers == answers and entry.stands:
        return _the_same(entry)
    version = SubmittedVersion(
        entry_id=entry.entry_id, number=entry.number + 1, person_id=person_id, at=now,
        wording=context.programme.template.version, answers=answers,
    )  # fmt: skip
    submitted = _next(
        entry,
        state="submitted",
        submitted=version,
        plan=plan_of(answers, entry.plan, context, entry_id=entry.entry_id, number=version.number),
        agreed_by="",
        agreements=(),
        silent=(),
        coordinator_asked=False,
        changed_at=now,
        **introduced_in(answers, entry, context.form, version.number),
    )
    event, done = _submitted(submitted, context, person_id), _done(submitted)
    if context.form.sign_off and (not context.form.sign_off.each or still_to_agree(submitted, context)):
        return Answered(done=done, record=submitted, events=(event,), reminders=(_silence(submitted, context, now),))
    agreed, events = agreed_to(submitted, context, "")
    return Answered(done=done, record=agreed, events=(event, *events))


def agreed_to(entry: Entry, context: Context, person_id: str) -> tuple[Entry, tuple[Event, ...]]:
    """The entry once it counts, and what is published: findings, and its release where nobody has to let it go."""
    told_before = entry.findings_version
    agreed = _next(
        entry,
        state="agreed",
        agreed_by=person_id,
        silent=still_to_agree(entry, context) if context.form.sign_off and context.form.sign_off.each else (),
        findings_version=told_before + 1 if context.form.findings else told_before,
    )
    events: list[Event] = [FormAgreed(**facts(agreed), person_id=person_id, answers=told(agreed, context))]
    if context.form.findings:
        events.append(findings_of(agreed, context))
    release = context.form.release
    if release is None or release.by:
        return agreed, tuple(events)
    released, event = released_by(agreed, context, "")
    return released, (*events, event)


def released_by(entry: Entry, context: Context, person_id: str) -> tuple[Entry, FormReleased]:
    """The entry with its readers as they are named now, and its event."""
    readers = readers_on_release(entry, context)
    released = _next(entry, state="released", reader_ids=readers)
    return released, FormReleased(**facts(released), person_id=person_id, reader_ids=readers)


def still_to_agree(entry: Entry, context: Context) -> tuple[str, ...]:
    """Where each of several agrees: who has not yet. Whoever wrote it has said so by sending it."""
    sign_off = context.form.sign_off
    said = {*entry.agreements, *entry.author_ids}
    return tuple(one for one in context.people((sign_off.by,)) if one not in said) if sign_off else ()


def no_longer_silent(entry: Entry) -> Iterable[ReminderKey]:
    """Nobody waits for an answer any more."""
    return (ReminderKey(SILENT, entry.entry_id),)


def _submitted(entry: Entry, context: Context, person_id: str) -> FormSubmitted:
    return FormSubmitted(
        **facts(entry),
        person_id=person_id,
        answers=told(entry, context),
        lines=lines(entry, context),
        plan=planned(entry.plan),
    )


def _the_same(entry: Entry) -> Answered[Entry]:
    if entry.state == "changes-asked":
        raise Rejected("unchanged", "Changes were asked for, and nothing has changed yet.")
    return Answered(done=_done(entry))


def _done(entry: Entry) -> Done:
    return Done(id=entry.entry_id, version=entry.number, sentence=SENT)


def _silence(entry: Entry, context: Context, now: dt.datetime) -> Reminder:
    days = context.form.sign_off.silent_working_days if context.form.sign_off else 0
    last = working_days_after(context.programme.local_day(now), days, context.is_holiday)
    due = context.programme.morning(last + dt.timedelta(days=1))
    return Reminder(SILENT, entry.entry_id, due, {"number": str(entry.number)})


def _next(entry: Entry, **changes: object) -> Entry:
    """The entry after one more event."""
    return entry.model_copy(update={**changes, "version": entry.version + 1})
