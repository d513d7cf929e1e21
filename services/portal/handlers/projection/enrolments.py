"""Programmes, schools and their people; groups."""

from services.portal.domain import fields
from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events import programmes_parts as parts
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.programme_states import (
    ProgrammeArchived,
    ProgrammeCompleted,
    ProgrammePostponed,
    ProgrammeResumed,
)
from shared.events.programmes import (
    FacilitatorAppointed,
    PersonReplaced,
    ProgrammeOpened,
    SchoolWithdrawn,
)

StateEvent = ProgrammePostponed | ProgrammeResumed | ProgrammeCompleted | ProgrammeArchived


class EnrolmentProjection:
    """Keeps who takes part, where and as what."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep a programme with its template."""
        kept = event.model_dump(mode="json", exclude={"version", "programme_id"})
        await self._models.put("programmes", event.programme_id, event.version, kept)

    async def opened_whole(self, event: parts.ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep a programme whose template says everything."""
        kept = event.model_dump(mode="json", exclude={"version", "programme_id"})
        await self._models.put("whole_programmes", event.programme_id, event.version, kept)

    async def standing(self, event: StateEvent, work: UnitOfWork) -> None:
        """Keep how such a programme stands. Raises NotYet before it was opened."""
        if await self._models.get("whole_programmes", event.programme_id) is None:
            raise NotYet(f"The programme {event.programme_id} is not known yet.")
        until = event.until.isoformat() if isinstance(event, ProgrammePostponed) and event.until else None
        kept = {"state": event.state, "until": until}
        await self._models.put("whole_programmes", event.programme_id, event.version, kept)

    async def appointed(self, event: FacilitatorAppointed, work: UnitOfWork) -> None:
        """Keep who leads visits in a programme."""
        await self._models.add("programmes", event.programme_id, "facilitator_ids", event.person_id)

    async def enrolled(self, event: fields.AnyEnrolment, work: UnitOfWork) -> None:
        """Keep a school's part as it now stands."""
        await self._models.put("schools", event.enrolment_id, event.version, fields.school(event))

    async def replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Hand a role from one person to another."""
        kept = await self._models.get("schools", event.enrolment_id)
        if kept is None:
            return
        members = fields.replaced(kept["members"], event)
        await self._models.put("schools", event.enrolment_id, event.version, {"members": members})

    async def withdrawn(self, event: SchoolWithdrawn | parts.SchoolWithdrawn, work: UnitOfWork) -> None:
        """Keep that the school has left; its people see what concerns them no longer."""
        await self._models.put("schools", event.enrolment_id, event.version, {"enrolled": False, "members": []})

    async def formed(self, event: GroupFormed, work: UnitOfWork) -> None:
        """Keep a group."""
        kept = event.model_dump(mode="json", exclude={"version", "group_id", "revision"})
        await self._models.put("groups", event.group_id, event.version, kept)

    async def changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """Keep which schools a group goes on with."""
        await self._models.put("groups", event.group_id, event.version, {"school_ids": list(event.school_ids)})
