"""Keys: each declared once, and every mention of one is of something declared."""

import difflib
from collections.abc import Collection, Iterable, Iterator

from shared.template.forms import Form
from shared.template.kinds import CALL, RECOGNISE, SUBJECTS
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.references import FUNCTIONS, SCOPES
from shared.template.template import Template
from shared.template.words import Condition

_SECTIONS = ("roles", "lists", "matching", "activities", "forms", "polls", "tasks", "reports", "mails")
_ANCHORS = ("matching", "activities", "forms", "tasks", "reports")
"""Sections whose keys stand in moments: one key must mean one thing."""


def faults(template: Template) -> Iterator[Fault]:
    """Keys given twice, reserved, or mentioned without being declared."""
    for section in _SECTIONS:
        yield from _twice(section, [declared.key for declared in getattr(template, section)])
    relations = [f"{one.key} from {one.from_role} to {one.to_role}" for one in template.relations]
    yield from _twice("relations", relations)
    if template.categories:
        yield from _twice("categories", [one.key for one in template.categories.values], "values")
    yield from _twice("clock", [moment.key for moment in template.clock.moments], "moments")
    yield from _ambiguous(template)
    for index, role in enumerate(template.roles):
        if role.key in FUNCTIONS or role.key in SCOPES:
            yield Fault(
                ("roles", index, "key"), f"'{role.key}' has a meaning of its own; call the role something else."
            )
    yield from _also_called(template)
    for index, form in enumerate(template.forms):
        yield from _fields_twice(index, form)
    yield from _mentions(template)


def _twice(section: str, keys: list[str], inner: str = "") -> Iterator[Fault]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            at: Where = (section, inner, index, "key") if inner else (section, index, "key")
            yield Fault(at, f"'{key}' is declared twice.")


def _ambiguous(template: Template) -> Iterator[Fault]:
    owner: dict[str, str] = {moment.key: "clock" for moment in template.clock.moments}
    for section in _ANCHORS:
        for index, declared in enumerate(getattr(template, section)):
            if section == "activities" and declared.kind in {"duty", CALL}:
                continue  # no moment is of a duty or call
            other = owner.setdefault(declared.key, section)
            if other != section and not {other, section} <= {"forms", "tasks", "reports"}:
                what = f"'{declared.key}' is a key under {other}, too; in a moment nobody could tell which is meant."
                yield Fault((section, index, "key"), what)


def _also_called(template: Template) -> Iterator[Fault]:
    """Roles called like something that a form can be about; relations called like a role or form."""
    things = {
        **{form.key: "forms" for form in template.forms},
        **{one.key: "activities" for one in template.activities},
    }
    for index, role in enumerate(template.roles):
        if not role.of and (role.key in things or role.key in SUBJECTS):
            other = f"a key under {things[role.key]}" if role.key in things else "a subject of its own"
            what = (
                f"'{role.key}' is {other}, too: nobody could tell what a form is about. Call the role something else."
            )
            yield Fault(("roles", index, "key"), what)
    people = {role.key for role in template.roles} | {form.key for form in template.forms}
    for index, relation in enumerate(template.relations):
        if relation.key in people:
            what = f"'{relation.key}' is a role or form, too: in a reference nobody could tell which is meant."
            yield Fault(("relations", index, "key"), what)


def _fields_twice(index: int, form: Form) -> Iterator[Fault]:
    keys = [field.key for field in form.fields]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield Fault(("forms", index, "fields", place, "key"), f"'{key}' is asked twice in this form.")


def _mentions(template: Template) -> Iterator[Fault]:
    forms = [form.key for form in template.forms]
    activities = [activity.key for activity in template.activities]
    for index, role in enumerate(template.roles):
        plain = [other.key for other in template.roles if not other.of]
        yield from _known(("roles", index, "of"), role.of, plain, "role")
    for index, task in enumerate(template.tasks):
        yield from _task(template, index, *task.do.kind_and_key())
        count = sum(value is not None for value in task.do.model_dump().values())
        if count != 1:
            yield Fault(
                ("tasks", index, "do"),
                "name one thing to do: form, answer, agree, introduce, choose, confirm, tick, catch_up or roll.",
            )
    subjects = [*SUBJECTS, *_persons(template), *forms, *activities]
    for index, form in enumerate(template.forms):
        yield from _known(("forms", index, "about"), (form.about,), subjects, "subject, role or form")
        for place, field in enumerate(form.fields):
            at: Where = ("forms", index, "fields", place)
            written = forms if field.kind != RECOGNISE else _texts(template)
            yield from _known((*at, "source"), (field.source,) if field.source else (), written, "form")
            yield from _known((*at, "of"), (field.of,) if field.of else (), _choices(template, form), "list or form")
    for index, activity in enumerate(template.activities):
        reports = [report.key for report in template.reports]
        yield from _known(("activities", index, "papers"), activity.papers, reports, "report")
        for name in ("pack", "asks"):
            key = getattr(activity, name)
            yield from _known(("activities", index, name), (key,) if key else (), forms, "form")
        windows = [moment.key for moment in template.clock.moments if moment.opens]
        yield from _known(("activities", index, "during"), activity.during, windows, "window of the clock")
    for at, part in parts(template):
        if isinstance(part, Condition):
            yield from _condition(template, at, part)
    yield from _rounds(template, forms)
    yield from _reports(template, forms, activities)


