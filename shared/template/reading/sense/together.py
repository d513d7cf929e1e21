"""People who are brought together: at moments of the clock, and none of them by a word that nobody tells."""

from collections.abc import Iterator

from shared.template.kinds import NEIGHBOURS, PAIRINGS
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import written_in
from shared.template.references import WrongReferenceError, parse_reference
from shared.template.rounds import Round
from shared.template.template import Template
from shared.template.words import PEOPLE

PARTNERS = "partners"


def faults(template: Template) -> Iterator[Fault]:
    """Rounds that begin when no moment of the clock comes, skips that are no told yes, partners of no round."""
    rounds: list[tuple[Where, Round]] = [
        (("matching", index), one) for index, one in enumerate(template.matching) if one.kind in PAIRINGS
    ]
    for at, one in rounds:
        yield from _begins(template, at, one)
        yield from _who(template, at, one)
        for name in ("skip", "accept"):
            if getattr(one, name):
                yield from _told_yes(template, (*at, name), getattr(one, name))
        if one.accept:
            yield from _accept(template, (*at, "accept"), one.accept)
    if not any(one.kind == NEIGHBOURS for _, one in rounds):
        yield from _of_no_place(template)
    for at, text in written_in(PEOPLE, template) if not rounds else ():
        if text == PARTNERS:
            yield Fault(at, "'partners' are people of a pair or ring: declare a round of pairs, rings or neighbours.")


def _of_no_place(template: Template) -> Iterator[Fault]:
    for index, task in enumerate(template.tasks):
        if task.once_a_place:
            yield Fault(("tasks", index, "once_a_place"), "no schools share a place: declare a round of neighbours.")


def _begins(template: Template, at: Where, one: Round) -> Iterator[Fault]:
    for index, text in enumerate(one.begins):
        instant = moment_in(text)
        if instant is None:
            continue
        if template.clock.moment(instant.anchor) is None or instant.offset is not None:
            what = f"'{text}' is no moment of the clock: declare it there, and name it here without an offset."
            yield Fault((*at, "begins", index), what)


def _who(template: Template, at: Where, one: Round) -> Iterator[Fault]:
    roles = {role.key for role in template.roles}
    for index, text in enumerate(one.who):
        try:
            reference = parse_reference(text)
        except WrongReferenceError:
            continue
        if reference.scope != "own" or reference.role not in roles:
            yield Fault((*at, "who", index), f"'{text}' is no role; name one of: {', '.join(sorted(roles))}.")
        elif away := [role for role in template.roles_of(reference.role) if not _at_a_school(template, role)]:
            what = f"'{away[0]}' is at no school, and people of schools are brought together; name a role at a school."
            yield Fault((*at, "who", index), what)


def _at_a_school(template: Template, key: str) -> bool:
    return any(role.key == key and role.at == "school" for role in template.roles)


def _told_yes(template: Template, at: Where, named: str) -> Iterator[Fault]:
    form_key, _, key = named.rpartition(".")
    form = template.form(form_key)
    field = form.field(key) if form else None
    if field is None:
        yield Fault(at, f"'{named}' is no field; write form.field.")
    elif field.kind != "yes-no" or not field.told:
        yield Fault(at, f"'{named}' must be of kind yes-no, with `told: true`.")


def _accept(template: Template, at: Where, named: str) -> Iterator[Fault]:
    form = template.form(named.rpartition(".")[0])
    if form is not None and (form.about != "pair" or form.together or form.by != (PARTNERS,)):
        yield Fault(at, f"each of both answers for themselves: the form needs `about: pair` and `by: [{PARTNERS}]`.")
