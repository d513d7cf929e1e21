"""Duties: how often, between whom, and how it shows that they were done; tasks to tick them off."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.cadences import AS_NEEDED, BY, CADENCES, CATEGORY, ROLE, by, cases
from shared.template.kinds import AT_SCHOOL, SESSION, WEEK
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.agreed import of_the_host
from shared.template.references import WrongReferenceError, parse_reference
from shared.template.template import Template

EXISTENCE_ONLY = "existence-only"
STRANDS = "strands"
_WINDOW = ("opens", "closes")
_TOO_OFTEN = frozenset({"daily", "weekly", "fortnightly"})
"""What comes so often that nobody is invited to it; what comes as needed has no days."""


def faults(template: Template) -> Iterator[Fault]:
    """Duties that cannot be laid out or ticked off, and tasks that tick off nothing."""
    duties = [(index, one) for index, one in enumerate(template.activities) if one.kind == "duty"]
    for index, activity in duties:
        at: Where = ("activities", index)
        yield from _cadence(template, at, activity)
        yield from _people(template, at, activity)
        yield from _done(template, at, activity)
        yield from _invited(at, activity)
        yield from of_the_host(template, at, activity)
    ticked = any(one.tick for _, one in duties)
    courses = {one.key for one in template.activities if one.kind == SESSION}
    asked = [index for index, task in enumerate(template.tasks) if task.do.tick and task.do.tick not in courses]
    for index in asked:
        yield from _task(template, index, ticked=ticked)
    for index, task in enumerate(template.tasks):
        if task.missed and task.missed.counts and index not in asked:
            yield Fault(("tasks", index, "missed", "counts"), "only duties are counted; name under `tell` who is told.")
    if ticked and not asked:
        first = next(index for index, one in duties if one.tick)
        yield Fault(("activities", first, "tick"), "nobody is asked: add a task with `do: {tick: week}`.")


def _cadence(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    at = (*at, "cadence")
    depends, each = by(activity.cadence), cases(activity.cadence)
    if isinstance(activity.cadence, str):
        each = {"": activity.cadence}
    elif depends not in {ROLE, CATEGORY}:
        yield Fault((*at, BY), "write `by: category` or `by: role`.")
    elif not each:
        yield Fault(at, f"say how often for each {depends}.")
    for case, word in each.items():
        if word and word not in CADENCES:
            yield Fault((*at, case) if case else at, f"'{word}' is none of: {', '.join(CADENCES)}.")
    known = _cases(template, activity, depends)
    for case in [case for case in each if depends and case not in known]:
        yield Fault((*at, case), f"'{case}' is no {depends} here; known: {', '.join(known) or 'none'}.")
    for case in [case for case in known if depends == ROLE and case not in each]:
        yield Fault(at, f"say how often for the role {case}.")
    for case in [case for case in known if depends == CATEGORY and each and case not in each]:
        yield Fault(at, f"say how often for schools of the category {case}; `{AS_NEEDED}` where it is never due.")


def _cases(template: Template, activity: Activity, depends: str) -> list[str]:
    if depends == ROLE:
        return [_role(who) for who in activity.who]
    return [one.key for one in template.categories.values] if template.categories else []


def _people(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    relations = [one for one in template.relations if one.key == activity.over]
    named = {_role(who) for who in activity.who}
    if activity.over and not relations:
        known = ", ".join(one.key for one in template.relations) or "none"
        yield Fault((*at, "over"), f"'{activity.over}' is no relation; declared: {known}.")
    elif relations and all(named != {one.from_role, one.to_role} for one in relations):
        both = " or ".join(f"[{one.from_role}, {one.to_role}]" for one in relations)
        yield Fault((*at, "who"), f"a duty over '{activity.over}' is of the two who stand in it: {both}.")
    strands = [entry.key for entry in template.entries(STRANDS)]
    if activity.strand and activity.strand not in strands:
        known = ", ".join(strands) or "none"
        yield Fault((*at, "strand"), f"'{activity.strand}' is no entry of the list `{STRANDS}`; declared: {known}.")


def _done(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    for name in _WINDOW:
        if getattr(activity, name):
            yield Fault((*at, name), f"a duty is laid out over the whole school year; leave `{name}` out.")
    if activity.purpose and not activity.hosted:
        said = "nobody is invited to a duty without hours, so nobody reads its purpose: leave it out."
        yield Fault((*at, "purpose"), said)
    if activity.pack and not activity.hosted:
        said = "nobody is invited to a duty without hours, so nobody gets what the host writes: leave it out."
        yield Fault((*at, "pack"), said)
    if activity.confidential not in {"", EXISTENCE_ONLY}:
        yield Fault((*at, "confidential"), f"'{activity.confidential}' is none of: {EXISTENCE_ONLY}.")
    if activity.tick not in {"", "weekly"}:
        yield Fault((*at, "tick"), f"'{activity.tick}' is none of: weekly.")
    if bool(activity.tick) == bool(activity.form):
        what = "say how it shows that it was done: `tick: weekly`, or the `form` that is filled in then."
        yield Fault((*at, "tick" if activity.tick else "kind"), what)
    form = template.form(activity.form) if activity.form else None
    if activity.form and (form is None or form.about != "school"):
        yield Fault((*at, "form"), f"'{activity.form}' is no form about a school.")
    words = [activity.cadence] if isinstance(activity.cadence, str) else [*cases(activity.cadence).values()]
    if activity.form and AS_NEEDED in words:
        yield Fault((*at, "form"), "what comes as needed is never due: leave the form out, and tick it.")
    yield from _kept_of_it(template, at, activity)


def _invited(at: Where, activity: Activity) -> Iterator[Fault]:
    """That a duty with hours is a visit to a school, seldom enough for an invitation to each of its days."""
    if not activity.starts and not activity.ends:
        return
    if not activity.starts or not activity.ends:
        name = "ends" if activity.starts else "starts"
        yield Fault((*at, name), "people are invited to a duty with hours: say when it begins and when it ends.")
    if activity.at != AT_SCHOOL:
        said = "people are invited to a duty where somebody comes to a school: write `at: school`, or leave hours out."
        yield Fault((*at, "starts"), said)
    if activity.confidential:
        yield Fault((*at, "starts"), "only that it took place may be kept of it: leave the hours out.")
    words = [activity.cadence] if isinstance(activity.cadence, str) else [*cases(activity.cadence).values()]
    if often := next((one for one in words if one in _TOO_OFTEN or one == AS_NEEDED), ""):
        said = f"nobody is invited to what comes {often.replace('-', ' ')}: leave the hours out."
        yield Fault((*at, "starts"), said)


def _kept_of_it(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    """That nothing can be written about a duty of which only its existence may be kept."""
    if activity.confidential != EXISTENCE_ONLY:
        return
    if activity.form:
        yield Fault((*at, "form"), "only that it took place may be kept of it: leave the form out.")
    for index, form in enumerate(template.forms):
        if form.about == activity.key:
            what = f"only that it took place may be kept of '{activity.key}': nothing can be written about it."
            yield Fault(("forms", index, "about"), what)


def _task(template: Template, index: int, *, ticked: bool) -> Iterator[Fault]:
    task, at = template.tasks[index], ("tasks", index)
    if task.do.tick != WEEK:
        said = f"write `tick: {WEEK}`, as duties are ticked off by weeks, or name a course of kind '{SESSION}'."
        yield Fault((*at, "do", "tick"), said)
    if task.opens != WEEK:
        yield Fault((*at, "opens"), f"write `opens: {WEEK}`: it is asked when a week of duties is over.")
    if task.who != ("attendees",):
        yield Fault((*at, "who"), "write `who: [attendees]`: everybody ticks off their own duties.")
    if not ticked:
        yield Fault((*at, "do", "tick"), "no duty has `tick: weekly`, so that there is nothing to tick off.")


def _role(who: str) -> str:
    try:
        return parse_reference(who).role
    except WrongReferenceError:
        return who
