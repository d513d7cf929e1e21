"""Days that people agree, and calls."""

from services.portal.ports.models import Models
from shared.bus import UnitOfWork
from shared.events.agreed_visits import (
    AgreedVisitCancelled,
    AgreedVisitChanged,
    AgreedVisitHeld,
    AgreedVisitMoved,
    AgreedVisitScheduled,
)
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesAnswered,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)

VisitEvent = AgreedVisitScheduled | AgreedVisitMoved | AgreedVisitChanged | AgreedVisitCancelled | AgreedVisitHeld


class DateProjection:
    """Keeps which days are on offer or agreed, who is asked to choose a time for a call, and which calls are booked."""

    def __init__(self, models: Models) -> None:
        self._models = models

    async def offered(self, event: DatesOffered, work: UnitOfWork) -> None:
        """Keep the days on offer."""
        fields = event.model_dump(mode="json", exclude={"version", "agreement_id"})
        await self._models.put("agreements", event.agreement_id, event.version, {**fields, "state": "offered"})

    async def answered(self, event: DatesAnswered, work: UnitOfWork) -> None:
        """Keep that somebody has answered."""
        await self._models.add("agreements", event.agreement_id, "answered", event.person_id)

    async def refused(self, event: DatesRefused, work: UnitOfWork) -> None:
        """Keep that no day suits all yet."""
        await self._models.put("agreements", event.agreement_id, event.version, {"state": "refused"})

    async def agreed(self, event: DatesAgreed | DatesWithdrawn, work: UnitOfWork) -> None:
        """Keep the day that was settled, or that it does not take place."""
        fields = event.model_dump(mode="json", exclude={"version", "agreement_id"})
        state = "withdrawn" if isinstance(event, DatesWithdrawn) else "agreed"
        await self._models.put("agreements", event.agreement_id, event.version, {**fields, "state": state})

    async def visit(self, event: VisitEvent, work: UnitOfWork) -> None:
        """Keep a visit on an agreed day as it stands."""
        of_it = {"programme_id", "activity", "host_school_id", "on", "starts", "ends", "timezone"}
        fields = event.model_dump(mode="json", include=of_it)
        ended: dict[type[VisitEvent], str] = {AgreedVisitCancelled: "cancelled", AgreedVisitHeld: "held"}
        invited = [one.person_id for one in event.attendees]
        state = {"person_ids": invited, "state": ended.get(type(event), "agreed")}
        await self._models.put("agreed_visits", event.visit_id, event.version, {**fields, **state})

    async def call_offered(self, event: CallOffered, work: UnitOfWork) -> None:
        """Keep who is asked to choose a time."""
        fields = event.model_dump(mode="json", exclude={"version", "offer_id"})
        await self._models.put("call_offers", event.offer_id, event.version, fields)

    async def call(self, event: CallBooked | CallCancelled, work: UnitOfWork) -> None:
        """Keep a call as it stands."""
        fields = event.model_dump(mode="json", exclude={"version", "call_id"})
        state = "cancelled" if isinstance(event, CallCancelled) else "booked"
        await self._models.put("calls", event.call_id, event.version, {**fields, "state": state})
