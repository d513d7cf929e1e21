"""Loads a school's part in a programme with what decisions about it need, and saves and publishes what was decided."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.programmes.domain.enrolment.decide import withdraw
from services.programmes.domain.participation.decide import admitted_by_rules, template_of
from services.programmes.domain.participation.records import (
    Participation,
    ParticipationDecision,
    blank,
    participation_id,
)
from services.programmes.domain.participation.rules import rules_of
from services.programmes.domain.records import EnrolmentRecord, Programme, local_day
from services.programmes.handlers.situations import Situations
from services.programmes.ports.participation import Participations, SchoolEntries
from services.programmes.ports.register import Schools
from shared.bus import UnitOfWork
from shared.errors import Rejected

__all__ = ["PROVISIONAL", "Part", "Parts"]

PROVISIONAL = "provisional"
"""The reminder that a school's maybe is about to run out, or has run out."""
_WARNED = dt.timedelta(days=7)
_MORNING = dt.time(7)


@dataclass(frozen=True, slots=True)
class Part:
    """A school's part: what it has said, and its enrolment if there is one, also one that was withdrawn."""

    programme: Programme
    record: Participation
    enrolment: EnrolmentRecord | None
    today: dt.date

    @property
    def enrolled(self) -> bool:
        """Whether the school is enrolled."""
        return self.enrolment is not None and self.enrolment.state == "enrolled"

    @property
    def inside(self) -> frozenset[str]:
        """Who takes part for the school now."""
        return self.enrolment.inside if self.enrolment else frozenset()


class Parts:
    """What commands, entries of forms and reminders share."""

    def __init__(
        self, situations: Situations, schools: Schools, participations: Participations, entries: SchoolEntries
    ) -> None:
        self.situations = situations
        self._schools = schools
        self._participations = participations
        self._entries = entries

    async def of_urn(self, programme_id: str, urn: int, work: UnitOfWork) -> Part:
        """The part of the school with this URN. Raises Rejected("unknown-urn", "no-participation")."""
        programme = await self.situations.programmes.get(programme_id)
        template_of(programme)
        entry = (await self._schools.entries([urn])).get(urn)
        if entry is None:
            raise Rejected("unknown-urn", f"No school in the register has URN {urn}.")
        return await self._part(programme, entry.school_id, urn, work)

    async def of_school(self, programme_id: str, school_id: str, work: UnitOfWork) -> Part | None:
        """The part of a school of which something is known; None where nothing is."""
        programme = await self.situations.programmes.get(programme_id)
        part = await self._part(programme, school_id, 0, work)
        return part if part.record.urn else None

    async def keep(self, part: Part, decided: ParticipationDecision, work: UnitOfWork) -> ParticipationDecision:
        """Save and publish, with what follows by the rules: an admission, or the end of an enrolment."""
        template = template_of(part.programme)
        counts = await self._entries.counts(part.programme.programme_id, [part.record.school_id])
        contacts = self.situations.contacts
        programme_id, own = part.programme.programme_id, part.record.school_id
        sharing = await self.situations.sharing(programme_id, own)
        there = [person for one in (own, *sharing) for person in await contacts.at_school(programme_id, one)]
        rules = rules_of(template, decided.record, counts.get(own, {}), there, sharing)
        decided = admitted_by_rules(decided, rules, part.today, enrolled=part.enrolled)
        if decided.record == part.record:
            return decided
        await self._participations.put_participation(decided.record)
        for event in decided.events:
            work.publish(event)
        await self._leave(part, decided.record, work)
        self._watch(part, decided.record, work)
        return decided

    async def _part(self, programme: Programme, school_id: str, urn: int, work: UnitOfWork) -> Part:
        key = participation_id(programme.programme_id, school_id)
        enrolment = await self.situations.enrolment(programme.programme_id, school_id)
        known = await self._participations.participation(key)
        record = known or blank(programme.programme_id, school_id, urn or (enrolment.urn if enrolment else 0))
        return Part(programme, record, enrolment, local_day(work.now, programme.template.timezone))

    async def _leave(self, part: Part, record: Participation, work: UnitOfWork) -> None:
        """A school that is enrolled and takes no part is withdrawn."""
        out = record.answer == "no" or record.outcome in {"refused", "lapsed"}
        if not out or not part.enrolled or part.enrolment is None:
            return
        known = await self.situations.contacts.known((), part.enrolment.people)
        reason = record.outcome_reason or record.reason
        await self.situations.keep(withdraw(part.enrolment, known, part.today, reason), work)

    @staticmethod
    def _watch(part: Part, record: Participation, work: UnitOfWork) -> None:
        """Come back a week before a maybe runs out, and when it has."""
        until = record.provisional_until if record.answer == "maybe" and record.outcome is None else None
        zone = ZoneInfo(part.programme.template.timezone)
        days = {"soon": until - _WARNED, "over": until + dt.timedelta(days=1)} if until else {}
        data = {"programme_id": record.programme_id, "school_id": record.school_id}
        for what in ("soon", "over"):
            key = f"{record.participation_id}.{what}"
            if what in days and days[what] > part.today:
                at = dt.datetime.combine(days[what], _MORNING, zone).astimezone(dt.UTC)
                work.remind(PROVISIONAL, key, at, {**data, "what": what})
            else:
                work.cancel_reminder(PROVISIONAL, key)
