"""Which questions of a form name people for roles, and whom an entry of such a form is about."""

from dataclasses import replace

from shared.template.forms import Form
from shared.template.kinds import NAMING, STATES
from shared.template.references import parse_reference
from shared.template.resolving import Situation
from shared.template.template import Template

__all__ = ["concerning", "named_roles", "names_day", "of_oneself"]


def named_roles(form: Form, template: Template) -> dict[str, str]:
    """Question -> the role of whoever is named there.

    A form about a role names its holder by the question for a person under the role's key, or else by its first one;
    a question for a person under the key of any other role names who holds that.
    """
    roles = {role.key for role in template.roles if not role.of}
    asked = [field.key for field in form.fields if field.kind in NAMING]
    first = next((key for key in asked if key not in roles), "")
    if form.about not in roles or form.about in asked:
        first = ""
    return {key: key if key in roles else form.about for key in asked if key in roles or key == first}


def of_oneself(form: Form, template: Template) -> bool:
    """Whether people write it about themselves: it is about a person, or about the role they have, and names nobody."""
    if form.about != "person" and form.about not in {role.key for role in template.roles}:
        return False
    written_by = {role for who in form.by for role in template.roles_of(parse_reference(who).role)}
    theirs = form.about == "person" or written_by == {form.about}
    return theirs and form.about not in named_roles(form, template).values()


def names_day(template: Template, form: str, field: str) -> bool:
    """Whether the word after the dot is a question of the form whose answer is a day that events carry."""
    declared = template.form(form)
    asked = declared.field(field) if declared else None
    return asked is not None and asked.kind == "day" and asked.told and field not in STATES["form"]


def concerning(about: Situation, form: Form | None, template: Template, named: str | None) -> Situation:
    """What an entry of the form is about: where it is about a role, whoever it `named` for that.

    Until that person is known nobody is meant, rather than all others at the school who hold the role.
    """
    if form is None or form.about not in {role.key for role in template.roles} or (about.person_id and not named):
        return about
    return replace(about, person_id=named, person_role=form.about)
