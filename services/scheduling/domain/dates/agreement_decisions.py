"""Decisions about a day that two people agree: days are offered, answered, settled and withdrawn."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from services.scheduling.domain.calendars.common_days import LONGEST, able, stretch
from services.scheduling.domain.dates.agreement import nothing_suits, offer, reply, withdraw
from services.scheduling.domain.dates.records import AgreementRecord
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.local_time import LONDON, local_date, next_day
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import Dates, TermCalendar
from services.scheduling.planner.wording import in_words
from shared.commands.scheduling_dates import AnswerDates, OfferDates
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.scheduling_dates import DatesAgreed, DatesAnswered, DatesOffered, DatesRefused, DatesWithdrawn


@dataclass(frozen=True, slots=True)
class Known:
    """What days are offered from: their schools' term dates, and days on which one of the people or schools cannot."""

    terms: Iterable[TermCalendar]
    bank_holidays: Dates
    taken: Iterable[dt.date]


def offer_span(command: OfferDates, now: dt.datetime) -> tuple[dt.date, dt.date]:
    """The first and last day to offer. Raises Rejected for one person twice and for deadlines that make no sense."""
    if len(set(command.person_ids)) < len(command.person_ids):
        raise Rejected("two-people", "A day is agreed between two different people.")
    if command.deadline <= now:
        raise Rejected("too-late", "The deadline has passed. Name one that is to come.")
    if command.deadline > now + LONGEST:
        raise Rejected("other-year", f"The deadline lies more than {LONGEST.days} days ahead. Look at its year.")
    return stretch(command.earliest, command.latest, next_day(command.deadline, LONDON))


def decide_offer(name: str, command: OfferDates, known: Known, now: dt.datetime) -> Decision[AgreementRecord]:
    """Offer days on which both can and their schools are open, and hold them until the deadline.

    Raises Rejected where there is no such day, and as `offer_span` does.
    """
    first, last = offer_span(command, now)
    horizon = Horizon.over(first, last, known.bank_holidays)
    mask = able(horizon, known.terms, known.taken)
    agreement = offer(horizon, mask, command.person_ids, command.deadline, earliest=first, about=command.about.strip())
    record = AgreementRecord.of(name, agreement)
    event = DatesOffered.model_validate({**_fields(record), "offers": record.offers, "deadline": record.deadline})
    return Decision((record,), (event,), f"On offer: {', '.join(map(in_words, record.offers))}.")


def decide_answer(before: AgreementRecord, command: AnswerDates, now: dt.datetime) -> Decision[AgreementRecord]:
    """Note what one of them says of the days; settle the day once both have answered and one suits.

    Their first answer is published. That no day suits is published once, not again with each further answer.
    Raises Rejected as `reply` does, and for a day that is answered twice.
    """
    said = {line.on: line.answer for line in command.lines}
    if len(said) < len(command.lines):
        raise Rejected("answered-twice", "A day is answered twice. Answer each of the days on offer once.")
    answered = reply(before.agreement, command.person_id, said, now, command.note)
    refused = nothing_suits(answered) and not nothing_suits(before.agreement)
    version = before.version + (answered.settled is not None or refused)
    after = AgreementRecord.of(before.agreement_id, answered, version)
    events: list[Event] = []
    if command.person_id in before.agreement.waiting_for():
        count = len(answered.replies)
        events.append(DatesAnswered(version=count, agreement_id=after.agreement_id, person_id=command.person_id))
    if after.settled is not None:
        events.append(DatesAgreed.model_validate({**_fields(after), "on": after.settled}))
    if refused:
        events.append(DatesRefused(version=version, agreement_id=after.agreement_id, person_ids=after.people))
    return Decision((after,), tuple(events), _consequence(after))


def decide_withdrawal(before: AgreementRecord, now: dt.datetime) -> Decision[AgreementRecord]:
    """Free a settled day again. Raises Rejected as `withdraw` does."""
    agreement = withdraw(before.agreement, local_date(now, LONDON))
    after = AgreementRecord.of(before.agreement_id, agreement, before.version + 1)
    event = DatesWithdrawn.model_validate({**_fields(after), "on": after.settled})
    sentence = f"The day is withdrawn: {in_words(before.settled)}." if before.settled else ""
    return Decision((after,), (event,), sentence)


def _fields(record: AgreementRecord) -> dict[str, object]:
    """The fields that all events of an agreement have."""
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
