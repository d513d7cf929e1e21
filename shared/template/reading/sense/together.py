"""People who are brought together: at moments of the clock, and none of them by a word that nobody tells."""

from collections.abc import Iterator

from shared.template.kinds import PAIRINGS
from shared.template.moments import WrongMomentError, parse_moment
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
        if one.skip:
            yield from _skip(template, at, one)
    if not rounds:
        for at, text in written_in(PEOPLE, template):
            if text == PARTNERS:
                yield Fault(at, "'partners' are people of a pair or ring; declare a round of kind 'pairs' or 'rings'.")


def _begins(template: Template, at: Where, one: Round) -> Iterator[Fault]:
    for index, text in enumerate(one.begins):
        try:
            instant = parse_moment(text)
        except WrongMomentError:
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


def _skip(template: Template, at: Where, one: Round) -> Iterator[Fault]:
    form_key, _, key = one.skip.rpartition(".")
    form = template.form(form_key)
    field = form.field(key) if form else None
    if field is None:
        yield Fault((*at, "skip"), f"'{one.skip}' is no field; write form.field.")
    elif field.kind != "yes-no" or not field.told:
        yield Fault((*at, "skip"), f"'{one.skip}' must be of kind yes-no, with `told: true`.")
