"""Loads a school's profile for one of its people: as it is enrolled, or as it was in an earlier programme."""

from services.programmes.domain.enrolment.profiles import Profile, profile_of
from services.programmes.domain.participation.records import participation_id
from services.programmes.domain.records import Programme
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.participation import Participations
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import Schools
from shared.errors import Rejected

__all__ = ["Profiles"]


class Profiles:
    """What the command and the query share."""

    def __init__(
        self, programmes: Programmes, enrolled: Enrolled, participations: Participations, schools: Schools
    ) -> None:
        self.programmes = programmes
        self._enrolled = enrolled
        self._participations = participations
        self.schools = schools

    async def of_urn(self, programme: Programme, urn: int, person_id: str) -> Profile:
        """Return the profile of the school with this URN. Raises Rejected("unknown-school")."""
        entry = (await self.schools.entries([urn])).get(urn)
        if entry is None:
            raise Rejected("unknown-school", "There is no such school in this programme.")
        return await self.of_school(programme, entry.school_id, person_id)

    async def of_school(self, programme: Programme, school_id: str, person_id: str) -> Profile:
        """Return a school's profile. Raises Rejected("unknown-school")."""
        asked = await self._participations.participation(participation_id(programme.programme_id, school_id))
        enrolled = await self._enrolled.of_schools([school_id])
        others = [one.programme_id for one in enrolled if one.programme_id != programme.programme_id]
        earlier = [await self.programmes.get(one) for one in dict.fromkeys(others)]
        return profile_of(person_id, programme, enrolled, asked, earlier)
