"""Who gets which mail: the programme template's routing, applied to the people whom an event concerns.

Nobody gets two mails where one will do. A person with several roles gets each kind of mail once. Of the mails of one
family (the host's, the facilitator's and the visitor's invitation to one visit) a person gets only the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from services.notifications.domain.kinds import KINDS, Among, Kind
from services.notifications.domain.kit import Spec, reaches
from services.notifications.domain.targets import Concerned
from shared.events.template import MailSpec

Cast = Mapping[Among, Sequence[Concerned]]
Method = Literal["REQUEST", "CANCEL"]
_INVITED: tuple[Among, ...] = ("attendees", "facilitator")
_CANCELLING = frozenset(
    {"visit-cancelled", "event-cancelled", "dates-withdrawn", "call-cancelled", "agreed-day-cancelled"}
)


@dataclass(frozen=True)
class Letter:
    """One mail that one person shall get. ``standing``: as what; ``method``: what it does to their calendar."""

    kind: Kind
    person_id: str
    role: str
    school_id: str | None
    standing: Among
    essential: bool
    method: Method | None

    @property
    def left(self) -> bool:
        """Return whether it says that this person is no longer needed, though the others still are."""
        return self.method == "CANCEL" and self.kind.key not in _CANCELLING


def letters(specs: Sequence[Spec], event: str, cast: Cast) -> list[Letter]:
    """Return the mails that ``event`` brings, in the order of the specs: one for each person and kind or family."""
    found: dict[tuple[str, str], list[Letter]] = {}
    for spec in specs:
        kind = KINDS.get(spec.template)
        if spec.on != event or kind is None:
            continue
        for standing, person in _concerned(kind, cast):
            if reaches(spec, person.role) or person.stands_in:
                letter = _letter(kind, standing, person, essential=spec.essential)
                found.setdefault((person.person_id, kind.family or kind.key), []).append(letter)
    return [_one_of(candidates) for candidates in found.values()]


def _one_of(candidates: Sequence[Letter]) -> Letter:
    """Return the letter of the lowest rank. A person who is invited stays invited, even when written to as host."""
    chosen = min(candidates, key=lambda letter: letter.kind.rank)
    standings = {letter.standing for letter in candidates}
    invited = next((one for one in _INVITED if one in standings), None)
    return replace(chosen, standing=invited) if chosen.standing == "host" and invited else chosen


def _concerned(kind: Kind, cast: Cast) -> list[tuple[Among, Concerned]]:
    return [(among, person) for among in kind.among for person in cast.get(among, ())]


def _letter(kind: Kind, standing: Among, person: Concerned, *, essential: bool) -> Letter:
    cancels = person.left or kind.key in _CANCELLING
    method: Method | None = None
    if kind.calendar:
        method = "CANCEL" if cancels else "REQUEST"
    return Letter(kind, person.person_id, person.role, person.school_id, standing, essential, method)


def unknown_templates(specs: Sequence[MailSpec]) -> list[str]:
    """Return the templates that a programme routes to and nobody has written."""
    return sorted({spec.template for spec in specs} - set(KINDS))
