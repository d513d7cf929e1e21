"""Where every mail begins: an event, the people it concerns, the programme's routing; out come rows in the queue.

It runs inside the unit of work of the event. Nothing is written or sent here; the worker does that.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.notifications.domain.details import NOTHING, Details
from services.notifications.domain.directory import Programme
from services.notifications.domain.keys import cause_of
from services.notifications.domain.mail import Mail, compose_row, held_after_restore
from services.notifications.domain.recipients import Cast, letters
from services.notifications.domain.targets import Concerned
from services.notifications.ports import Completions, Groups, Intake, Programmes, Targets
from shared.bus.unit_of_work import UnitOfWork
from shared.errors import NotYet
from shared.events.template import MailSpec


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


class Mailings:
    """Turns occasions into queued mails."""

    def __init__(
        self, programmes: Programmes, groups: Groups, targets: Targets, completions: Completions, intake: Intake
    ) -> None:
        self.programmes = programmes
        self.groups = groups
        self.targets = targets
        self.completions = completions
        self._intake = intake
        self._known: dict[str, Programme] = {}

    async def programme(self, programme_id: str) -> Programme:
        """Return a programme; raises NotYet while it has not been told."""
        if programme_id not in self._known:
            found = await self.programmes.find([programme_id])
            if programme_id not in found:
                raise NotYet(f"Programme {programme_id} has not been told yet.")
            self._known[programme_id] = found[programme_id]
        return self._known[programme_id]

    async def queue(
        self,
        work: UnitOfWork,
        programme: Programme | None,
        occasion: Occasion,
        cast: Cast,
        specs: Sequence[MailSpec] | None = None,
    ) -> list[Mail]:
        """Queue the mails of an occasion, routed as given or as the programme does; the same again queues nothing."""
        routing = programme.template.mails if specs is None and programme else specs or ()
        chosen = letters(routing, occasion.event, cast)
        rows = [
            compose_row(
                letter,
                cause_of(occasion.event, occasion.target_id, occasion.version, once=letter.kind.once),
                work.now,
                programme_id=programme.programme_id if programme else None,
                refs=occasion.refs,
                details=occasion.details,
                sequence=occasion.sequence,
                not_before=occasion.not_before,
            )
            for letter in chosen
        ]
        if work.restored:
            rows = [held_after_restore(row) for row in rows]
        await self._intake.add(rows)
        calendar = [row for row in rows if row.method is not None]
        if calendar:
            people, new = [row.person_id for row in calendar], [row.mail_id for row in calendar]
            await self._intake.supersede(calendar[0].target_id, people, new, work.now)
        return rows

    async def school_people(self, programme_id: str, school_ids: Iterable[str] | None) -> list[Concerned]:
        """Return the people of these schools (or all) in a programme, by role; none of a school that has left."""
        schools = await self.programmes.schools(programme_id, school_ids)
        return [
            Concerned(member.person_id, member.role, school.school_id)
            for school in schools
            if not school.withdrawn
            for member in school.people
        ]

    @staticmethod
    def coordinator(programme: Programme) -> list[Concerned]:
        """Return who coordinates a programme."""
        return [Concerned(programme.coordinator_id, "coordinator")]
