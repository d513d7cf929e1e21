"""What nothing would act on: refused, so that nobody waits for what never comes."""

from collections.abc import Iterator

from shared.template import kinds
from shared.template.moments import WrongMomentError, parse_moment
from shared.template.naming import named_roles
from shared.template.people import Relation
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Settings that are not built yet, mails that nothing brings about, relations in which nobody can come to stand."""
    for at, part in parts(template):
        for name, sense in kinds.LATER_SETTINGS.get(type(part).__name__, {}).items():
            if getattr(part, name) != type(part).model_fields[name].default:
                yield Fault((*at, name), f"'{name}' ({sense}) is not built yet; leave it out.")
    for index, mail in enumerate(template.mails):
        yield from _mail(("mails", index, "on"), mail.on)
    for index, relation in enumerate(template.relations):
        if not _comes_about(relation, template):
            both = f"a {relation.from_role} and a {relation.to_role}"
            what = f"no form names both {both}, so that nobody ever stands in this relation."
            yield Fault(("relations", index), what)


def _mail(at: Where, on: str) -> Iterator[Fault]:
    try:
        instant = parse_moment(on)
    except WrongMomentError:
        return
    if not instant.anchor:
        yield Fault(at, f"name '{on}' as a moment under `clock`, and put that here.")
    elif instant.offset is not None:
        what = "a mail goes out when it happens: declare a moment of the clock for a day before or after."
        yield Fault(at, what)


def _comes_about(relation: Relation, template: Template) -> bool:
    """Whether one form names people for both roles: that is how people come to stand to each other."""
    named = ({*named_roles(form, template).values()} for form in template.forms)
    return any({relation.from_role, relation.to_role} <= roles for roles in named)
