"""Two people agree a day: offered from what both can, answered by each, settled once both have."""

import datetime as dt

from services.scheduling.domain.calendars.common_days import LONGEST, able, stretch
from services.scheduling.domain.dates.agreement import nothing_suits, offer, reply, withdraw
from services.scheduling.domain.dates.records import AgreementRecord
from services.scheduling.domain.ids import agreement_id
from services.scheduling.domain.local_time import LONDON, local_date, next_day
from services.scheduling.handlers.loading.days import busy, ruled_out, school_days
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.wording import in_words
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling_dates import (
    AgreementDetail,
    AgreementRows,
    AnswerDates,
    ListAgreements,
    NoteRow,
    OfferDates,
    SaidRow,
    ShowAgreement,
    WithdrawDates,
)
from shared.errors import Rejected
from shared.events.scheduling_dates import DatesAgreed, DatesAnswered, DatesOffered, DatesRefused, DatesWithdrawn

__all__ = ["Agreeing"]


class Agreeing:
    """Commands and the query about days that two people agree."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def offer(self, command: OfferDates, work: UnitOfWork) -> Done:
        """Offer days on which both can and their schools are open, and hold them until the deadline."""
        people = command.person_ids
        if len(set(people)) < len(people):
            raise Rejected("two-people", "A day is agreed between two different people.")
        if command.deadline <= work.now:
            raise Rejected("too-late", "The deadline has passed. Name one that is to come.")
        if command.deadline > work.now + LONGEST:
            raise Rejected("other-year", f"The deadline lies more than {LONGEST.days} days ahead. Look at its year.")
        first, last = stretch(command.earliest, command.latest, next_day(command.deadline, LONDON))
        schools = await school_days(self._stores, command.school_ids)
        calls = await self._stores.calls.taken(people, work.now)
        taken = {local_date(cell, LONDON) for cells in calls.values() for cell in cells} | await busy(
            self._stores, people, work.now
        )
        taken |= await ruled_out(self._stores, people)
        horizon = Horizon.over(first, last, (await self._stores.calendars.in_force()).bank_holidays)
        mask = able(horizon, schools.terms, taken | schools.closed)
        agreement = offer(horizon, mask, people, command.deadline, earliest=first, about=command.about.strip())
        record = AgreementRecord.of(agreement_id(work.event_id), agreement)
        await self._stores.agreements.put(record, work.now)
        told = {**_told(record), "offers": record.offers, "deadline": record.deadline}
        work.publish(DatesOffered.model_validate(told))
        listed = ", ".join(in_words(day) for day in record.offers)
        return Done(id=record.agreement_id, version=record.version, sentence=f"On offer: {listed}.")

    async def answer(self, command: AnswerDates, work: UnitOfWork) -> Done:
        """Note what one of them says of the days; settle the day once both have answered and one suits.

        Their first answer is told. That none suits is told when it comes to that, not again with each further answer.
        """
        before = await self._stores.agreements.agreement(command.agreement_id)
        said = {line.on: line.answer for line in command.lines}
        if len(said) < len(command.lines):
            raise Rejected("answered-twice", "A day is answered twice. Answer each of the days on offer once.")
        answered = reply(before.agreement, command.person_id, said, work.now, command.note)
        refused = nothing_suits(answered) and not nothing_suits(before.agreement)
        version = before.version + (answered.settled is not None or refused)
        after = AgreementRecord.of(before.agreement_id, answered, version)
        await self._stores.agreements.put(after, work.now)
        if command.person_id in before.agreement.waiting_for():
            count = len(answered.replies)
            work.publish(DatesAnswered(version=count, agreement_id=after.agreement_id, person_id=command.person_id))
        if after.settled is not None:
            work.publish(DatesAgreed.model_validate({**_told(after), "on": after.settled}))
        if refused:
            work.publish(DatesRefused(version=version, agreement_id=after.agreement_id, person_ids=after.people))
        return Done(id=after.agreement_id, version=version, sentence=_consequence(after))

    async def withdraw(self, command: WithdrawDates, work: UnitOfWork) -> Done:
        """Free a settled day again and tell it."""
        before = await self._stores.agreements.agreement(command.agreement_id)
        agreement = withdraw(before.agreement, local_date(work.now, LONDON))
        after = AgreementRecord.of(before.agreement_id, agreement, before.version + 1)
        await self._stores.agreements.put(after, work.now)
        work.publish(DatesWithdrawn.model_validate({**_told(after), "on": after.settled}))
        sentence = f"The day is withdrawn: {in_words(before.settled)}." if before.settled else ""
        return Done(id=after.agreement_id, version=after.version, sentence=sentence)

    async def show(self, query: ShowAgreement) -> AgreementDetail:
        """How an agreement stands at this time."""
        return _detail(await self._stores.agreements.agreement(query.agreement_id), self._stores.now())

    async def list(self, query: ListAgreements) -> AgreementRows:
        """A page of agreements as they stand at this time. All are read: how one stands depends on the time."""
        now = self._stores.now()
        found = [
            record
            async for record in self._stores.agreements.of(query.person_id)
            if query.state in {None, record.agreement.state(now)} and record.agreement_id.startswith(query.named)
        ]
        shown = found[query.offset : query.offset + query.limit]
        return AgreementRows(total=len(found), agreements=tuple(_detail(record, now) for record in shown))


def _detail(record: AgreementRecord, now: dt.datetime) -> AgreementDetail:
    agreement = record.agreement
    return AgreementDetail.model_validate(
        {
            "agreement_id": record.agreement_id,
            "person_ids": record.people,
            "offers": record.offers,
            "deadline": record.deadline,
            "state": agreement.state(now),
            "said": tuple(SaidRow(**one.model_dump()) for one in record.said),
            "waiting_for": agreement.waiting_for(),
            "settled": None if record.withdrawn else record.settled,
            "withdrawn": record.settled if record.withdrawn else None,
            "held": agreement.held(now),
            "version": record.version,
            "about": record.about,
            "notes": tuple(NoteRow(**one.model_dump()) for one in record.notes),
        }
    )


def _told(record: AgreementRecord) -> dict[str, object]:
    """What every event of an agreement says."""
    return {
        "version": record.version,
        "agreement_id": record.agreement_id,
        "person_ids": record.people,
        "timezone": LONDON,
    }


def _consequence(record: AgreementRecord) -> str:
    if record.settled is not None:
        return f"The day is settled: {in_words(record.settled)}."
    if nothing_suits(record.agreement):
        return "None of the days suits both. The coordinator is told and can offer others."
    if any(all(answer == "no" for answer in said.values()) for said in record.agreement.replies.values()):
        return "Thank you, your answer is saved. Once the other has answered too, the coordinator can offer other days."
    return "Thank you, your answer is saved. The day is settled once the other has answered."
