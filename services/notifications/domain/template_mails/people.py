"""Whom such mails go to: people with the role they hold in the programme, and the letters to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.notifications.domain.directory import Programme
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.recipients import Letter
from shared.roster import Membership

COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Recipient:
    """Somebody, in the role and at the school by which they are known here."""

    person_id: str
    role: str
    school_id: str | None = None


def recipient(
    person_id: str, programme: Programme, held: Iterable[Membership], near: Sequence[str | None] = ()
) -> Recipient:
    """Return somebody with a role they hold; at one of the schools `near` where they hold one there."""
    if person_id == programme.coordinator_id:
        return Recipient(person_id, COORDINATOR)
    theirs = [one for one in held if one.person_id == person_id]
    here = [one for one in theirs if one.school_id in {school for school in near if school}]
    found = next(iter(here or theirs), None)
    return Recipient(person_id, found.role, found.school_id) if found else Recipient(person_id, "participant")


def letter_to(someone: Recipient, kind: str, *, essential: bool) -> Letter:
    """Return the letter of a kind to somebody."""
    return Letter(KINDS[kind], someone.person_id, someone.role, someone.school_id, "asked", essential, None)
