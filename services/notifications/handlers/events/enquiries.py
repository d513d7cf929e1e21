"""Enquiries of people outside: the coordinator hears of each, and what was erased is forgotten here, too."""

from services.notifications.domain.decisions import enquiries
from services.notifications.handlers.records import Records
from services.notifications.ports import Erasure
from shared.bus.unit_of_work import UnitOfWork
from shared.events.enquiries import EnquiryErased, EnquiryReceived


class Enquiries:
    """Reactions to what `programmes` tells of enquiries."""

    def __init__(self, records: Records, mails: Erasure) -> None:
        self._records = records
        self._mails = mails

    async def received(self, event: EnquiryReceived, work: UnitOfWork) -> None:
        """Mail the coordinator."""
        programme = await self._records.programme(event.programme_id)
        await self._records.save(enquiries.received(programme, event, work.now), work)

    async def erased(self, event: EnquiryErased, work: UnitOfWork) -> None:
        """Blank every text of it. A mail of an enquiry names it among those whom it mentions."""
        await self._mails.erase(event.enquiry_id, work.now)
