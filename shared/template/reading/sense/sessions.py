"""Courses of sessions: their windows lie one after another, their rules are about people who come, tasks fit them."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from shared.template.activities import Activity
from shared.template.days import day_of
from shared.template.kinds import AT_SCHOOL, SESSION
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.references import WrongReferenceError, parse_reference
from shared.template.resolving import EVERYWHERE
from shared.template.tasks import Task
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
            yield from _whole(template, at, activity)
            yield from _room(template, at, activity)
    courses = [one.key for one in template.activities if one.kind == SESSION]
    for index, task in enumerate(template.tasks):
        do, key = task.do.kind_and_key()
        if do in _OPENS and (do != "tick" or key in courses):
            yield from _task(template, ("tasks", index), task, courses)


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


def _room(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    """Days at schools, and windows that are too short for all of their days."""
    if activity.at == AT_SCHOOL and activity.venue and (activity.venue.name or activity.venue.address):
        yield Fault((*at, "venue"), "its days are at each school; leave the venue out, or `at: school`.")
    needed = dt.timedelta(weeks=activity.apart_weeks) * (activity.each - 1)
    for place, key in enumerate(activity.during):
        moment = template.clock.moment(key)
        first = day_of(moment.opens, template, _A_YEAR) if moment else None
        last = day_of(moment.closes, template, _A_YEAR) if moment else None
        if first and last and last - first < needed:
            what = f"{activity.each} days, each {activity.apart_weeks} weeks after the other, do not fit into '{key}'."
            yield Fault((*at, "during", place), what)


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
    if activity.sign_up and asks.every_date:
        yield Fault((*here, "every_date"), "who signs up comes as they like: leave out `every_date`, or `sign_up`.")
    if activity.picking and (asks.every_date or asks.catch_up):
        yield Fault((*at, "picking"), "who may pick dates misses none: leave out `picking`, or `attendance`.")


def _whole(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    """Who leads it, and papers, are of the whole programme, unless each school has a course of its own."""
    if activity.at == AT_SCHOOL:
        yield from _each(template, at, activity)
        return
    if activity.apart_school_weeks:
        what = "weeks of a school are counted where each school has its own days: write `at: school`."
        yield Fault((*at, "apart_school_weeks"), what)
    for name in ("led_by", "minutes"):
        if (who := getattr(activity, name)) and not _of_programme(template, who):
            yield Fault((*at, name), f"'{who}' is at a school, and a course is at none: write 'programme.{who}'.")
    yield from _papers(template, at, activity)


def _papers(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    """Papers are about what the days are of: the programme, or the school that has a course of its own."""
    wanted = "school" if activity.at == AT_SCHOOL else "programme"
    for place, key in enumerate(activity.papers):
        report = next((one for one in template.reports if one.key == key), None)
        if report is not None and report.about != wanted:
            yield Fault((*at, "papers", place), f"'{key}' is not about the {wanted}, as a paper of this course is.")
    if "papers_days" in activity.model_fields_set and not activity.papers:
        yield Fault((*at, "papers_days"), "no papers are named: leave it out, or name them under `papers`.")


def _each(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    """What a course that each school has for itself cannot have."""
    yield from _papers(template, at, activity)
    if activity.apart_school_weeks and "apart_weeks" in activity.model_fields_set:
        yield Fault((*at, "apart_weeks"), "say how far apart by `apart_school_weeks` alone.")
    for index, poll in enumerate(template.polls):
        if poll.names == activity.key:
            yield Fault(("polls", index, "names"), f"'{activity.key}' has dates of its own at each school.")


def _of_programme(template: Template, who: str) -> bool:
    try:
        one = parse_reference(who)
    except WrongReferenceError:
        return True
    if one.scope in EVERYWHERE or (one.is_function and one.role == "coordinator"):
        return True
    return one.scope == "own" and any(role.key == one.role and role.at == "programme" for role in template.roles)


def _task(template: Template, at: Where, task: Task, courses: list[str]) -> Iterator[Fault]:
    do, key = task.do.kind_and_key()
    if key not in courses:
        known = ", ".join(courses) or "none"
        yield Fault((*at, "do", do), f"'{key}' is no course of kind '{SESSION}'; declared: {known}.")
        return
    course = next(one for one in template.activities if one.key == key)
    if do == "tick" and course.sign_up:
        yield Fault((*at, "do", "tick"), f"people sign up for '{key}' themselves, and nobody is asked for dates.")
    if do == "catch_up" and not (course.attendance and course.attendance.catch_up):
        yield Fault((*at, "do", "catch_up"), f"nobody makes up for '{key}': say who under its `attendance.catch_up`.")
    instant = moment_in(task.opens)
    if instant is not None and (instant.anchor, instant.state) != (key, _OPENS[do]):
        yield Fault((*at, "opens"), f"it is asked on '{key}.{_OPENS[do]}', and at no other time.")
