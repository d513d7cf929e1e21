"""What follows from a decision about an entry: it is kept and told, reports are made of it, its actions change."""

from services.reporting.domain.decisions.decision import Decision
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.records import Entry
from services.reporting.handlers.ordering import ReportOrders
from services.reporting.handlers.plans import Plans
from services.reporting.handlers.publishing import publish
from services.reporting.ports.entries import Entries
from shared.bus import UnitOfWork
from shared.events.base import Event
from shared.events.forms import FormAgreed, FormReleased, FormSubmitted

__all__ = ["Following"]

STATES: dict[type[Event], str] = {FormSubmitted: "submitted", FormAgreed: "agreed", FormReleased: "released"}
"""Event of an entry -> the word by which a template's moments name what it brings about."""


class Following:
    """The same whether somebody acts or a day has come."""

    def __init__(self, entries: Entries, orders: ReportOrders, plans: Plans) -> None:
        self._entries = entries
        self._orders = orders
        self._plans = plans

    async def carry_out(self, decision: Decision[Entry], context: Context, work: UnitOfWork) -> None:
        """Keep the entry, publish, and bring about what hangs on it."""
        record = decision.record
        if record is not None:
            await self._entries.put(record)
        publish(decision, work)
        for event in decision.events:
            if state := STATES.get(type(event)):
                await self._orders.entry_is(state, context, work)
            if record is not None and isinstance(event, FormAgreed):
                await self._plans.said(record, context.form, work)
            if record is not None and isinstance(event, FormReleased):
                await self._orders.entry_released(record, context, work)
