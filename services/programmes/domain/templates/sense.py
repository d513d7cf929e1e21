"""What a template must keep to besides its shape: its days exist and follow each other, its mails name real events."""

from collections.abc import Iterator

from shared.events import matching, notifications, programmes, reporting, scheduling
from shared.events.base import Event
from shared.events.template import MonthDay, ProgrammeTemplate

__all__ = ["EVENT_NAMES", "faults_of_sense"]

Where = tuple[str | int, ...]
Fault = tuple[Where, str]
_A_YEAR = 2027
EVENT_NAMES = frozenset(
    name
    for module in (matching, notifications, programmes, reporting, scheduling)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Event) and value is not Event and not name.startswith("_")
)


def faults_of_sense(template: ProgrammeTemplate) -> Iterator[Fault]:
    """Each fault with the field it is in."""
    yield from _days(template)
    yield from _sizes(template)
    yield from _mails(template)


def _days(template: ProgrammeTemplate) -> Iterator[Fault]:
    rules = template.enrolment
    yield from _span(("enrolment", "opens"), rules.opens, ("enrolment", "closes"), rules.closes)
    for index, activity in enumerate(template.activities):
        at: Where = ("activities", index, "window")
        yield from _span((*at, "first"), activity.window.first, (*at, "last"), activity.window.last)
    yield from _span(("findings_asked",), template.findings_asked, ("findings_due",), template.findings_due)


def _span(at: Where, first: MonthDay, until: Where, last: MonthDay) -> Iterator[Fault]:
    missing = [(where, day) for where, day in ((at, first), (until, last)) if not _exists(day)]
    for where, day in missing:
        yield where, f"there is no day {day.month:02}-{day.day:02}."
    if not missing and last.within(_A_YEAR) < first.within(_A_YEAR):
        yield until, "this day comes before the one it follows, in the school year from September to August."


def _exists(day: MonthDay) -> bool:
    try:
        day.within(_A_YEAR)
    except ValueError:
        return False
    return True


def _sizes(template: ProgrammeTemplate) -> Iterator[Fault]:
    rules = template.enrolment
    for field, (least, most) in (("strengths", rules.strengths), ("needs", rules.needs)):
        if not 0 <= least <= most or most < 1:
            yield ("enrolment", field), f"from {least} to {most} is no range."
    if sorted(template.matching.sizes) not in ([3], [4], [3, 4]):
        yield ("matching", "sizes"), "groups have 3 schools, 4, or either: [3], [4] or [3, 4]."
    if any(not 0 <= day <= 6 for day in template.scheduling.preferred_weekdays):
        yield ("scheduling", "preferred_weekdays"), "weekdays are 0 (Monday) to 6 (Sunday)."


def _mails(template: ProgrammeTemplate) -> Iterator[Fault]:
    for index, mail in enumerate(template.mails):
        if mail.on not in EVENT_NAMES:
            yield ("mails", index, "on"), f"'{mail.on}' is no event; known: {', '.join(sorted(EVENT_NAMES))}."
