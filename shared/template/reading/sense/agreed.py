"""Days that people agree: they belong to a placement, begin with something that happens to it, and can be counted."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.kinds import AGREED
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

_ABOUT_A_PLACEMENT = frozenset({"match", "visit", "event"})


def faults(template: Template) -> Iterator[Fault]:
    """Activities without a placement, windows that nothing about one opens, numbers that nobody tells."""
    rounds = [one for one in template.matching if one.kind == "placements"]
    for index, activity in enumerate(template.activities):
        if activity.kind not in AGREED:
            continue
        at: Where = ("activities", index)
        if not rounds:
            yield Fault(
                (*at, "kind"), f"a {activity.kind} is of somebody who is placed; declare a round of placements."
            )
        for name in ("opens", "closes"):
            if (anchor := _anchor(getattr(activity, name))) and not _is_heard(template, anchor):
                what = f"'{anchor}' tells nothing of a placement: name a day, a round, or a form about a match."
                yield Fault((*at, name), what)
        yield from of_the_host(template, at, activity)
        if activity.as_many_as:
            yield from _counted(template, (*at, "as_many_as"), activity)


def of_the_host(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    """A pack that is not about the school that people come to."""
    pack = template.form(activity.pack) if activity.pack else None
    if pack is not None and pack.about != "school":
        what = f"a host writes it for all who come: '{pack.key}' must be `about: school`, by people of that school."
        yield Fault((*at, "pack"), what)


def _counted(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    form_key, _, key = activity.as_many_as.rpartition(".")
    form = template.form(form_key)
    field = form.field(key) if form else None
    if field is None:
        yield Fault(at, f"'{activity.as_many_as}' is no field; write form.field.")
        return
    if field.kind != "number" or not field.told:
        yield Fault(at, f"'{activity.as_many_as}' must be of kind number, with `told: true`.")
    if not any(form_key in {one.things, one.people} for one in template.matching):
        yield Fault(at, f"no round places anything that '{form_key}' names.")


def _anchor(text: str) -> str:
    instant = moment_in(text)
    return instant.anchor if instant else ""


def _is_heard(template: Template, anchor: str) -> bool:
    """Whether it is a moment of the clock, a round, a form about a placement or its days, or another such activity."""
    if template.clock.moment(anchor) or any(one.key == anchor for one in template.matching):
        return True
    other = template.activity(anchor)
    form = template.form(anchor)
    return bool(other and other.kind in AGREED) or bool(form and form.about in _ABOUT_A_PLACEMENT)
