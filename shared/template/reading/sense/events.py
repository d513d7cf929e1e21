"""What stands at an event: links that open, and tables that schools can be seated at."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

BY = "shared-needs"


def faults(template: Template) -> Iterator[Fault]:
    """Material that no link leads to, and tables by what no school is asked for."""
    for index, activity in enumerate(template.activities):
        yield from _event(template, ("activities", index), activity)


def _event(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    for place, item in enumerate(activity.agenda):
        if item.material and not item.material.startswith("https://"):
            yield Fault((*at, "agenda", place, "material"), "a link to material begins with https://.")
    if activity.tables is None:
        return
    if activity.tables.by != BY:
        yield Fault((*at, "tables", "by"), f"'{activity.tables.by}' is no way to seat people; there is: '{BY}'.")
    if template.enrolment.needs is None:
        yield Fault((*at, "tables"), "no school says what it needs: `enrolment` asks for it with `needs`.")
