"""Places that two neighbouring schools share: they come to share one, one of them leaves, the other keeps it."""

from services.programmes.domain.parties import schools
from services.programmes.domain.parties.records import PartyRecord
from services.programmes.domain.records import Programme
from services.programmes.handlers.situations import Situations
from services.programmes.ports.parties import Parties
from services.programmes.ports.register import Schools
from shared.bus import UnitOfWork
from shared.events.pairs import PlaceShared
from shared.events.programmes_parts import SchoolWithdrawn
from shared.template.kinds import SHARED_PLACE, TRAINING

__all__ = ["Places"]


class Places:
    """Handlers of facts."""

    def __init__(self, situations: Situations, parties: Parties, register: Schools) -> None:
        self._situations = situations
        self._parties = parties
        self._register = register

    async def shared(self, event: PlaceShared, work: UnitOfWork) -> None:
        """Two schools share a place, where both still take part and neither shares one."""
        programme = await self._situations.programmes.get(event.programme_id)
        enrolments = [await self._situations.enrolment(event.programme_id, one) for one in event.school_ids]
        here = [one for one in enrolments if one is not None and one.state == "enrolled"]
        taken = await self._parties.with_schools(event.school_ids)
        if len(here) < len(event.school_ids) or any(
            schools.place_among(taken, event.programme_id, one) for one in event.school_ids
        ):
            return
        found = await self._register.entries([one.urn for one in here])
        names = [found[one.urn].school.name if one.urn in found else str(one.urn) for one in here]
        place = schools.shared(event.programme_id, event.place_id, names, event.school_ids, programme.today(work.now))
        await self._parties.put_party(place)
        work.publish(schools.changed(place, "enrolled"))

    async def left(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school has left: the others keep the place, or train on, and it ends with the last."""
        found = await self._parties.with_schools([event.school_id])
        for kind in (SHARED_PLACE, TRAINING):
            place = schools.place_among(found, event.programme_id, event.school_id, kind)
            if place is not None:
                programme = await self._situations.programmes.get(event.programme_id)
                await self._leave(programme, place, event.school_id, work)

    async def _leave(self, programme: Programme, place: PartyRecord, school_id: str, work: UnitOfWork) -> None:
        on = programme.today(work.now)
        after = schools.left(place, [school_id], on)
        if not after.school_ids:
            after = schools.dissolved(after, on, "All schools have left.")
        await self._parties.put_party(after)
        work.publish(schools.changed(after, "amended" if after.school_ids else "withdrawn"))
