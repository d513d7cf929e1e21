"""Whoever is asked may do it: fill in the form, agree to its entries, answer their lines."""

from collections.abc import Iterator

from shared.template.forms import Form
from shared.template.reading.faults import Fault
from shared.template.references import SCOPES, Reference, WrongReferenceError, parse_reference
from shared.template.template import Template

_APART = frozenset({"host", "guest"})
"""Scopes that never mean the same people."""


def faults(template: Template) -> Iterator[Fault]:
    """Tasks whose people have no part in what they are asked for, so that it stays undone."""
    for index, task in enumerate(template.tasks):
        do, key = task.do.kind_and_key()
        form = template.form(key)
        setting, may = _may(form, do) if form else ("", ())
        named = [_plain(text, template) for text in may]
        if not named or None in named:
            continue
        for place, who in enumerate(task.who):
            one = _plain(who, template)
            if one is not None and not any(other and _meet(one, other, template) for other in named):
                listed = ", ".join(f"'{text}'" for text in may)
                said = f"'{who}' may not do it: `{setting}` of the form '{key}' names {listed}."
                yield Fault(("tasks", index, "who", place), said)


def _may(form: Form, do: str) -> tuple[str, tuple[str, ...]]:
    """The setting that says who may, and whom it names."""
    if do == "form":
        return "by", form.by
    if do == "agree" and form.sign_off:
        return "sign_off", (form.sign_off.by,)
    if do == "answer" and form.answered:
        return "answered", (form.answered.by,)
    return "", ()


def _plain(text: str, template: Template) -> Reference | None:
    """A reference to those who hold a declared role; None for people who are found in another way."""
    try:
        one = parse_reference(text)
    except WrongReferenceError:
        return None
    declared = any(role.key == one.role for role in template.roles)
    return one if declared and one.scope in SCOPES and not one.relation else None


def _meet(one: Reference, other: Reference, template: Template) -> bool:
    """Whether somebody could be meant by both."""
    apart = {one.scope, other.scope} == _APART
    return not apart and bool(set(template.roles_of(one.role)) & set(template.roles_of(other.role)))
