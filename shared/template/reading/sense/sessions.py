"""Courses of sessions: their windows lie one after another, their rules are about people who come, tasks fit them."""

from collections.abc import Iterator
from itertools import pairwise

from shared.template.activities import Activity
from shared.template.days import day_of
from shared.template.kinds import SESSION
from shared.template.moments import WrongMomentError, parse_moment
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

_A_YEAR = 2027
_OPENS = {"tick": "offered", "catch_up": "missed", "roll": "ended"}
"""What somebody does about a course -> what must have happened for it to be asked."""


def faults(template: Template) -> Iterator[Fault]:
    """Windows out of order, rules for nobody, tasks that nothing brings about or ends."""
    for index, activity in enumerate(template.activities):
        if activity.kind == SESSION:
            at: Where = ("activities", index)
            yield from _windows(template, at, activity)
            yield from _people(at, activity)
    courses = [one.key for one in template.activities if one.kind == SESSION]
    for index, task in enumerate(template.tasks):
        do, key = task.do.kind_and_key()
        if do in _OPENS and (do != "tick" or key in courses):
            yield from _task(("tasks", index), do, key, courses, task.opens)


def _windows(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    for name in ("opens", "closes"):
        if getattr(activity, name):
            yield Fault((*at, name), f"its days lie `during` windows of the clock; leave `{name}` out.")
    moments = [moment for key in activity.during if (moment := template.clock.moment(key)) and moment.opens]
    spans = [tuple(day_of(text, template, _A_YEAR) for text in (one.opens, one.closes)) for one in moments]
    for place, (before, after) in enumerate(pairwise(spans), start=1):
        if before[1] and after[0] and after[0] <= before[1]:
            said = f"'{moments[place].key}' begins before '{moments[place - 1].key}' has ended."
            yield Fault((*at, "during", place), said)
    for place, moment in enumerate(moments):
        if None in spans[place]:
            yield Fault((*at, "during", place), f"'{moment.key}' has no day of the calendar to begin or end with.")


def _people(at: Where, activity: Activity) -> Iterator[Fault]:
    asks = activity.attendance
    if asks is None:
        return
    here: Where = (*at, "attendance")
    for name in ("every_date", "catch_up"):
        for place, who in enumerate(getattr(asks, name)):
            if who not in activity.who:
                known = ", ".join(activity.who)
                yield Fault((*here, name, place), f"'{who}' does not come; write it as under `who`: {known}.")
    if both := [who for who in asks.catch_up if who in asks.every_date]:
        yield Fault((*here, "catch_up"), f"'{both[0]}' comes to every date, and so has nothing to catch up on.")
    if activity.picking and (asks.every_date or asks.catch_up):
        yield Fault((*at, "picking"), "who may pick dates misses none: leave out `picking`, or `attendance`.")


def _task(at: Where, do: str, key: str, courses: list[str], opens: str) -> Iterator[Fault]:
    if key not in courses:
        known = ", ".join(courses) or "none"
        yield Fault((*at, "do", do), f"'{key}' is no course of kind '{SESSION}'; declared: {known}.")
        return
    try:
        instant = parse_moment(opens)
    except WrongMomentError:
        return
    if (instant.anchor, instant.state) != (key, _OPENS[do]):
        yield Fault((*at, "opens"), f"it is asked on '{key}.{_OPENS[do]}', and at no other time.")
