"""How the lines of action plans stand, by what their owners last said of them."""

from collections.abc import Iterable

from services.reporting.domain.entries.records import EngineProgramme, Entry
from services.reporting.domain.status import STATUS_WORDS
from shared.commands.reporting import ActionStatus
from shared.template import Form

ABOUT = "action"


def progress_forms(programme: EngineProgramme) -> tuple[Form, ...]:
    """The forms on which owners say how an action stands."""
    return tuple(form for form in programme.template.forms if form.about == ABOUT)


def statuses(programme: EngineProgramme, entries: Iterable[Entry]) -> dict[str, ActionStatus]:
    """Line -> how it stands, by the last entry about it."""
    forms = {form.key: form for form in progress_forms(programme)}
    found: dict[str, ActionStatus] = {}
    for entry in sorted(entries, key=lambda one: (one.submitted.at if one.submitted else one.changed_at, one.entry_id)):
        if entry.form in forms and (status := _status(entry, forms[entry.form])):
            found[entry.about_id] = status
    return found


def _status(entry: Entry, form: Form) -> ActionStatus | None:
    """The answer to the form's first choice between ways in which an action can stand."""
    answers = entry.submitted.answers if entry.submitted else {}
    given = [answers.get(field.key) for field in form.fields if field.kind == "choice"]
    return next((status for one in given for status in STATUS_WORDS if status == one), None)
