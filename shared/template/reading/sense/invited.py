"""Who comes to a date, leads it or writes its minutes: named in a way in which there is somebody for it."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.kinds import AGREED, AT_SCHOOL, TOGETHER
from shared.template.reading.faults import Fault
from shared.template.reading.sense.walk import written_in
from shared.template.references import FUNCTIONS, SCOPES, Reference, WrongReferenceError, parse_reference
from shared.template.resolving import EVERYWHERE
from shared.template.template import Template
from shared.template.words import PEOPLE

_OF_PARTIES = ("trust", "party")
_WITH_FUNCTIONS = frozenset({"coordinator", "party"})
"""Functions that somebody has before there is any date."""


def faults(template: Template) -> Iterator[Fault]:
    """People of other dates: guests and hosts of what nobody hosts, groups of what has none, whoever was there."""
    for at, text in written_in(PEOPLE, template):
        if at[0] != "activities" or not isinstance(at[1], int):
            continue
        activity = template.activities[at[1]]
        one = _read(text)
        if one and (said := _nobody(template, activity, str(at[2]), one)):
            yield Fault(at, f"'{text}' is nobody here: {said}")


def _read(text: str) -> Reference | None:
    try:
        return parse_reference(text)
    except WrongReferenceError:
        return None


def _nobody(template: Template, activity: Activity, part: str, one: Reference) -> str:
    kind = f"a {activity.kind}" if activity.kind[0] not in "aeiou" else f"an {activity.kind}"
    if one.is_function or one.is_function_there:
        known = one.role in _WITH_FUNCTIONS or (part == "minutes" and one.role == "attendees")
        what = FUNCTIONS[one.role]
        return "" if known else f"{kind} has to be dated before there is {what}; name a role."
    scopes = _scopes(template, activity)
    if one.scope not in SCOPES or one.scope in scopes:
        return ""
    there = ", ".join(f"'{one.role}'" if scope == "own" else f"'{scope}.{one.role}'" for scope in scopes)
    return f"of {kind} people are named as {there}."


def _scopes(template: Template, activity: Activity) -> tuple[str, ...]:
    """Where people of this activity can be looked for."""
    together = _OF_PARTIES if template.party.kind in TOGETHER else ()
    if activity.kind == "visit":
        return ("own", "group", "host", "guest")
    if activity.kind in AGREED:
        return ("own", "host", *EVERYWHERE, *_OF_PARTIES)
    if activity.kind == "duty" or activity.at == AT_SCHOOL:
        return ("own", *EVERYWHERE, *_OF_PARTIES)
    return ("own", *EVERYWHERE, *together)
