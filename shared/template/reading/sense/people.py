"""References to people: each names a role that somebody can hold, or a relation; relations form no circle."""

import difflib
from collections.abc import Iterator

from shared.template.kinds import TOGETHER
from shared.template.naming import named_roles
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import written_in
from shared.template.references import FUNCTIONS, SCOPES, Reference, WrongReferenceError, parse_reference
from shared.template.template import Template
from shared.template.words import PEOPLE


def faults(template: Template) -> Iterator[Fault]:
    """References to nobody, roles nobody can hold, relations in a circle."""
    for at, text in written_in(PEOPLE, template):
        yield from _reference(template, at, text)
    for index, role in enumerate(template.roles):
        if role.most is not None and role.least > role.most:
            yield Fault(("roles", index, "most"), f"at most {role.most} is less than {role.least}.")
        if role.at == "school" and role.least > 1:
            what = "a school names one person a role when it enrols, and others later: write `least: 1`."
            yield Fault(("roles", index, "least"), what)
        if role.at in TOGETHER and role.of:
            yield Fault(("roles", index, "of"), "a set of roles stands at a school; name its roles one by one.")
        if role.of and (role.least or role.most is not None or role.later):
            yield Fault(("roles", index, "of"), "a set of roles has no number of people of its own.")
    yield from _relations(template)
    decides = template.categories.decided_by if template.categories else ""
    if decides and decides not in {role.key for role in template.roles if not role.of}:
        yield Fault(("categories", "decided_by"), f"nobody is '{decides}'; name a role, or leave it out.")


def _reference(template: Template, at: Where, text: str) -> Iterator[Fault]:
    try:
        one = parse_reference(text)
    except WrongReferenceError as error:
        yield Fault(at, f"{error}.")
        return
    if one.is_function or one.is_function_there or (one.role == "author" and template.form(one.scope)):
        return
    roles = [role.key for role in template.roles]
    if one.role == "owner" and _has_actions(template, one.scope):
        return
    if one.relation or _named_by_form(template, one):
        yield from _through(template, at, one)
        return
    if one.scope == "own" and one.role not in roles and any(each.key == one.role for each in template.relations):
        return
    if one.scope not in SCOPES and one.scope != "author" and one.scope not in roles:
        near = difflib.get_close_matches(one.scope, [*SCOPES, *roles], n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join((*SCOPES, *roles))}."
        yield Fault(at, f"'{one.scope}' in '{text}' is no scope, role or field; {hint}")
    elif one.scope not in SCOPES and not _related(template, one.role):
        known = ", ".join(relation.key for relation in template.relations) or "none"
        yield Fault(at, f"'{text}': nobody stands in a relation '{one.role}' to '{one.scope}'; relations: {known}.")
    elif one.scope in SCOPES and one.role not in roles:
        near = difflib.get_close_matches(one.role, [*roles, *FUNCTIONS], n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"declared: {', '.join(roles)}."
        yield Fault(at, f"nobody is '{one.role}'; {hint}")


def _through(template: Template, at: Where, one: Reference) -> Iterator[Fault]:
    """`own.headteacher.reports-to`: a scope, a role, and a relation or the role at its other end.

    `policy.policy-owner`, with or without a relation: whom the entry of a form names for a role.
    """
    roles = [role.key for role in template.roles]
    if one.scope not in SCOPES and not _named_by_form(template, one):
        yield Fault(at, f"'{one.scope}' in '{one}' is no scope; known: {', '.join(SCOPES)}.")
    elif one.role not in roles:
        yield Fault(at, f"nobody is '{one.role}' in '{one}'; declared: {', '.join(roles)}.")
    elif one.relation and not _related(template, one.relation):
        known = ", ".join(relation.key for relation in template.relations) or "none"
        yield Fault(at, f"'{one}': there is no relation '{one.relation}'; relations: {known}.")


def _named_by_form(template: Template, one: Reference) -> bool:
    form = template.form(one.scope)
    return form is not None and one.role in named_roles(form, template).values()


def _has_actions(template: Template, field: str) -> bool:
    return any(asked.key == field and asked.kind == "actions" for form in template.forms for asked in form.fields)


def _related(template: Template, role: str) -> bool:
    return any(role in {one.key, one.from_role, one.to_role} for one in template.relations)


def _relations(template: Template) -> Iterator[Fault]:
    roles = {role.key for role in template.roles if not role.of}
    for index, relation in enumerate(template.relations):
        for name in ("from_role", "to_role"):
            role = getattr(relation, name)
            if role not in roles:
                yield Fault(("relations", index, name), f"nobody is '{role}'; declared: {', '.join(sorted(roles))}.")
        if circle := _circle(template, relation.from_role, relation.key):
            yield Fault(("relations", index), f"'{relation.key}' goes in a circle: {' -> '.join(circle)}.")


def _circle(template: Template, start: str, key: str) -> list[str]:
    below = {
        role: [one.to_role for one in template.relations if one.key == key and one.from_role == role]
        for role in (one.from_role for one in template.relations if one.key == key)
    }
    path, at = [start], start
    while below.get(at):
        at = below[at][0]
        if at in path:
            return [*path[path.index(at) :], at]
        path.append(at)
    return []