def _texts(template: Template) -> list[str]:
    """Questions that take a text, by form and key."""
    return [f"{form.key}.{field.key}" for form in template.forms for field in form.fields if field.kind == "text"]


def _persons(template: Template) -> list[str]:
    """Roles in which somebody can be what a thing is about; a set of roles is nobody's."""
    return [role.key for role in template.roles if not role.of]


def _task(template: Template, index: int, kind: str, key: str) -> Iterator[Fault]:
    forms, activities = [form.key for form in template.forms], [activity.key for activity in template.activities]
    own = {"answer": [*activities, *forms], **dict.fromkeys(("choose", "catch_up", "roll"), activities)}
    known = {"form": forms, "agree": forms, "introduce": forms, **own}.get(kind)
    if known is not None:
        yield from _known(("tasks", index, "do", kind), (key,), known, "form or activity")


def _choices(template: Template, form: Form) -> list[str]:
    lists = [listed.key for listed in template.lists]
    own = [f"{other.key}.{field.key}" for other in template.forms for field in other.fields]
    doings = [f"{activity.key}.doings" for activity in template.activities]
    return [*lists, *(other.key for other in template.forms), *own, *(field.key for field in form.fields), *doings]


def _condition(template: Template, at: Where, condition: Condition) -> Iterator[Fault]:
    form, dot, field = condition.field.partition(".")
    if not dot:
        inside = at[:2] if at and at[0] == "forms" else ()
        own = template.forms[int(inside[1])] if inside else None
        known = [one.key for one in own.fields] if own else []
        yield from _known((*at, "field"), (condition.field,), known, "field of this form")
        return
    yield from _known(
        (*at, "field"),
        (condition.field,),
        [f"{one.key}.{asked.key}" for one in template.forms for asked in one.fields],
        f"field of the form {form}" if field else "field",
    )


def _rounds(template: Template, forms: list[str]) -> Iterator[Fault]:
    fields = [f"{form.key}.{field.key}" for form in template.forms for field in form.fields]
    for index, one in enumerate(template.matching):
        for name in ("people", "things"):
            key = getattr(one, name)
            yield from _known(("matching", index, name), (key,) if key else (), forms, "form")
        yield from _known(("matching", index, "wishes"), (one.wishes,) if one.wishes else (), fields, "field")


def _reports(template: Template, forms: list[str], activities: list[str]) -> Iterator[Fault]:
    subjects = [*SUBJECTS, *_persons(template)]
    for index, report in enumerate(template.reports):
        yield from _known(("reports", index, "about"), (report.about,), subjects, "subject or role")
        release = (report.release_of,) if report.release_of else ()
        yield from _known(("reports", index, "release_of"), release, forms, "form")
        for place, block in enumerate(report.blocks):
            at: Where = ("reports", index, "blocks", place)
            yield from _known((*at, "form"), (block.form,) if block.form else (), forms, "form")
            yield from _known((*at, "activity"), (block.activity,) if block.activity else (), activities, "activity")
            form = template.form(block.form) if block.form else None
            if form is not None and block.field:
                yield from _known((*at, "field"), (block.field,), [one.key for one in form.fields], "field of the form")


def _known(at: Where, mentioned: Iterable[str], known: Collection[str], what: str) -> Iterator[Fault]:
    for key in mentioned:
        if key not in known:
            near = difflib.get_close_matches(key, list(known), n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"declared: {', '.join(sorted(known)[:20]) or 'none'}."
            yield Fault(at, f"'{key}' is no {what}; {hint}")
