"""From an occasion, the people it concerns and the programme's routing to the mails that are queued."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.notifications.domain.details import NOTHING, Details
from services.notifications.domain.directory import Programme
from services.notifications.domain.keys import cause_of
from services.notifications.domain.kit import Spec
from services.notifications.domain.mail import Mail, compose_row
from services.notifications.domain.recipients import Cast, letters
from services.notifications.domain.targets import Concerned


@dataclass(frozen=True)
class Occasion:
    """What happened: the event's name, what it is about, and what its mails must know (ids and details)."""

    event: str
    target_id: str
    version: int | str
    refs: dict[str, str] = field(default_factory=dict)
    details: Details = NOTHING
    sequence: int = 0
    not_before: dt.datetime | None = None


def mails_of(
    occasion: Occasion,
    programme: Programme | None,
    cast: Cast,
    now: dt.datetime,
    specs: Sequence[Spec] | None = None,
) -> tuple[Mail, ...]:
    """Return the mails of an occasion, routed by ``specs`` or else as the programme does.

    The same occasion again gives mails with the same ids, which the queue keeps once.
    """
    routing = programme.mails if specs is None and programme else specs or ()
    return tuple(
        compose_row(
            letter,
            cause_of(occasion.event, occasion.target_id, occasion.version, once=letter.kind.once),
            now,
            programme_id=programme.programme_id if programme else None,
            refs=occasion.refs,
            details=occasion.details,
            sequence=occasion.sequence,
            not_before=occasion.not_before,
        )
        for letter in letters(routing, occasion.event, cast)
    )


def to_coordinator(programme: Programme) -> Cast:
    """Return the cast of a mail for who coordinates a programme."""
    return {"coordinator": [Concerned(programme.coordinator_id, "coordinator")]}
