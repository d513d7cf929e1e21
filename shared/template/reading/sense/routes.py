"""Categories that a form decides, and tasks that only some schools owe: by category, or because they have a group."""

from collections.abc import Iterator

from shared.template.reading.faults import Fault, Where
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Forms that cannot decide, and tasks of categories or rounds that there are not."""
    values = [one.key for one in template.categories.values] if template.categories else []
    if template.categories and template.categories.told_by:
        yield from _told(template, ("categories", "told_by"), values)
    for index, task in enumerate(template.tasks):
        for place, key in enumerate(task.only):
            if key not in values:
                known = ", ".join(values) or "none"
                yield Fault(("tasks", index, "only", place), f"'{key}' is no category of schools; declared: {known}.")
        rounds = [one.key for one in template.matching if one.kind == "groups"]
        if task.placed and task.placed not in rounds:
            known = ", ".join(rounds) or "none"
            yield Fault(("tasks", index, "placed"), f"'{task.placed}' is no round of groups; declared: {known}.")


def _told(template: Template, at: Where, values: list[str]) -> Iterator[Fault]:
    categories = template.categories
    text, decides = (categories.told_by, categories.decided_by) if categories else ("", "")
    key, _, name = text.partition(".")
    form = template.form(key)
    field = form.field(name) if form else None
    if form is None or field is None:
        yield Fault(at, f"'{text}' is no field; write form.field.")
        return
    if form.about != "school" or not field.told or field.kind != "choice":
        yield Fault(at, f"'{text}' must be a told choice of a form about a school.")
    strange = [one.key for one in field.choices if one.key not in values]
    if strange or not field.choices:
        said = f"'{strange[0]}' is no category" if strange else "its categories are missing"
        yield Fault(at, f"{said}: the answers to '{text}' are categories of schools, under its `choices`.")
    if form.by != (decides,):
        yield Fault(at, f"whoever fills in '{key}' decides: write the same role under its `by` and `decided_by`.")
