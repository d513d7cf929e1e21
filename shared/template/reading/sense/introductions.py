"""Introductions: who is introduced is named in the form, is asked by a task if by any, and is nobody's role by it."""

from collections.abc import Iterator

from shared.template.forms import Form
from shared.template.kinds import INTRODUCING
from shared.template.moments import moment_in
from shared.template.naming import named_roles
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import written_in
from shared.template.tasks import Task
from shared.template.template import Template
from shared.template.words import PEOPLE

NAMED, INTRODUCED = INTRODUCING
LEAST = 2


def faults(template: Template) -> Iterator[Fault]:
    """Introductions of fewer than two, or of people in a role; tasks and moments that are of none."""
    for index, form in enumerate(template.forms):
        yield from _form(template, ("forms", index), form)
    for index, task in enumerate(template.tasks):
        yield from _task(template, ("tasks", index), task)
        yield from _moments(template, ("tasks", index), task)
    for at, text in written_in(PEOPLE, template):
        if text == INTRODUCED and not _asks(template, at):
            yield Fault(at, f"'{INTRODUCED}' are asked by a task with `do: {{introduce: ...}}`, named nowhere else.")


def _form(template: Template, at: Where, form: Form) -> Iterator[Fault]:
    if form.introduces is None:
        return
    here, roles = (*at, "introduces", "of"), named_roles(form, template)
    if len(set(form.introduces.of)) < LEAST:
        yield Fault(here, "name two questions for a person at least: they are introduced to one another.")
    for place, key in enumerate(form.introduces.of):
        field = form.field(key)
        if field is None or field.kind != "person":
            known = ", ".join(one.key for one in form.fields if one.kind == "person") or "none"
            yield Fault((*here, place), f"'{key}' is no question for a person in this form; there is: {known}.")
        elif key in roles:
            said = f"whoever is named under '{key}' becomes a {roles[key]}: call the question something else."
            yield Fault((*here, place), said)
        elif not field.required or field.shown_if is not None:
            yield Fault((*here, place), f"'{key}' must be answered: nobody is introduced to nobody.")


def _task(template: Template, at: Where, task: Task) -> Iterator[Fault]:
    form = template.form(task.do.introduce) if task.do.introduce else None
    if form is None:
        return
    if form.introduces is None:
        yield Fault((*at, "do", "introduce"), f"the form {form.key} has no `introduces`, so nobody is asked by it.")
    if task.who != (INTRODUCED,):
        yield Fault((*at, "who"), f"whoever is introduced says so alone: write `who: [{INTRODUCED}]`.")
    if task.together:
        yield Fault((*at, "together"), "each says for themselves whether they want to be introduced: leave it out.")
    if task.opens != f"{form.key}.{NAMED}":
        said = f"people can say so once it is known who they are: write `opens: {form.key}.{NAMED}`."
        yield Fault((*at, "opens"), said)


def _moments(template: Template, at: Where, task: Task) -> Iterator[Fault]:
    """That a form without introductions never comes to those states."""
    for name, text in (("opens", task.opens), ("due", task.due)):
        instant = moment_in(text)
        form = template.form(instant.anchor) if instant else None
        if instant and form is not None and form.introduces is None and instant.state in INTRODUCING:
            yield Fault((*at, name), f"'{text}' never comes: the form {form.key} introduces nobody.")


def _asks(template: Template, at: Where) -> bool:
    return at[0] == "tasks" and at[2] == "who" and bool(template.tasks[int(at[1])].do.introduce)
