"""Which forms people begin by themselves on the page of an entry: forms about it that no task asks anybody for."""

from shared.template.forms import Form
from shared.template.template import Template

__all__ = ["begun_from"]


def begun_from(template: Template, form: str) -> tuple[Form, ...]:
    """The forms about entries of this form that nobody is asked to fill in, and that are not only counted."""
    asked = {task.do.form for task in template.tasks if task.do.form}
    return tuple(one for one in template.forms if one.about == form and one.key not in asked and not one.confidential)
