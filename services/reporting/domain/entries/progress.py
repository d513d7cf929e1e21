"""How a line of an action plan stands, by what its owner says of it."""

from services.reporting.domain.entries.records import Entry
from services.reporting.domain.status import STATUS_WORDS
from shared.commands.reporting import ActionStatus
from shared.template import Form

ABOUT = "action"


def said_status(entry: Entry, form: Form) -> ActionStatus | None:
    """The answer to the form's first choice between ways in which an action can stand; None of any other form."""
    if form.about != ABOUT:
        return None
    answers = entry.submitted.answers if entry.submitted else {}
    given = [answers.get(field.key) for field in form.fields if field.kind == "choice"]
    return next((status for one in given for status in STATUS_WORDS if status == one), None)
