"""Everything declared can be reached: what a form is about happens, roles are filled, what is agreed was asked."""

from collections.abc import Iterator

from shared.template.forms import Form
from shared.template.kinds import AGREED, NAMING
from shared.template.reading.faults import Fault, Where
from shared.template.tasks import Task
from shared.template.template import Template

_HAPPENS = {
    "visit": ("visit", "agreed-visit"),
    "event": ("cohort-event", "meeting", "session"),
}
"""Subject -> the kinds of activity that bring it about."""
_ROUNDS = {
    "group": ("groups",),
    "cohort": ("groups",),
    "match": ("placements",),
    "pair": ("pairs", "rings", "neighbours"),
}


def faults(template: Template) -> Iterator[Fault]:
    """What never happens or is never shown, roles that nobody is named for, tasks that can never be done."""
    yield from _dated(template)
    yield from _listed(template)
    for index, form in enumerate(template.forms):
        yield from _form(template, ("forms", index), form)
    for index, role in enumerate(template.roles):
        if role.later and not _named_by_a_form(template, role.key):
            what = f"no form about a {role.key} asks for a person, and none asks for '{role.key}': nobody is named."
            yield Fault(("roles", index, "later"), what)
    for index, task in enumerate(template.tasks):
        yield from _task(template, ("tasks", index), task)


def _dated(template: Template) -> Iterator[Fault]:
    """Dates of a cohort and of its groups, where nobody is grouped."""
    if any(one.kind == "groups" for one in template.matching):
        return
    instead = {
        "visit": "Days that people agree on are of kind 'agreed-visit'.",
        "cohort-event": "A day for everybody is of kind 'session'.",
    }
    for index, activity in enumerate(template.activities):
        if activity.kind in instead:
            what = f"a {activity.kind} is dated for groups: declare a round of groups. {instead[activity.kind]}"
            yield Fault(("activities", index, "kind"), what)


def _listed(template: Template) -> Iterator[Fault]:
    """Lists from which nobody chooses, and to which nothing belongs."""
    fields = [field for form in template.forms for field in form.fields]
    used = {field.of for field in fields}
    used |= {route.of for activity in template.activities for route in activity.routes}
    if (
        template.enrolment.strengths
        or template.enrolment.needs
        or any(field.kind in {"topic", "topics"} and not field.of for field in fields)
    ):
        used.add("topics")
    if any(activity.strand for activity in template.activities):
        used.add("strands")
    for index, one in enumerate(template.lists):
        if one.key not in used:
            yield Fault(("lists", index), f"nobody chooses from '{one.key}': name it under `of` in a question.")


def _form(template: Template, at: Where, form: Form) -> Iterator[Fault]:
    if missing := _missing(template, form):
        yield Fault((*at, "about"), f"nobody can reach this form: {missing}.")
    if not form.fields:
        yield Fault(at, "a form asks at least one question under `fields`.")
    if form.release is not None and form.release.by and not form.release.to and not form.release.also:
        yield Fault((*at, "release"), "name under `to` who may read it.")


def _task(template: Template, at: Where, task: Task) -> Iterator[Fault]:
    activity = template.activity(task.do.choose) if task.do.choose else None
    if activity is not None and activity.kind not in AGREED:
        yield Fault((*at, "do", "choose"), f"the days of a {activity.kind} are not chosen by people.")
    if task.each and not _is_action_plan(template, task.each):
        yield Fault((*at, "each"), f"no form has a field '{task.each}' of kind actions.")
    form = template.form(task.do.agree) if task.do.agree else None
    if form is not None and form.sign_off is None:
        yield Fault((*at, "do", "agree"), f"the form {form.key} has no sign_off, so nobody agrees to it.")


def _missing(template: Template, form: Form) -> str:
    about = form.about
    if about in _HAPPENS and not any(one.kind in _HAPPENS[about] for one in template.activities):
        return f"it is about a {about}, and no activity of kind {' or '.join(_HAPPENS[about])} is declared"
    if about in _ROUNDS and not any(one.kind in _ROUNDS[about] for one in template.matching):
        return f"it is about a {about}, and no round of kind {' or '.join(_ROUNDS[about])} is declared"
    if about == "action" and not any(field.kind == "actions" for one in template.forms for field in one.fields):
        return "it is about an action, and no form has a field of kind actions"
    return ""


def _named_by_a_form(template: Template, role: str) -> bool:
    """Whether a form about that role asks for a person, or any form asks for a person under the role's key."""
    return any(
        field.kind in NAMING and role in {form.about, field.key} for form in template.forms for field in form.fields
    )


def _is_action_plan(template: Template, key: str) -> bool:
    return any(field.key == key and field.kind == "actions" for form in template.forms for field in form.fields)
