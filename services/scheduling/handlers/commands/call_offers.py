"""Commands about calls on offer: somebody is asked to choose a time, and the first to book a slot has it."""

from services.scheduling.domain.dates.call_decisions import decide_invitation, may_take
from services.scheduling.domain.ids import call_offer_id
from services.scheduling.handlers.commands.calls import book
from services.scheduling.handlers.loading.hours import LoadHours
from services.scheduling.handlers.loading.open_calls import OpenCalls
from services.scheduling.ports.calls import CallOffers, Calls
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_dates import BookCall, OfferCall, TakeCallSlot

__all__ = ["CallOfferCommands"]


class CallOfferCommands:
    """Commands about calls on offer."""

    def __init__(self, offers: CallOffers, calls: Calls, hours: LoadHours, open_calls: OpenCalls) -> None:
        self._offers, self._calls, self._hours, self._open = offers, calls, hours, open_calls

    async def offer(self, command: OfferCall, work: UnitOfWork) -> Done:
        """Ask somebody to choose a time for a call with a person who has said when to be called."""
        hours = await self._hours({command.host_id, command.person_id}, work.now)
        decision = decide_invitation(call_offer_id(work.event_id), command, hours, work.now)
        await self._offers.put(decision.record)
        for event in decision.events:
            work.publish(event)
        return Done(id=decision.record.offer_id, sentence=decision.sentence)

    async def take(self, command: TakeCallSlot, work: UnitOfWork) -> Done:
        """Book the call at the time that they chose. Refused where it is taken meanwhile, or booked already."""
        offer = await self._offers.offer(command.offer_id)
        booked = await self._calls.call(offer.call_id) if offer.call_id else None
        may_take(offer, booked, command.person_id)
        if offer.programme_id:
            offer = await self._open.host_for(offer, command.start, work.now)
        people = offer.host_id, offer.person_id
        wanted = BookCall(person_ids=people, start=command.start, minutes=offer.minutes)
        done = await book(self._calls, self._hours, wanted, work, offer)
        await self._offers.put(offer.model_copy(update={"call_id": done.id}))
        return done
