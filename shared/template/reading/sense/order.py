"""Causes come before what they cause: no moment, form, task or round waits for itself, over however many steps."""

from collections.abc import Iterator

from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

_Node = str
_Causes = dict[_Node, tuple[Where, frozenset[_Node]]]


def faults(template: Template) -> Iterator[Fault]:
    """Each circle of waiting once, at the place where it is closed."""
    causes = _causes(template)
    told: set[frozenset[_Node]] = set()
    for node in causes:
        circle = _circle(node, causes)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            steps = " waits for ".join([*circle, circle[0]])
            yield Fault(causes[node][0], f"this never begins: {steps}.")


def _causes(template: Template) -> _Causes:
    """What each thing waits for. A form waits for the tasks that ask for it where nothing else opens it."""
    found: _Causes = {}
    for index, moment in enumerate(template.clock.moments):
        texts = [text for text in (moment.at, moment.opens, moment.closes) if text]
        found[f"moment {moment.key}"] = (("clock", "moments", index), _nodes(template, texts))
    for index, task in enumerate(template.tasks):
        found[f"task {task.key}"] = (("tasks", index, "opens"), _nodes(template, [task.opens]))
    for index, form in enumerate(template.forms):
        asked = frozenset(f"task {task.key}" for task in template.tasks if task.do.form == form.key)
        waits = _nodes(template, [form.after]) if form.after else frozenset()
        only_way = asked if len(asked) == 1 else frozenset()
        found[f"form {form.key}"] = (("forms", index, "key"), waits | only_way)
    for index, activity in enumerate(template.activities):
        found[f"activity {activity.key}"] = (("activities", index, "opens"), _nodes(template, [activity.opens]))
    for index, one in enumerate(template.matching):
        needed = [key for key in (one.people, one.things) if key]
        forms = frozenset(f"form {key}" for key in needed)
        found[f"round {one.key}"] = (("matching", index), forms | _nodes(template, list(one.begins)))
    return found


def _nodes(template: Template, texts: list[str]) -> frozenset[_Node]:
    sections = {
        "moment": {one.key for one in template.clock.moments},
        "activity": {one.key for one in template.activities},
        "round": {one.key for one in template.matching},
        "form": {one.key for one in template.forms},
        "task": {one.key for one in template.tasks},
    }
    found = set()
    for text in texts:
        instant = moment_in(text)
        if instant is None:
            continue
        kind = next((kind for kind, keys in sections.items() if instant.anchor in keys), None)
        if kind is not None:
            found.add(f"{kind} {instant.anchor}")
    return frozenset(found)


def _circle(start: _Node, causes: _Causes) -> list[_Node]:
    """A way from the node back to itself, or nothing."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for cause in sorted(causes.get(way[-1], ((), frozenset()))[1]):
            if cause == start:
                return way
            if cause not in seen:
                seen.add(cause)
                ways.append([*way, cause])
    return []
