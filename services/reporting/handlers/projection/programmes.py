"""Who takes part in programmes and groups, and when findings are asked for."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.decisions.findings_requests import ask_later
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.facts import EnrolmentPart, Group, Member, Programme
from services.reporting.handlers.publishing import publish
from services.reporting.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events import programmes_parts
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.programme_states import (
    ProgrammeArchived,
    ProgrammeCompleted,
    ProgrammePostponed,
    ProgrammeResumed,
)
from shared.events.programmes import (
    EnrolmentAmended,
    PersonErased,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolWithdrawn,
)

__all__ = ["STATES", "ProgrammeProjection"]


STATES = (ProgrammePostponed, ProgrammeResumed, ProgrammeCompleted, ProgrammeArchived)
StateEvent = ProgrammePostponed | ProgrammeResumed | ProgrammeCompleted | ProgrammeArchived


class AtMoments(Protocol):
    """What a moment of the clock brings about."""

    async def moment(self, programme: EngineProgramme, moment: str, on: dt.date, work: UnitOfWork) -> None:
        """The moment, as `key` or `key.state`, has come on this day."""
        ...


class ProgrammeProjection:
    """One method an event."""

    def __init__(self, stores: Stores, at_moments: Sequence[AtMoments]) -> None:
        self._programmes = stores.programmes
        self._engine_programmes = stores.engine_programmes
        self._members = stores.members
        self._groups = stores.groups
        self._erasure = stores.erasure
        self._at_moments = at_moments

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep the programme's forms, reports and dates."""
        known = await self._programmes.get(event.programme_id)
        if known is None or known.version < event.version:
            await self._programmes.put(Programme.of(event))

    async def opened_as_data(self, event: programmes_parts.ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep a programme whose template says everything."""
        known = await self._engine_programmes.get(event.programme_id)
        if known is None or known.version < event.version:
            moments = known.moments if known else {}
            await self._engine_programmes.put(EngineProgramme.of(event).model_copy(update={"moments": moments}))

    async def moment(self, event: programmes_parts.MomentReached, work: UnitOfWork) -> None:
        """A moment of its clock has come."""
        programme = await self._engine_programmes.get(event.programme_id)
        if programme is None:
            raise NotYet(f"The programme {event.programme_id} is not known yet.")
        key = ".".join(filter(None, (event.moment, event.state)))
        moments = {**programme.moments, key: event.on}
        programme = programme.model_copy(update={"moments": moments})
        await self._engine_programmes.put(programme)
        for one in self._at_moments:
            await one.moment(programme, key, event.on, work)

    async def standing(self, event: StateEvent, work: UnitOfWork) -> None:
        """Keep how such a programme stands, with its pauses. Raises NotYet before it was opened."""
        known = await self._engine_programmes.get(event.programme_id)
        if known is None:
            raise NotYet(f"The programme {event.programme_id} is not known yet.")
        if known.version < event.version:
            update = {"state": event.state, "pauses": event.pauses, "version": event.version}
            await self._engine_programmes.put(known.model_copy(update=update))

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended | EnrolmentPart, work: UnitOfWork) -> None:
        """Keep the school as it takes part."""
        known = await self._members.of_enrolment(event.enrolment_id)
        if known is None or known.version < event.version:
            await self._members.put(Member.of(event, event.version))

    async def replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Somebody else holds a role."""
        known = await self._members.of_enrolment(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} is not known yet.")
        if known.version < event.version:
            people = {**known.people, event.role: event.replaced_by}
            await self._members.put(known.model_copy(update={"people": people, "version": event.version}))

    async def withdrawn(self, event: SchoolWithdrawn | programmes_parts.SchoolWithdrawn, work: UnitOfWork) -> None:
        """The school has left; it is asked nothing more."""
        known = await self._members.of_enrolment(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} is not known yet.")
        if known.version < event.version:
            await self._members.put(known.model_copy(update={"withdrawn": True, "version": event.version}))

    async def group_formed(self, event: GroupFormed, work: UnitOfWork) -> None:
        """Keep the group; each of its schools will be asked for its findings."""
        known = await self._groups.get(event.group_id)
        if known is not None and known.version >= event.version:
            return
        group = Group.of(event)
        await self._groups.put(group)
        await self._ask_later(group, group.school_ids, work)

    async def group_changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """Keep the group as it goes on; who joined will be asked, who left will not."""
        known = await self._groups.get(event.group_id)
        if known is None:
            raise NotYet(f"The group {event.group_id} is not known yet.")
        if known.version >= event.version:
            return
        await self._groups.put(known.changed(event))
        await self._ask_later(known, event.joined, work)

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Forget the person."""
        await self._erasure.forget(event.person_id)

    async def _ask_later(self, group: Group, school_ids: tuple[str, ...], work: UnitOfWork) -> None:
        programme = await self._programmes.get(group.programme_id)
        if programme is None and await self._engine_programmes.get(group.programme_id):
            return  # its template's tasks ask
        if programme is None:
            raise NotYet(f"The programme {group.programme_id} is not known yet.")
        publish(ask_later(programme, group, school_ids), work)
