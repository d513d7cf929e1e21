"""Commands about a day that two people agree."""

from services.scheduling.domain.dates.agreement_decisions import (
    Known,
    decide_answer,
    decide_offer,
    decide_withdrawal,
    offer_span,
)
from services.scheduling.domain.dates.records import AgreementRecord
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.ids import agreement_id
from services.scheduling.domain.local_time import LONDON, local_date
from services.scheduling.handlers.loading.days import busy, ruled_out, school_days
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_dates import AnswerDates, OfferDates, WithdrawDates

__all__ = ["AgreementCommands"]


class AgreementCommands:
    """Offer days, answer them, withdraw the one that was settled."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def offer(self, command: OfferDates, work: UnitOfWork) -> Done:
        """Offer days on which both can and their schools are open."""
        offer_span(command, work.now)
        known = await self._known(command, work)
        return await self._keep(decide_offer(agreement_id(work.event_id), command, known, work.now), work)

    async def answer(self, command: AnswerDates, work: UnitOfWork) -> Done:
        """Note what one of them says of the days on offer."""
        before = await self._stores.agreements.agreement(command.agreement_id)
        return await self._keep(decide_answer(before, command, work.now), work)

    async def withdraw(self, command: WithdrawDates, work: UnitOfWork) -> Done:
        """Free a settled day again."""
        before = await self._stores.agreements.agreement(command.agreement_id)
        return await self._keep(decide_withdrawal(before, work.now), work)

    async def _known(self, command: OfferDates, work: UnitOfWork) -> Known:
        people = command.person_ids
        schools = await school_days(self._stores, command.school_ids)
        calls = await self._stores.calls.taken(people, work.now)
        called = {local_date(cell, LONDON) for cells in calls.values() for cell in cells}
        elsewhere = await busy(self._stores, people, work.now)
        cannot = await ruled_out(self._stores, people)
        holidays = (await self._stores.calendars.in_force()).bank_holidays
        return Known(schools.terms, holidays, called | elsewhere | cannot | schools.closed)

    async def _keep(self, decision: Decision[AgreementRecord], work: UnitOfWork) -> Done:
        record = decision.record
        await self._stores.agreements.put(record, work.now)
        for event in decision.events:
            work.publish(event)
        return Done(id=record.agreement_id, version=record.version, sentence=decision.sentence)
