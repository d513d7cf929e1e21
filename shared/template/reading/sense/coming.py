"""Moments that come: what can never happen to a thing, by what the template says of it, is waited for in vain."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.counting import is_counted
from shared.template.forms import Form
from shared.template.kinds import AGREED, OFFERED, PAIRINGS
from shared.template.moments import Instant, moment_in
from shared.template.reading.faults import Fault
from shared.template.reading.sense.walk import written_in
from shared.template.tasks import Task
from shared.template.template import Template
from shared.template.variables import section_of
from shared.template.words import MOMENT

_WHOLE = frozenset({"programme", "cohort", "entry", "action"})


def faults(template: Template) -> Iterator[Fault]:
    """States to which nothing that is declared ever comes; in tasks also those that no task hears of."""
    for at, text in written_in(MOMENT, template):
        instant = moment_in(text)
        if instant is None or not instant.state:
            continue
        form = template.form(instant.anchor) if section_of(template, instant) == "form" else None
        why = _of_form(form, instant.state) or _of_activity(template, instant)
        if not why and at[0] == "tasks":
            why = _in_a_task(template, template.tasks[int(at[1])], instant)
        if why:
            yield Fault(at, f"'{text}' never comes: {why}")


def _of_form(form: Form | None, state: str) -> str:
    if form is None:
        return ""
    if is_counted(form):
        only = f"answers of '{form.key}' are only counted; of it there is '{form.key}.submitted'."
        return only if state != "submitted" else ""
    return {
        "changes-asked": "" if form.sign_off else f"nobody agrees to '{form.key}'; give it a `sign_off`.",
        "released": ""
        if form.release
        else f"nobody reads '{form.key}' later; give it a `release`, or wait for "
        f"'{form.key}.{'agreed' if form.sign_off else 'submitted'}'.",
        "answered": "" if form.answered else f"nobody answers '{form.key}' line by line; give it `answered`.",
    }.get(state, "")


def _of_activity(template: Template, instant: Instant) -> str:
    activity = template.activity(instant.anchor)
    if activity is not None and instant.state == OFFERED and not _offers(activity):
        return f"everybody has a place in '{activity.key}': give it `sign_up` or `picking`, or write '.invited'."
    if activity is None or instant.state != "agreed" or activity.kind in AGREED:
        return ""
    return f"nobody agrees on the days of a {activity.kind}; write '{activity.key}.dated'."


def _offers(activity: Activity) -> bool:
    """Whether people tick the dates of a course, or sign up for it."""
    asks = activity.attendance
    return activity.sign_up or activity.picking or bool(asks and asks.every_date)


def _in_a_task(template: Template, task: Task, instant: Instant) -> str:
    """What is not heard of where tasks are asked, or ends what would be asked."""
    key, state = instant.anchor, instant.state
    if any(one.key == key for one in template.tasks) and state == "reminded":
        return f"a task hears when another is asked, done or missed; write '{key}.asked' with days after it."
    report = next((one for one in template.reports if one.key == key), None)
    if report is not None and report.about in _WHOLE and template.form(key) is None:
        return f"'{key}' is about no school; a task about it opens at a moment of the clock."
    return _of_a_date(template, task, instant) or _of_a_round(template, instant)


def _of_a_date(template: Template, task: Task, instant: Instant) -> str:
    activity = template.activity(instant.anchor)
    if activity is None:
        return ""
    if instant.state == "cancelled":
        return "what is cancelled asks nothing of anybody; a mail of your own can tell its people."
    form = template.form(task.do.form or "")
    of_the_placement = bool(task.do.choose) or (form is not None and form.about not in {"visit", "event", activity.key})
    if activity.kind in AGREED and of_the_placement and instant.state in {"dated", "invited", "moved", "changed"}:
        return f"a task about the placement is asked on '{activity.key}.agreed' or '{activity.key}.held'."
    return ""


def _of_a_round(template: Template, instant: Instant) -> str:
    one = next((one for one in template.matching if one.key == instant.anchor), None)
    if one is None or one.kind == "groups":
        return ""
    if instant.state == "changed":
        return f"a task hears of '{one.key}.published', also of whoever is placed or paired later."
    if instant.state == "closed" and one.kind in PAIRINGS:
        return f"nobody closes a round of {one.kind}; write '{one.key}.published'."
    return ""
