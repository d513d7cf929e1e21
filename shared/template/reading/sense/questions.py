"""Questions: each can be answered, each choice is there once, and what depends on an answer can come about."""

from collections.abc import Collection, Iterator

from shared.template.answers import choices, columns
from shared.template.forms import Form, FormField
from shared.template.kinds import FIELDS
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.template import Template
from shared.template.words import Condition, Rule

_CHOSEN = frozenset({"choice", "several"})
_COUNTED_BY_RULE = frozenset({"lines", "several", "rank", "topics", "evidence", "actions"})
_ASKED_BY_CONDITION = frozenset(
    {"choice", "several", "yes-no", "agreement", "topic", "topics", "rank", "number", "day"}
)
_SEVERAL = _COUNTED_BY_RULE | {"people", "recognise"}
"""Kinds of question of which `most` counts answers."""
_ROWS = frozenset({"lines", "evidence", "actions"})


def faults(template: Template) -> Iterator[Fault]:
    """Questions that cannot be answered, rules and conditions that never hold, lists that offer nothing."""
    for index, form in enumerate(template.forms):
        at: Where = ("forms", index)
        for place, field in enumerate(form.fields):
            yield from _field(form, (*at, "fields", place), field, form.fields[:place])
        for place, rule in enumerate(form.rules):
            yield from _rule(form, (*at, "rules", place), rule)
        if form.offline and form.together:
            said = "what several people write together is not kept on one phone: leave one of the two out."
            yield Fault((*at, "offline"), f"`offline` and `together`: {said}")
    for at, part in parts(template):
        if isinstance(part, Condition):
            yield from _condition(template, at, part)
    for index, listed in enumerate(template.lists):
        if not listed.entries:
            yield Fault(("lists", index, "entries"), "a list has one entry at least.")
        yield from _twice(("lists", index, "entries"), [one.key for one in listed.entries])
        yield from _twice(("lists", index, "stages"), [one.key for one in listed.stages])


def _field(form: Form, at: Where, field: FormField, before: Collection[FormField]) -> Iterator[Fault]:
    if field.kind not in FIELDS:
        return
    if field.choices and field.of:
        yield Fault((*at, "of"), "the choices stand here, or are those of something else: leave one of the two out.")
    if field.kind in _CHOSEN and not field.choices and not field.of:
        yield Fault(at, f"nothing can be chosen: a question of kind {field.kind} has `choices`, or names them by `of`.")
    if field.kind == "level" and not field.of:
        yield Fault(at, "say of what a level is asked: `of` is a list, or the question that names the things.")
    yield from _twice((*at, "choices"), [one.key for one in field.choices])
    if field.least is not None and field.most is not None and field.least > field.most:
        yield Fault((*at, "most"), f"at most {field.most:g} is less than {field.least:g}.")
    if field.most is not None and field.kind in _SEVERAL and not (field.most >= 1 and field.most == int(field.most)):
        yield Fault((*at, "most"), f"{field.most:g} is no number of answers: at most one or more can be given.")
    found = columns(field)
    if len(set(found)) < len(found):
        yield Fault((*at, "columns"), "each column has a name of its own; 'text' is the line itself.")
    other = field.shown_if.field if field.shown_if else ""
    if other and "." not in other and form.field(other) and other not in {one.key for one in before}:
        said = f"'{other}' is asked later, so that nobody could tell: put it before '{field.key}'."
        yield Fault((*at, "shown_if", "field"), said)


def _rule(form: Form, at: Where, rule: Rule) -> Iterator[Fault]:
    name = "of" if rule.of else "field"
    asked = form.field(rule.of or rule.field)
    if rule.rule in {"least", "most"}:
        if asked is None or asked.kind not in _COUNTED_BY_RULE:
            known = ", ".join(one.key for one in form.fields if one.kind in _COUNTED_BY_RULE) or "none"
            said = f"'{rule.of}' is no question of this form with several answers; there is: {known}."
            yield Fault((*at, name), said)
        if rule.or_reason:
            yield Fault((*at, "or_reason"), "a form is sent when its rules are kept: no reason stands instead.")
    elif rule.rule == "achievable-by" and (asked is None or asked.kind != "day"):
        known = ", ".join(one.key for one in form.fields if one.kind == "day") or "none"
        yield Fault((*at, "field"), f"'{rule.field}' is no day in this form; there is: {known}.")


def _condition(template: Template, at: Where, condition: Condition) -> Iterator[Fault]:
    """That it waits for an answer that nobody can give."""
    field = _asked(template, at, condition.field)
    if field is None or field.kind not in FIELDS:
        return
    if field.kind not in _ASKED_BY_CONDITION:
        yield Fault((*at, "field"), f"'{condition.field}' is {field.kind}: nothing can hang on what it says.")
        return
    known = choices(field, template)
    for place, one in enumerate(condition.equals if known else ()):
        if known and one not in known:
            said = f"'{one}' is no answer to '{condition.field}'; there is: {', '.join(known)}."
            yield Fault((*at, "equals", place) if "equals" in condition.model_fields_set else at, said)


def _asked(template: Template, at: Where, text: str) -> FormField | None:
    form, dot, key = text.partition(".")
    if dot:
        found = template.form(form)
        return found.field(key) if found else None
    return template.forms[int(at[1])].field(text) if at[0] == "forms" else None


def _twice(at: Where, keys: list[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield Fault((*at, place, "key"), f"'{key}' is here twice.")
