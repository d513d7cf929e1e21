"""Takes what happened into the records, to the same end in whatever order it comes.

Of one source the newest version says how things stand; an older one that comes later fills in only what is unknown.
"""

import datetime as dt
from typing import Any

from services.tasks.domain.happening import Happening
from services.tasks.domain.ids import thing_id
from services.tasks.domain.introductions import ENDED, NAMED
from services.tasks.domain.records import Answer, Entry, Line, Mark, Step, Thing
from shared.events import forms, scheduling, scheduling_dates
from shared.events.base import Event

EntryEvent = (
    forms.FormSubmitted
    | forms.PlanChanged
    | forms.EntryAnswered
    | forms.ChangesAsked
    | forms.AgreementGiven
    | forms.IntroductionProposed
    | forms.IntroductionAnswered
    | forms.PeopleIntroduced
    | forms.IntroductionEnded
    | forms.FormAgreed
    | forms.FormReleased
    | forms.EntryWithdrawn
)
STATES: dict[type[Event], str] = {
    forms.FormSubmitted: "submitted",
    forms.PlanChanged: "planned",
    forms.EntryAnswered: "answered",
    forms.ChangesAsked: "changes-asked",
    forms.AgreementGiven: "agreement-given",
    forms.IntroductionProposed: NAMED,
    forms.IntroductionAnswered: "introduction-answered",
    forms.PeopleIntroduced: "introduced",
    forms.IntroductionEnded: ENDED,
    forms.FormAgreed: "agreed",
    forms.FormReleased: "released",
    forms.EntryWithdrawn: "withdrawn",
}
"""Event of an entry -> the state that it brings it to."""
_NEWEST = frozenset({"gone", "stand_ins"})
"""What only the newest version says: that there is nothing is said by it, too."""


def after(thing: Thing | None, happening: Happening, today: dt.date) -> Thing:
    """The thing after what happened."""
    if thing is None:
        key = thing_id(happening.programme_id, happening.kind, happening.about_id)
        ids = {"programme_id": happening.programme_id, "kind": happening.kind, "about_id": happening.about_id}
        thing = Thing(thing_id=key, **ids)
    known = thing.versions.get(happening.source, 0)
    if known == happening.version:
        return thing
    newer = happening.version > known
    changes: dict[str, Any] = {
        name: value
        for name, value in happening.facts.items()
        if newer or (name not in _NEWEST and value and not getattr(thing, name))
    }
    for name in ("waiting", "days"):
        if name in changes:
            changes[name] = {**getattr(thing, name), **changes[name]}
    if newer:
        changes["versions"] = {**thing.versions, happening.source: happening.version}
        if happening.withdrawn is not None:
            enrolments = {**thing.enrolments, happening.source: happening.withdrawn}
            changes |= {"enrolments": enrolments, "gone": "withdrawn" if all(enrolments.values()) else ""}
    late = {person: today for person in happening.joined if person not in thing.since}
    changes["since"] = {**thing.since, **late}
    changes["marks"] = _marks(thing, happening, str(changes.get("key", thing.key)), today)
    return thing.model_copy(update=changes)


def _marks(thing: Thing, happening: Happening, key: str, today: dt.date) -> tuple[Mark, ...]:
    """The newest mark of each source, anchor and state; what says no anchor is about the thing's own activity."""
    new: list[tuple[str, dt.date | None]] = [(state, happening.on or today) for state in happening.states]
    new += [(state, None) for state in happening.undone]
    facts = {"anchor": happening.anchor, "source": happening.source, "version": happening.version}
    marks = [Mark(**facts, state=state, on=on, back=None if on else today) for state, on in new]
    newest: dict[tuple[str, str, str], Mark] = {}
    for mark in sorted((*thing.marks, *marks), key=lambda mark: mark.version):
        named = mark.model_copy(update={"anchor": mark.anchor or key})
        newest[named.anchor, named.state, named.source] = named
    return tuple(newest[place] for place in sorted(newest))


def entry_after(entry: Entry | None, event: EntryEvent, today: dt.date) -> Entry:
    """The entry after one of its events."""
    version = event.version
    known = entry or Entry(
        entry_id=event.entry_id,
        programme_id=event.programme_id,
        form=event.form,
        about=event.about,
        about_id=event.about_id,
    )
    state = STATES[type(event)]
    changes: dict[str, Any] = {}
    if known.step(state) < version:
        step = Step(version=version, on=today, by=getattr(event, "person_id", ""))
        changes["steps"] = {**known.steps, state: step}
    if known.version < version:
        changes |= {"version": version, "school_id": event.school_id, "author_ids": event.author_ids}
    if isinstance(event, forms.FormSubmitted) and known.step("submitted") < version:
        changes |= {"answers": dict(event.answers)}
    if isinstance(event, forms.IntroductionProposed) and known.step(NAMED) < version:
        changes["introduced_ids"] = event.person_ids
    if isinstance(event, forms.AgreementGiven | forms.IntroductionAnswered):
        changes["agreements"] = {**known.agreements, event.person_id: max(version, known.agreed_in(event.person_id))}
    if isinstance(event, forms.FormSubmitted | forms.PlanChanged) and _newest_plan(known) < version:
        changes |= {"lines": _lines(event)}
    return known.model_copy(update=changes)


def _newest_plan(entry: Entry) -> int:
    """The version of the last event that said what the action plan is."""
    return max(entry.step("submitted"), entry.step("planned"))


def _lines(event: forms.FormSubmitted | forms.PlanChanged) -> tuple[Line, ...]:
    return tuple(Line(**line.model_dump()) for line in event.plan)


def answered(event: scheduling.InvitationAnswered | scheduling_dates.DatesAnswered, today: dt.date) -> Answer:
    """The answer that the event tells of."""
    if isinstance(event, scheduling.InvitationAnswered):
        return Answer(
            target_id=event.target_id,
            person_id=event.person_id,
            sequence=event.sequence,
            on=today,
            version=event.version,
        )
    return Answer(target_id=event.agreement_id, person_id=event.person_id, on=today, version=event.version)
