"""Introductions: whoever an entry names is asked, and nobody sees an address before all have said yes.

An introduction is of certain people: another name or address on the entry is another introduction, of which everybody
is asked anew.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from services.reporting.domain.decisions.decision import Answered, Decision, Reminder, ReminderKey
from services.reporting.domain.entries.access import require
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.days import working_days_after
from services.reporting.domain.entries.records import Entry, Introduced
from services.reporting.domain.entries.told import facts
from services.reporting.domain.ids import derived
from services.reporting.domain.problems import Problem
from shared.commands.base import Done
from shared.commands.introductions import IntroductionShown
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.forms import IntroductionAnswered, IntroductionEnded, IntroductionProposed, PeopleIntroduced
from shared.template import Form
from shared.template.answers import Answer, Answers

INTRODUCING = "entry-introduction"
"""The reminder that not all have said yes in time."""
_SAID = {
    "asked": "Thank you. You hear from us once everybody has answered.",
    "introduced": "Thank you. You can write to each other now.",
    "ended": "Thank you. Nothing comes of it, and nobody is told why.",
}


def introduced_in(answers: Answers, entry: Entry, form: Form, number: int) -> dict[str, object]:
    """The fields of the entry whose version `number` names these people; the same people as before stay as they are."""
    named = _named(answers, form)
    if not named:
        return {}
    if named == {one.field: (one.name, one.address) for one in entry.introduced}:
        return {}
    people = tuple(
        Introduced(line_id=derived("int", entry.entry_id, str(number), field), field=field, name=name, address=address)
        for field, (name, address) in named.items()
    )
    return {"introduced": people, "introduction": "awaited", "introduced_until": None}


def same_person(answers: Answers, form: Form) -> list[Problem]:
    """That somebody would be introduced to themselves."""
    found: list[Problem] = []
    seen: set[str] = set()
    for field, (_, address) in _named(answers, form).items():
        if address.casefold() in seen:
            said = "You have given the same address twice; name two different people."
            found.append(Problem("same-person", f"{field}.address", said))
        seen.add(address.casefold())
    return found


def people_known(
    entry: Entry | None, context: Context | None, owners: Mapping[str, str], number: int, now: dt.datetime
) -> Decision[Entry]:
    """Take in who they are whom version `number` introduces, and ask them. `owners`: line -> person; empty: nobody.

    Where mail cannot reach one of them, or two are one person, nothing comes of it.
    """
    if entry is None or context is None or entry.number != number or entry.introduction != "awaited":
        return Decision()
    if not all(one.line_id in owners for one in entry.introduced):
        return Decision()
    people = tuple(one.model_copy(update={"person_id": owners[one.line_id]}) for one in entry.introduced)
    ids = [one.person_id for one in people]
    if "" in ids or len(set(ids)) < len(ids):
        return _ended(entry.model_copy(update={"introduced": people, "changed_at": now}))
    until = _until(context, now)
    asked = _next(entry, introduced=people, introduction="asked", introduced_until=until, changed_at=now)
    event = IntroductionProposed(**facts(asked), person_ids=tuple(ids))
    return Decision(record=asked, events=(event,), reminders=(_in_time(asked, context, until),))


def answer(
    entry: Entry | None, context: Context, *, person_id: str, number: int, willing: bool, now: dt.datetime
) -> Answered[Entry]:
    """Somebody says whether they want to be introduced; the same again changes nothing.

    Raises Rejected: unknown-entry, stale, introduced, ended.
    """
    entry = require(person_id, "introduce", entry, context)
    if entry.number != number:
        raise Rejected("stale", "This has been changed meanwhile. Read it as it stands now, and answer again.")
    before = said_by(entry, person_id)
    if entry.introduction != "asked":
        return _too_late(entry, willing=willing, before=before)
    done = Done(id=entry.entry_id, version=number, sentence=_SAID["asked"])
    if before is willing:
        return Answered(done=done)
    people = tuple(
        one.model_copy(update={"willing": willing}) if one.person_id == person_id else one for one in entry.introduced
    )
    said = _next(entry, introduced=people, changed_at=now)
    event: Event = IntroductionAnswered(**facts(said), person_id=person_id)
    cancelled = (ReminderKey(INTRODUCING, entry.entry_id),)
    if not willing:
        ended = _ended(said)
        done = done.model_copy(update={"sentence": _SAID["ended"]})
        return Answered(done=done, record=ended.record, events=(event, *ended.events), cancelled=cancelled)
    if all(one.willing for one in people):
        both = _next(said, introduction="introduced")
        told = PeopleIntroduced(**facts(both), person_ids=tuple(one.person_id for one in people))
        done = done.model_copy(update={"sentence": _SAID["introduced"]})
        return Answered(done=done, record=both, events=(event, told), cancelled=cancelled)
    return Answered(done=done, record=said, events=(event,))


def too_late(entry: Entry | None, context: Context | None, until: str, now: dt.datetime) -> Decision[Entry]:
    """The last day is over. Nothing follows where that is no longer so."""
    if entry is None or context is None or not entry.stands or entry.introduction != "asked":
        return Decision()
    if entry.introduced_until is None or entry.introduced_until.isoformat() != until:
        return Decision()
    return _ended(entry.model_copy(update={"changed_at": now}))


def renewed(entry: Entry | None, context: Context | None, now: dt.datetime) -> Decision[Entry]:
    """The programme goes on after it stood still: they have their time anew."""
    if entry is None or context is None or entry.introduction != "asked":
        return Decision()
    until = _until(context, now)
    later = entry.model_copy(update={"introduced_until": until, "changed_at": now})
    return Decision(record=later, reminders=(_in_time(later, context, until),))


def said_by(entry: Entry, person_id: str) -> bool | None:
    """What somebody has said, or None."""
    return next((one.willing for one in entry.introduced if one.person_id == person_id), None)


def shown_to(person_id: str, entry: Entry) -> IntroductionShown | None:
    """How the introduction stands; of the others nobody learns what they have said."""
    if not entry.introduction or not entry.stands:
        return None
    until = entry.introduced_until if entry.introduction == "asked" else None
    asked = entry.introduction == "asked" and person_id in {one.person_id for one in entry.introduced}
    return IntroductionShown(state=entry.introduction, asked=asked, said=said_by(entry, person_id), until=until)


def discreet(answers: Answers, person_id: str, entry: Entry | None, form: Form) -> dict[str, Answer]:
    """The answers as somebody may see them: addresses only as an author, or once they are introduced themselves."""
    if form.introduces is None or entry is None or person_id in entry.author_ids:
        return dict(answers)
    if entry.introduction == "introduced" and person_id in {one.person_id for one in entry.introduced}:
        return dict(answers)
    return {key: _nameless(value) if key in form.introduces.of else value for key, value in answers.items()}


def _nameless(answer: Answer) -> Answer:
    return {"name": answer.get("name", "")} if isinstance(answer, dict) else answer


def _named(answers: Answers, form: Form) -> dict[str, tuple[str, str]]:
    """Question -> the name and address that stand there."""
    fields: Iterable[str] = form.introduces.of if form.introduces else ()
    given = {field: answers.get(field) for field in fields}
    return {key: (one["name"], one["address"]) for key, one in given.items() if isinstance(one, dict) and one}


def _too_late(entry: Entry, *, willing: bool, before: bool | None) -> Answered[Entry]:
    if before is willing:
        done = Done(id=entry.entry_id, version=entry.number, sentence=_SAID[entry.introduction])
        return Answered(done=done)
    if entry.introduction == "introduced":
        raise Rejected("introduced", "All of you have said yes, and each has the others' addresses already.")
    raise Rejected("ended", "Nothing comes of this any more; there is nothing to answer.")


def _ended(entry: Entry) -> Decision[Entry]:
    over = _next(entry, introduction="ended")
    people = tuple(dict.fromkeys(one.person_id for one in entry.introduced if one.person_id))
    return Decision(record=over, events=(IntroductionEnded(**facts(over), person_ids=people),))


def _until(context: Context, now: dt.datetime) -> dt.date:
    days = context.form.introduces.within_working_days if context.form.introduces else 0
    return working_days_after(context.programme.local_day(now), days, context.is_holiday)


def _in_time(entry: Entry, context: Context, until: dt.date) -> Reminder:
    due = context.programme.morning(until + dt.timedelta(days=1))
    return Reminder(INTRODUCING, entry.entry_id, due, {"until": until.isoformat()})


def _next(entry: Entry, **changes: object) -> Entry:
    return entry.model_copy(update={**changes, "version": entry.version + 1})
