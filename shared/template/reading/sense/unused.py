"""What nothing would act on: refused, so that nobody waits for what never comes."""

from collections.abc import Iterator

from shared.template import kinds
from shared.template.moments import WrongMomentError, parse_moment
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Settings that are not built yet, mails that nothing brings about."""
    for at, part in parts(template):
        for name, sense in kinds.LATER_SETTINGS.get(type(part).__name__, {}).items():
            if getattr(part, name) != type(part).model_fields[name].default:
                yield Fault((*at, name), f"'{name}' ({sense}) is not built yet; leave it out.")
    for index, mail in enumerate(template.mails):
        yield from _mail(("mails", index, "on"), mail.on)


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
