"""Which questions of a form name people for roles."""

from shared.template.forms import Form
from shared.template.template import Template

__all__ = ["named_roles"]


def named_roles(form: Form, template: Template) -> dict[str, str]:
    """Question -> the role of whoever is named there.

    A form about a role names its holder by the question for a person under the role's key, or else by its first one;
    a question for a person under the key of any other role names who holds that.
    """
    roles = {role.key for role in template.roles if not role.of}
    asked = [field.key for field in form.fields if field.kind == "person"]
    first = next((key for key in asked if key not in roles), "")
    if form.about not in roles or form.about in asked:
        first = ""
    return {key: key if key in roles else form.about for key in asked if key in roles or key == first}
