"""Who hears of a date: whoever a mail on it names is invited there, or is found in another way."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.kinds import AGREED, AT_SCHOOL
from shared.template.mails import Mail
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.references import Reference, WrongReferenceError, parse_reference
from shared.template.template import Template

_FOR_ALL = frozenset({"cohort-event", "session"})
"""Kinds of activity that no school of a group or placement hosts."""


def faults(template: Template) -> Iterator[Fault]:
    """Of a date a role means those who are invited in it: whoever is not invited would never hear."""
    for index, mail in enumerate(template.mails):
        instant = moment_in(mail.on)
        activity = template.activity(instant.anchor) if instant else None
        if activity is None or activity.kind in AGREED:
            continue
        for at, text in _named(("mails", index), mail):
            try:
                said = _nobody(template, activity, parse_reference(text))
            except WrongReferenceError:
                continue
            if said:
                yield Fault(at, f"'{text}' is nobody here: {said}")


def _named(at: Where, mail: Mail) -> Iterator[tuple[Where, str]]:
    yield from (((*at, "to", place), text) for place, text in enumerate(mail.to))
    for index, one in enumerate(mail.also):
        yield from (((*at, "also", index, "people", place), text) for place, text in enumerate(one.people))


def _who(activity: Activity) -> Iterator[Reference | None]:
    """Whom it invites; None for whatever cannot be read, which is said elsewhere."""
    for text in (*activity.who, *(text for group in activity.optional for text in group.people)):
        try:
            yield parse_reference(text)
        except WrongReferenceError:
            yield None


def _nobody(template: Template, activity: Activity, one: Reference) -> str:
    if one.scope == "host" and activity.kind in _FOR_ALL:
        return f"no school hosts '{activity.key}'; write 'group.{one.role}' for those of the schools that come."
    roles = template.roles_of(one.role)
    meant = [role for role in template.roles if role.key in roles]
    if one.scope != "own" or one.relation or not meant:
        return ""
    if any(each is None or each.relation or set(roles) & set(template.roles_of(each.role)) for each in _who(activity)):
        return ""
    there = f"'programme.{one.role}' for all"
    if all(role.at == "school" for role in meant):
        hosts = activity.kind not in _FOR_ALL and activity.at != AT_SCHOOL
        of_schools = f"'host.{one.role}' or 'guest.{one.role}'" if hosts else f"'group.{one.role}'"
        there = f"{of_schools} for those of the schools that come, or {there}"
    return f"a role means who is invited in it, and '{activity.key}' invites nobody as {one.role}; write {there}."
