"""From what people call a thing to its id, so that nobody types ids needlessly.

Each name is loaded when it is first asked for: a command that looks up a programme need not load what mails are.
"""

from typing import TYPE_CHECKING

from shared.lazily import names as lazily

if TYPE_CHECKING:
    from kindred.cli.input.lookup.actions import action
    from kindred.cli.input.lookup.calendar import event, visit, visits
    from kindred.cli.input.lookup.cohorts import cohort, group
    from kindred.cli.input.lookup.dates import agreement_id, call_id
    from kindred.cli.input.lookup.entries import entry
    from kindred.cli.input.lookup.mails import mail
    from kindred.cli.input.lookup.parties import party
    from kindred.cli.input.lookup.programmes import authority, enrolments, programme, school_id
    from kindred.cli.input.lookup.reports import report
    from kindred.cli.input.lookup.single import one
    from kindred.cli.input.lookup.taking_part import anybody, names, people, person, person_id
    from kindred.cli.input.lookup.tasks import task

__all__ = [
    "action",
    "agreement_id",
    "anybody",
    "authority",
    "call_id",
    "cohort",
    "enrolments",
    "entry",
    "event",
    "group",
    "mail",
    "names",
    "one",
    "party",
    "people",
    "person",
    "person_id",
    "programme",
    "report",
    "school_id",
    "task",
    "visit",
    "visits",
]  # fmt: skip

_PLACES = {
    "action": "actions",
    **dict.fromkeys(("event", "visit", "visits"), "calendar"),
    **dict.fromkeys(("cohort", "group"), "cohorts"),
    **dict.fromkeys(("agreement_id", "call_id"), "dates"),
    "entry": "entries",
    "mail": "mails",
    "party": "parties",
    **dict.fromkeys(("authority", "enrolments", "programme", "school_id"), "programmes"),
    "report": "reports",
    "one": "single",
    **dict.fromkeys(("anybody", "names", "people", "person", "person_id"), "taking_part"),
    "task": "tasks",
}

__getattr__ = lazily(__name__, _PLACES)
