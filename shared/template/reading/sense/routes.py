"""Categories that a form decides; tasks, parts of reports and courses that are of some schools alone: their route."""

from collections.abc import Iterator

from shared.template.activities import Activity, Route
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

_OF_MANY = frozenset({"programme", "cohort", "group"})


def faults(template: Template) -> Iterator[Fault]:
    """Forms that cannot decide, and tasks of categories or rounds that there are not."""
    values = [one.key for one in template.categories.values] if template.categories else []
    if template.categories and template.categories.told_by:
        yield from _told(template, ("categories", "told_by"), values)
    if template.categories and template.categories.own_view:
        yield from _own_view(template, ("categories", "own_view"), template.categories.own_view)
    for index, task in enumerate(template.tasks):
        yield from _known(("tasks", index, "only"), task.only, values)
        rounds = [one.key for one in template.matching if one.kind == "groups"]
        if task.placed and task.placed not in rounds:
            known = ", ".join(rounds) or "none"
            yield Fault(("tasks", index, "placed"), f"'{task.placed}' is no round of groups; declared: {known}.")
    for index, report in enumerate(template.reports):
        for place, block in enumerate(report.blocks):
            at: Where = ("reports", index, "blocks", place, "only")
            yield from _known(at, block.only, values)
            if block.only and report.about in _OF_MANY:
                yield Fault(at, f"a report about a {report.about} is about no one school; leave it out.")
    for index, activity in enumerate(template.activities):
        for place, route in enumerate(activity.routes):
            yield from _route(template, ("activities", index, "routes", place), activity, route, values)


def _route(template: Template, at: Where, activity: Activity, route: Route, values: list[str]) -> Iterator[Fault]:
    yield from _known((*at, "only"), route.only, values)
    twice = [key for key in route.only if activity.route(key) is not route]
    if twice:
        yield Fault((*at, "only"), f"schools in '{twice[0]}' go another way already; a category has one route.")
    themes = [entry.key for entry in template.entries(route.of)]
    for place, key in enumerate(route.themes):
        if key not in themes:
            known = ", ".join(themes) or "none"
            yield Fault((*at, "themes", place), f"'{key}' is no entry of the list '{route.of}'; its entries: {known}.")
    if len(route.themes) != len(activity.during):
        said = f"{len(route.themes)} themes for {len(activity.during)} windows: one each."
        yield Fault((*at, "themes"), said)


def _known(at: Where, keys: tuple[str, ...], values: list[str]) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if key not in values:
            known = ", ".join(values) or "none"
            yield Fault((*at, place), f"'{key}' is no category of schools; declared: {known}.")


def _own_view(template: Template, at: Where, text: str) -> Iterator[Fault]:
    key, _, name = text.partition(".")
    form = template.form(key)
    field = form.field(name) if form else None
    if form is None or field is None:
        yield Fault(at, f"'{text}' is no field; write form.field.")
    elif form.about != "school" or not field.told or field.kind != "choice":
        yield Fault(at, f"'{text}' must be a told choice of a form about a school.")


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
