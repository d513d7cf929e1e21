"""Schools come to a party and leave it: each is enrolled, or withdrawn, by itself."""

import datetime as dt
from collections.abc import Iterable

from services.programmes.domain.enrolment.decide import withdraw
from services.programmes.domain.enrolment.publishing import published_departure
from services.programmes.domain.parties import people, schools
from services.programmes.domain.parties.records import PartyRecord
from services.programmes.domain.parties.schools import PartyDecision
from services.programmes.domain.records import EnrolmentRecord, Programme, RoleOf
from services.programmes.domain.register.entry import RegisterEntry
from services.programmes.domain.register.following import standing_under
from services.programmes.handlers.lines import Lines
from services.programmes.handlers.situations import Situations
from services.programmes.ports.parties import Parties
from services.programmes.ports.people import People
from services.programmes.ports.register import Schools
from shared.bus import UnitOfWork
from shared.commands.programmes import EnrolSchool
from shared.template import Template

__all__ = ["Together"]


class Together:
    """What commands, imports and the register's changes share."""

    def __init__(
        self,
        situations: Situations,
        parties: Parties,
        *,
        people: People,
        register: Schools,
        lines: Lines,
    ) -> None:
        self.situations = situations
        self.parties = parties
        self.lines = lines
        self.people = people
        self.register = register

    async def open_schools(self, trust_code: str) -> list[RegisterEntry]:
        """The schools of a trust that can be enrolled, each under the URN under which it stands, by URN."""
        of_it = await self.register.of_trust(trust_code)
        by_id = await self.register.entries_of({one.school_id for one in of_it})
        standing = [one for entries in by_id.values() if (one := standing_under(entries))]
        open_ones = (one for one in standing if one.school.trust_code == trust_code and one.school.status.enrollable)
        return sorted(open_ones, key=lambda one: one.school.urn)

    async def of_school(self, programme: Programme, school_id: str) -> list[PartyRecord]:
        """The parties of a programme that a school is of."""
        found = await self.parties.with_schools([school_id])
        here = [one for one in found if one.programme_id == programme.programme_id]
        return [one for one in here if school_id in one.school_ids]

    async def enrol(self, programme: Programme, entries: Iterable[RegisterEntry], work: UnitOfWork) -> None:
        """Enrol schools that are not enrolled yet; who holds which role there is named afterwards."""
        for entry in entries:
            wish = EnrolSchool(
                programme_id=programme.programme_id, urn=entry.school.urn, people=(), strengths=(), needs=()
            )
            found = await self.situations.of(wish, programme)
            if found.before is None or found.before.state == "withdrawn":
                await self.situations.take(wish, found, work)

    async def join(
        self, programme: Programme, before: PartyRecord, entries: Iterable[RegisterEntry], on: dt.date, work: UnitOfWork
    ) -> PartyRecord:
        """Schools come to a party that takes part already."""
        entries = list(entries)
        after = schools.joined(before, (one.school_id for one in entries), on)
        if after != before:
            await self.enrol(programme, entries, work)
            await self.save(PartyDecision(after, (schools.changed(after, "amended"),)), work)
        return after

    async def leave(
        self, programme: Programme, before: PartyRecord, school_ids: Iterable[str], reason: str, work: UnitOfWork
    ) -> PartyRecord:
        """Schools leave a party, and with it the programme, unless another party has them."""
        on, school_ids = programme.today(work.now), list(school_ids)
        after = schools.left(before, school_ids, on)
        if after != before:
            await self.save(PartyDecision(after, (schools.changed(after, "amended"),)), work)
            await self.withdraw(programme, school_ids, reason, work)
        return after

    async def leave_whole(self, programme: Programme, before: PartyRecord, reason: str, work: UnitOfWork) -> None:
        """A party leaves the programme with its schools and people."""
        on = programme.today(work.now)
        after = schools.withdrawn(before, on, reason)
        known = await self.situations.contacts.known((), before.people)
        decision = people.all_left(before, after, known, on)
        gone = (schools.changed(after, "withdrawn"), *decision.events)
        await self.save(PartyDecision(after, gone, decision.people), work)
        await self.withdraw(programme, before.school_ids, reason, work)
        for one in before.people:
            await self.lines.passed(programme, one.role, one.person_id, None, on=on, work=work)

    async def save(self, decision: PartyDecision, work: UnitOfWork) -> None:
        """Save a party with its people and publish what was decided."""
        await self.situations.contacts.keep(decision.people, work)
        await self.parties.put_party(decision.record)
        for event in decision.events:
            work.publish(event)

    async def withdraw(self, programme: Programme, school_ids: Iterable[str], reason: str, work: UnitOfWork) -> None:
        """Withdraw schools that no party has any more; everybody leaves their roles there."""
        kept = {school for one in await self.parties.parties(programme.programme_id) for school in one.school_ids}
        for school_id in dict.fromkeys(school_ids):
            enrolment = await self.situations.enrolment(programme.programme_id, school_id)
            if enrolment is not None and enrolment.state == "enrolled" and school_id not in kept:
                await self._withdraw(programme, enrolment, reason, work)

    async def _withdraw(self, programme: Programme, before: EnrolmentRecord, reason: str, work: UnitOfWork) -> None:
        on = programme.today(work.now)
        there = [(one.role, one.person_id) for one in before.people]
        known = await self.situations.contacts.known((), before.people)
        decision = withdraw(before, known, on, reason)
        await self.situations.keep(decision, work)
        there += await self._added(programme, decision.enrolment, on, work)
        for role, person in there:
            await self.lines.passed(programme, role, person, None, on=on, work=work)

    async def _added(
        self, programme: Programme, enrolment: EnrolmentRecord, on: dt.date, work: UnitOfWork
    ) -> list[tuple[str, str]]:
        """Whoever was named one by one leaves; whom an entry names stays named by it."""
        if not isinstance(programme.template, Template):
            return []
        place = {"school_id": enrolment.school_id, "programme_id": enrolment.programme_id}
        gone = []
        for person in await self.people.at_school(enrolment.programme_id, enrolment.school_id):
            for held in (one for one in person.roles if one == RoleOf(role=one.role, **place)):
                known = await self.situations.contacts.known((person.email,), ())
                known.drop_role(person.person_id, held)
                after = known.by_id[person.person_id]
                await self.situations.contacts.keep(known.changed.values(), work)
                for event in published_departure(enrolment, after, held.role, on):
                    work.publish(event)
                gone.append((held.role, person.person_id))
        return gone
