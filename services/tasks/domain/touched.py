"""Which tasks of a template a fact can change, so that nothing else is looked at."""

from collections.abc import Iterable

from services.tasks.domain.dates import anchor_of, parsed
from services.tasks.domain.subjects import about_role
from shared.template import Moment, Task, Template, resolving
from shared.template.kinds import STATES, SUBJECTS

_GIVEN = frozenset({"school", "group", "visit", "event", "match", "action", "entry"})


def touched(template: Template, anchor: str) -> frozenset[str]:
    """The tasks that open, are due or remind by this anchor, also by way of the clock, or that ask for this form."""
    anchors = {anchor}
    while more := {one.key for one in template.clock.moments if anchors & _anchors(_texts(one))} - anchors:
        anchors |= more
    return frozenset(
        task.key
        for task in template.tasks
        if anchor in {task.do.kind_and_key()[1], task.when.field.partition(".")[0] if task.when else ""}
        or anchors & _anchors((task.opens, task.due, *task.remind))
    )


def forms_told_by_school(template: Template) -> frozenset[str]:
    """Forms that are not about a thing that is there before them: their entries are found by the school."""
    return frozenset(
        form.key
        for form in template.forms
        if about_role(form, template) or (form.about in SUBJECTS and form.about not in _GIVEN)
    )


def follows_tasks(template: Template) -> bool:
    """Whether a task opens by what becomes of another."""
    keys = {task.key for task in template.tasks}
    opening = [parsed(task.opens) for task in template.tasks]
    return any(one.anchor in keys and one.state in STATES["task"] for one in opening)


def roles_everywhere(template: Template) -> frozenset[str]:
    """The roles that tasks look for in the whole programme, not at one school."""
    return resolving.roles_everywhere((text for task in template.tasks for text in references(task)), template)


def references(task: Task) -> tuple[str, ...]:
    """Everybody whom the task names."""
    return (*task.who, *(task.missed.tell if task.missed else ()))


def _texts(moment: Moment) -> tuple[str, ...]:
    return moment.at, moment.opens, moment.closes


def _anchors(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(anchor for text in texts if text and (anchor := anchor_of(text)))
