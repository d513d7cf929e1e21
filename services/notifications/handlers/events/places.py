"""Places on offer."""

from services.notifications.domain.decisions import places as decisions
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.records import Records
from services.notifications.ports.template_facts import FormEntries
from shared.bus.unit_of_work import UnitOfWork
from shared.events.rounds import PlaceOfferAccepted, PlaceOffered, PlaceOfferPassed


class Places:
    """Reactions to what becomes of them."""

    def __init__(self, records: Records, entries: FormEntries, cases: Cases) -> None:
        self._records = records
        self._entries = entries
        self._cases = cases

    async def offered(self, event: PlaceOffered, work: UnitOfWork) -> None:
        """Tell the person, and who named them."""
        programme = await self._records.programme(event.programme_id)
        entry = (await self._entries.find([event.person_entry_id])).get(event.person_entry_id)
        ids = (event.person_id, *(entry.author_ids if entry else ()))
        people = await self._cases.known(programme, ids, event.school_id)
        await self._records.save(decisions.offered(event, people, work.now), work)

    async def settled(self, event: PlaceOfferAccepted | PlaceOfferPassed, work: UnitOfWork) -> None:
        """Keep that nobody need answer any more."""
        await self._records.save(decisions.settled(event), work)
