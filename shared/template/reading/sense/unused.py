"""What nothing would act on: refused, so that nobody waits for what never comes."""

from collections.abc import Iterator

from shared.template import kinds
from shared.template.moments import Instant, moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.template import Template
from shared.template.words import Recipients


def faults(template: Template) -> Iterator[Fault]:
    """Settings that are not built yet, mails that nothing brings about."""
    for at, part in parts(template):
        for name, sense in kinds.LATER_SETTINGS.get(type(part).__name__, {}).items():
            if getattr(part, name) != type(part).model_fields[name].default:
                yield Fault((*at, name), f"'{name}' ({sense}) is not built yet; leave it out.")
        for name, instead in kinds.SUPERSEDED.get(type(part).__name__, {}).items():
            if getattr(part, name) != type(part).model_fields[name].default:
                yield Fault((*at, name), f"'{name}' says nothing here: {instead}")
        if isinstance(part, Recipients) and part.optional and at[0] != "activities":
            yield Fault((*at, "optional"), "people are optional at a date; here it says nothing, leave it out.")
    for index, mail in enumerate(template.mails):
        yield from _mail(("mails", index, "on"), mail.on, template)


def _mail(at: Where, on: str, template: Template) -> Iterator[Fault]:
    instant = moment_in(on)
    if instant is None:
        return
    if not instant.anchor:
        yield Fault(at, f"name '{on}' as a moment under `clock`, and put that here.")
    elif instant.offset is not None:
        what = "a mail goes out when it happens: declare a moment of the clock for a day before or after."
        yield Fault(at, what)
    else:
        yield from _unheard(at, instant, template)


def _unheard(at: Where, instant: Instant, template: Template) -> Iterator[Fault]:
    """That nothing would send the mail when this happens."""
    named = [("form", template.forms), ("task", template.tasks), ("report", template.reports)]
    found = [kind for kind, section in named if any(one.key == instant.anchor for one in section)]
    found += [one.kind for one in template.matching if one.key == instant.anchor]
    found += [one.kind for one in template.activities if one.key == instant.anchor]
    heard = [state for kind in found for state in kinds.MAILED.get(kind, ())]
    if found and instant.state not in heard:
        instead = f"it can be on: {', '.join(heard)}." if heard else "its people hear of it by Kindred's own mails."
        what = f"no mail of your own goes out on '{instant.anchor}.{instant.state}' ({' or '.join(found)}); {instead}"
        yield Fault(at, what)
