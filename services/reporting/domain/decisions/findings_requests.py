"""Each school's pair is asked for its findings when the time has come, unless they are in."""

import datetime as dt
from collections.abc import Iterable, Mapping

from services.reporting.domain.decisions.decision import Decision, Reminder
from services.reporting.domain.facts import Group, Member, Programme
from services.reporting.domain.forms import Findings
from services.reporting.domain.requests import ASKED, REMINDED, about, reminder_day
from shared.events.reporting import FindingsRequested


def ask_later(programme: Programme, group: Group, school_ids: Iterable[str]) -> Decision[None]:
    """Set a reminder to ask each school on the template's date."""
    due = programme.morning(programme.findings_asked)
    asked = [about(group.programme_id, group.cohort_id, school_id) for school_id in school_ids]
    return Decision(reminders=tuple(Reminder(ASKED, one["request_id"], due, one) for one in asked))


def ask(
    data: Mapping[str, str],
    programme: Programme | None,
    member: Member | None,
    groups: Iterable[Group],
    *,
    findings: Findings | None,
    again: bool,
    now: dt.datetime,
) -> Decision[None]:
    """Ask a school's pair; after the first time, set a reminder to ask once more. `data`: what `about` gave."""
    taking_part = any(data["school_id"] in group.school_ids for group in groups)
    if programme is None or member is None or member.withdrawn or not taking_part or findings is not None:
        return Decision()
    event = FindingsRequested(
        version=2 if again else 1,
        request_id=data["request_id"],
        programme_id=programme.programme_id,
        cohort_id=data["cohort_id"],
        school_id=data["school_id"],
        person_ids=member.pair(programme),
        due=programme.findings_due,
        reminder=again,
    )
    day = None if again else reminder_day(programme, programme.local_day(now))
    reminders = (Reminder(REMINDED, data["request_id"], programme.morning(day), data),) if day else ()
    return Decision(events=(event,), reminders=reminders)
