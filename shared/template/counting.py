"""Forms whose answers are only counted: in which words, under which promise, and for which stretch of time.

Answers that were given to different words, or under different promises, are never added up: `mark` tells them apart.
"""

import datetime as dt
import hashlib
import json

from shared.template.answers import choices, descriptors, levelled
from shared.template.forms import Form
from shared.template.references import Reference, parse_reference
from shared.template.template import Template

COUNTS_ONLY = "counts-only"
AMONG = 4
"""So many texts stand together where one is picked out and the template does not say of how many."""
_SPRING, _SUMMER, _AUTUMN = 1, 4, 9
"""The months in which a school's terms begin, near enough to tell one round of a form from the next."""


def is_counted(form: Form) -> bool:
    """Whether its answers are only counted."""
    return form.confidential == COUNTS_ONLY


def groups_of(form: Form, template: Template) -> dict[str, str]:
    """The groups that are counted apart, key -> title; none where all are counted together."""
    if form.shared_link:
        return {one.key: one.title for one in form.shared_link.groups}
    titles = {role.key: role.title or role.key.replace("-", " ").capitalize() for role in template.roles}
    return {group: titles.get(group, group) for group in references_by_group(form, template)} if form.by_role else {}


def references_by_group(form: Form, template: Template) -> dict[str, tuple[str, ...]]:
    """Role that may fill it in -> the references to its people."""
    found: dict[str, tuple[str, ...]] = {}
    for text in form.by:
        one = parse_reference(text)
        for role in template.roles_of(one.role):
            found[role] = (*found.get(role, ()), str(Reference(one.scope, role)))
    return found


def mark(form: Form, template: Template) -> str:
    """A short mark of what the form asks and promises: as soon as either is worded differently, it is another."""
    asked = [
        [
            *(field.key, field.kind, field.label, field.hint),
            *(choices(field, template), levelled(field, template), descriptors(field, template)),
        ]
        for field in form.fields
    ]
    promised = [form.least_shown, groups_of(form, template), form.once_a_person, form.paired]
    return hashlib.sha256(json.dumps([asked, promised]).encode()).hexdigest()[:12]


def period(form: Form, first_year: int, day: dt.date) -> str:
    """`y2`, `y1t3`: the round of a form that comes again to which the day belongs; empty for other forms."""
    if not form.repeat:
        return ""
    began = day.year if day.month >= _AUTUMN else day.year - 1
    year = max(began - first_year + 1, 1)
    if form.repeat == "year":
        return f"y{year}"
    return f"y{year}t{1 if day.month >= _AUTUMN else 2 if day.month < _SUMMER else 3}"


def promise(form: Form, template: Template) -> str:
    """What people are told before they answer."""
    number = form.least_shown
    if form.shared_link:
        named = ", ".join(groups_of(form, template).values())
        return (
            "You are not asked who you are, and nothing is kept that would say so. Answers are counted by group "
            f"({named}); a group is shown once at least {number} of it have answered. Each phone or computer "
            "answers once, and answers cannot be changed."
        )
    said = (
        "Your answers are counted and not kept with your name: nobody can see what you said, and you cannot change it "
        f"later. Counts are shown once at least {number} people have answered."
    )
    if form.by_role:
        named = ", ".join(groups_of(form, template).values())
        said += f" They are also shown by role ({named}); where fewer than {number} of a role answered, it is counted"
        said += " together with another."
    if form.paired:
        said += " If you give a word of your own, your levels are kept under a mark of that word, not under your name."
    if any(field.kind == "text" for field in form.fields):
        said += " What you write is shown word for word among what others wrote: name nobody."
    return said
