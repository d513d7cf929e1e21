"""What differs between two versions of a template, as people read it: by the part that it is in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.commands.template_upgrades import Difference

SECTIONS = {
    "template": "The programme as a whole",
    "clock": "Its days",
    "enrolment": "Enrolment",
    "participation": "Who takes part",
    "roles": "People",
    "relations": "Who stands how to whom",
    "lists": "Topics and other lists",
    "matching": "Groups and rounds",
    "activities": "Dated things",
    "forms": "Forms",
    "tasks": "What people are asked",
    "reports": "Reports",
    "mails": "Mails",
}
_SAID = {"": "the whole of it", "by": "who fills it in", "to": "who gets it", "on": "when", "who": "who"}


@dataclass(frozen=True)
class Line:
    """One difference. `where`: the part and its setting; `reason`: why it stays as it was, where it does."""

    where: str
    old: str
    new: str
    reason: str = ""


def told(differences: Iterable[Difference]) -> tuple[tuple[str, Sequence[Line]], ...]:
    """Return the differences by section, in the order of the template."""
    found: dict[str, list[Line]] = {}
    for one in differences:
        key = one.key.replace(".", ", ").replace("-", " ").replace("_", " ")
        setting = _SAID.get(one.field, one.field.replace("_", " "))
        where = ": ".join(part for part in (key, setting) if part)
        found.setdefault(one.section, []).append(Line(where, one.old, one.new, "" if one.applied else one.reason))
    return tuple((SECTIONS.get(section, section), lines) for section, lines in found.items())
