"""Payments are reminded of and nothing more: they are made elsewhere, and nothing in a programme hangs on them."""

from collections.abc import Iterator

from shared.template.moments import moment_in
from shared.template.reading.faults import Fault
from shared.template.reading.sense.walk import written_in
from shared.template.template import Template
from shared.template.words import MOMENT


def faults(template: Template) -> Iterator[Fault]:
    """Payments where there are none, payments that something hangs on, conditions that nobody tells."""
    paying = {task.key for task in template.tasks if task.pays}
    if template.payments == "reminded" and not paying:
        yield Fault(("payments",), "no task has `pays: true`, so that nobody is reminded: write `payments: none`.")
    for index, task in enumerate(template.tasks):
        if task.pays and template.payments == "none":
            what = "this programme speaks of no money (`payments: none`); write `payments: reminded`."
            yield Fault(("tasks", index, "pays"), what)
        if task.pays and not task.do.confirm:
            yield Fault(("tasks", index, "do"), "a payment is made elsewhere: write `do: {confirm: ...}`.")
        if task.when is not None:
            yield from _when(template, index)
    for at, text in written_in(MOMENT, template):
        if at[0] != "mails" and (anchor := _anchor(text)) in paying:
            yield Fault(at, f"'{anchor}' is a payment, and nothing hangs on whether somebody has paid.")


def _when(template: Template, index: int) -> Iterator[Fault]:
    condition = template.tasks[index].when
    form, _, key = condition.field.partition(".") if condition else ("", "", "")
    declared = template.form(form)
    field = declared.field(key) if declared else None
    if field is None or not field.told:
        what = f"'{condition.field if condition else ''}' is no told question; write form.field, with `told: true`."
        yield Fault(("tasks", index, "when", "field"), what)


def _anchor(text: str) -> str:
    instant = moment_in(text)
    return instant.anchor if instant else ""
