"""Agreed days and calls belong to no programme: the one that their people share, and the role of each in it."""

from collections.abc import Iterable, Sequence

from services.notifications.domain.directory import Programme, ProgrammeRole
from services.notifications.domain.targets import Concerned

_OTHERWISE = "practitioner"
"""For a person without a role in any programme."""


def shared_programme(
    person_ids: Sequence[str], parts: Iterable[ProgrammeRole], programmes: Iterable[Programme]
) -> Programme | None:
    """Return the newest programme in which all of these people have a role; None if there is none."""
    found: dict[str, set[str]] = {}
    for part in parts:
        found.setdefault(part.programme_id, set()).add(part.person_id)
    common = [one for one in programmes if found.get(one.programme_id, set()) >= set(person_ids)]
    return max(common, key=lambda one: (one.year, one.programme_id), default=None)


def concerned(
    person_ids: Sequence[str], parts: Sequence[ProgrammeRole], programme: Programme | None
) -> list[Concerned]:
    """Return these people, each once, with their role in the programme that they share."""
    return [_concerned(one, parts, programme) for one in dict.fromkeys(person_ids)]


def _concerned(person_id: str, parts: Sequence[ProgrammeRole], programme: Programme | None) -> Concerned:
    wanted = programme.programme_id if programme else None
    theirs = [part for part in parts if part.person_id == person_id and part.programme_id == wanted]
    if not theirs:
        return Concerned(person_id, _OTHERWISE)
    return Concerned(person_id, theirs[0].role, theirs[0].school_id)
