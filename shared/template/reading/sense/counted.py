"""Forms whose answers are only counted: what they ask can be counted, and nothing in them would say whose it is."""

from collections.abc import Iterator

from shared.template.counting import COUNTS_ONLY, is_counted
from shared.template.forms import Form
from shared.template.kinds import COUNTED
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

_TELLS = ("together", "many", "versioned", "readers", "sign_off", "release", "answered", "offline", "kept", "findings")
"""Settings that need somebody to see, keep or change an answer as somebody's."""
_ONLY_COUNTED = ("least_shown", "by_role", "once_a_person", "repeat")


def faults(template: Template) -> Iterator[Fault]:
    """Settings and questions that do not go with counting, and settings of counting where nothing is counted."""
    for index, form in enumerate(template.forms):
        yield from _counted(("forms", index), form) if is_counted(form) else _others(("forms", index), form)


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


def _others(at: Where, form: Form) -> Iterator[Fault]:
    for name in _ONLY_COUNTED:
        if getattr(form, name) != type(form).model_fields[name].default:
            yield Fault((*at, name), f"`{name}` is for forms that are `confidential: {COUNTS_ONLY}`.")
