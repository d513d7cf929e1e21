"""Forms whose answers are only counted: what they ask can be counted, nothing says whose it is; rubrics are whole."""

from collections.abc import Iterator

from shared.template.counting import COUNTS_ONLY, is_counted
from shared.template.forms import Form
from shared.template.kinds import COUNTED
from shared.template.reading.faults import Fault, Where
from shared.template.template import Listed, Template

_ONLY_COUNTED = ("least_shown", "by_role", "once_a_person", "paired", "shared_link", "repeat")
_FIT = frozenset({"key", "title", "intro", "by", "about", "after", "fields", "rules", "confidential", *_ONLY_COUNTED})
_TELLS = tuple(name for name in Form.model_fields if name not in _FIT)
"""Settings that need somebody to see, keep or change an answer as somebody's."""


def faults(template: Template) -> Iterator[Fault]:
    """Settings and questions that do not go with counting, and settings of counting where nothing is counted."""
    for index, form in enumerate(template.forms):
        yield from _counted(("forms", index), form) if is_counted(form) else _others(("forms", index), form)
    for index, listed in enumerate(template.lists):
        yield from _rubric(("lists", index), listed)


def _counted(at: Where, form: Form) -> Iterator[Fault]:
    for name in _TELLS:
        if getattr(form, name) != type(form).model_fields[name].default:
            yield Fault((*at, name), f"answers of a {COUNTS_ONLY} form are nobody's: leave out `{name}`.")
    for place, field in enumerate(form.fields):
        here = (*at, "fields", place)
        if field.kind not in COUNTED:
            known = ", ".join(sorted(COUNTED))
            yield Fault((*here, "kind"), f"answers of kind {field.kind} cannot only be counted; these can: {known}.")
        if field.told:
            yield Fault((*here, "told"), f"no event carries an answer of a {COUNTS_ONLY} form: leave it out.")
    if form.once_a_person and form.repeat:
        yield Fault((*at, "repeat"), "each person is counted once in the programme; leave out one of the two.")
    if form.shared_link:
        yield from _shared(at, form)
    if form.paired and not form.repeat:
        yield Fault((*at, "paired"), "only two rounds are paired: give the form `repeat`.")


def _shared(at: Where, form: Form) -> Iterator[Fault]:
    groups = form.shared_link.groups if form.shared_link else ()
    if not groups or len({one.key for one in groups}) < len(groups):
        yield Fault((*at, "shared_link", "groups"), "name one group at least, and each of them once.")
    for name in ("by_role", "once_a_person", "paired"):
        if getattr(form, name):
            yield Fault((*at, name), f"nobody is known who answers by a shared link: leave out `{name}`.")
    if any(field.kind == "text" for field in form.fields):
        yield Fault((*at, "fields"), "a link that anybody may open takes no free words: ask what can be chosen.")


def _others(at: Where, form: Form) -> Iterator[Fault]:
    for name in _ONLY_COUNTED:
        if getattr(form, name) != type(form).model_fields[name].default:
            yield Fault((*at, name), f"`{name}` is for forms that are `confidential: {COUNTS_ONLY}`.")


def _rubric(at: Where, listed: Listed) -> Iterator[Fault]:
    if len(listed.stages) == 1:
        yield Fault((*at, "stages"), "a rubric has two stages at least.")
    for place, entry in enumerate(listed.entries):
        if len(entry.descriptors) != len(listed.stages):
            said = f"'{entry.key}' has {len(entry.descriptors)} descriptors for {len(listed.stages)} stages: one each."
            yield Fault((*at, "entries", place, "descriptors"), said)
