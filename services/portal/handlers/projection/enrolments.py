"""Programmes, schools and their people; groups."""

from typing import Any

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.programmes import (
    EnrolmentAmended,
    FacilitatorAppointed,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolWithdrawn,
)


class EnrolmentProjection:
    """Keeps who takes part, where and as what."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep a programme with its template."""
        fields = event.model_dump(mode="json", exclude={"version", "programme_id"})
        await self._models.put("programmes", event.programme_id, event.version, fields)

    async def appointed(self, event: FacilitatorAppointed, work: UnitOfWork) -> None:
        """Keep who leads visits in a programme."""
        await self._models.add("programmes", event.programme_id, "facilitator_ids", event.person_id)

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """Keep a school's part as it now stands."""
        fields: dict[str, Any] = {
            "programme_id": event.programme_id,
            "school_id": event.school.school_id,
            "name": event.school.name,
            "place": ", ".join(part for part in (event.school.town, event.school.postcode) if part),
            "members": [{"person_id": person.person_id, "role": person.role} for person in event.people],
            "strengths": [claim.topic for claim in event.strengths],
            "needs": [claim.topic for claim in event.needs],
            "enrolled": True,
        }
        await self._models.put("schools", event.enrolment_id, event.version, fields)

    async def replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Hand a role from one person to another."""
        kept = await self._models.get("schools", event.enrolment_id)
        if kept is None:
            return
        members = [
            {**member, "person_id": event.replaced_by}
            if (member["person_id"], member["role"]) == (event.person_id, event.role)
            else member
            for member in kept["members"]
        ]
        await self._models.put("schools", event.enrolment_id, event.version, {"members": members})

    async def withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """Keep that the school has left; its people see what concerns them no longer."""
        await self._models.put("schools", event.enrolment_id, event.version, {"enrolled": False, "members": []})

    async def formed(self, event: GroupFormed, work: UnitOfWork) -> None:
        """Keep a group."""
        fields = event.model_dump(mode="json", exclude={"version", "group_id", "revision"})
        await self._models.put("groups", event.group_id, event.version, fields)

    async def changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """Keep which schools a group goes on with."""
        await self._models.put("groups", event.group_id, event.version, {"school_ids": list(event.school_ids)})
