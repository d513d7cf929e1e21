"""An enrolment says something else: published visits on days that it rules out now get other dates."""

from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.domain.visits.corrections import RuledOut, newly_ruled_out
from services.scheduling.domain.visits.records import EnrolmentRecord
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.projection import enrolment_of, is_next
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.programmes import EnrolmentAmended

__all__ = ["EnrolmentEvents"]


class EnrolmentEvents:
    """Handlers of facts about enrolments that change visits."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def amended(self, event: EnrolmentAmended, work: UnitOfWork) -> None:
        """The enrolment as it stands now. A draft follows when it is drafted again; published visits move at once."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        if not is_next(known.version if known else None, event.version):
            return
        await self.stated(known, enrolment_of(event, event.version), work)

    async def stated(self, known: EnrolmentRecord | None, after: EnrolmentRecord, work: UnitOfWork) -> None:
        """What a school states now, in place of what it stated before."""
        if known is None:
            await self._stores.enrolments.put(after)
            return
        await self._stores.enrolments.put(after.model_copy(update={"closed_on": known.closed_on}))
        if out := newly_ruled_out(known, after):
            await self._move(out, after.programme_id, work)

    async def _move(self, out: RuledOut, programme_id: str, work: UnitOfWork) -> None:
        """Move each published visit that cannot keep its date, by the least change, or ask the coordinator."""
        sharing = await self._stores.enrolments.naming(set(out.people))
        schools = {out.school_id, *(one.school_id for one in sharing if one.programme_id == programme_id)}
        for listed in await self._stores.published.at_schools(schools, local_date(work.now, LONDON)):
            record = await self._stores.visits.visit(listed.visit.visit_id)
            if record.visit.programme_id == programme_id and (why := out.concerns(record)):
                await self._changes.repair(record, *why, work)
