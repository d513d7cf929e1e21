"""A text that is picked out of several: about the same thing, and with enough others beside it."""

from collections.abc import Iterator

from shared.template.counting import AMONG, COUNTS_ONLY, is_counted
from shared.template.forms import Form, FormField
from shared.template.kinds import RECOGNISE
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Questions of this kind that nobody could answer, or whose answer would be somebody's."""
    for index, form in enumerate(template.forms):
        for place, field in enumerate(form.fields):
            if field.kind == RECOGNISE:
                yield from _recognised(template, ("forms", index, "fields", place), form, field)


def _recognised(template: Template, at: Where, form: Form, field: FormField) -> Iterator[Fault]:
    if not is_counted(form):
        yield Fault((*at, "kind"), f"whether somebody knows a text is only counted: the form needs {COUNTS_ONLY}.")
    source = template.form(field.source.partition(".")[0])
    if source is not None and source.about != form.about:
        what = f"the text is about a {source.about} and this form about a {form.about}: both must be about the same."
        yield Fault((*at, "source"), what)
    if source is not None and source.many:
        yield Fault((*at, "source"), f"there may be several of “{source.title}”, so none of them is the right one.")
    least = int(field.most or AMONG)
    others = len(template.entries(field.of))
    if least < 2 or others < least - 1:
        what = f"{least} texts stand together, so the list needs {max(least - 1, 1)} others at least; it has {others}."
        yield Fault((*at, "of"), what)
