"""Commands about who holds a role at a school: taken over, also for a time, or left."""

import datetime as dt
from dataclasses import dataclass

from services.programmes.domain import naming
from services.programmes.domain.enrolment.decide import leave_role, place_of, replace
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.people_rules import refuse_bad_address, refuse_other_name
from services.programmes.domain.enrolment.publishing import published_addition, published_departure
from services.programmes.domain.enrolment.standing import refuse, unless_enrolled
from services.programmes.domain.memberships import Held, held, whom
from services.programmes.domain.naming import Renaming
from services.programmes.domain.records import EnrolmentRecord, HeldRole, Naming, Programme, RoleOf, local_day
from services.programmes.handlers.lines import Lines
from services.programmes.handlers.situations import Situations
from services.programmes.ports.naming import Namings
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.programmes import LeaveRole, PersonDetails, ReplacePerson
from shared.errors import Rejected
from shared.template import Template

__all__ = ["MembershipCommands"]


@dataclass(frozen=True, slots=True)
class _School:
    """A school's enrolment, what its entries name, and everybody concerned."""

    programme: Programme
    enrolment: EnrolmentRecord
    namings: list[Naming]
    known: Known

    def held(self, role: str, leaving: str) -> Held:
        """Who holds the role, as somebody says."""
        known, terms = self.known, self.programme.terms
        return held(
            role,
            whom(leaving, known),
            enrolment=self.enrolment,
            namings=self.namings,
            known=known,
            terms=terms,
        )


class MembershipCommands:
    """One method a command."""

    def __init__(self, situations: Situations, namings: Namings, lines: Lines) -> None:
        self._situations = situations
        self._namings = namings
        self._lines = lines

    async def replace(self, command: ReplacePerson, work: UnitOfWork) -> Done:
        """Give a role at a school to somebody else; what the one before them did stays theirs."""
        refuse_bad_address(command.person)
        school = await self._school(command.programme_id, command.urn, [command.person.email, command.leaving])
        refuse_other_name(command.person, school.known, school.enrolment.school_id)
        if not school.programme.in_parts:
            return await self._in_enrolment(school, command, None, work)
        found = school.held(command.person.role, command.leaving)
        taking = school.known.with_address(command.person.email)
        if not found.enrolled and taking and taking.person_id == found.person_id:
            raise Rejected("same-person", "This address already is theirs; use it to correct, not to replace.")
        if found.enrolled:
            done = await self._in_enrolment(school, command, found.person_id, work)
        else:
            await (self._in_entries if found.namings else self._one_by_one)(school, command, found, work)
            done = self._done(school, "has a new person in this role")
        (successor,) = await self._situations.contacts.ids([command.person.email])
        await self._pass_on(school, command.person.role, found.person_id, successor, work)
        return done

    async def leave(self, command: LeaveRole, work: UnitOfWork) -> Done:
        """Somebody leaves a role, and nobody takes it over."""
        school = await self._school(command.programme_id, command.urn, [command.leaving])
        if not school.programme.in_parts:
            raise Rejected("role-needed", "In this programme a role is handed over: `kindred people replace`.")
        found = school.held(command.role, command.leaving)
        on, role = self._today(school, work), command.role
        if found.enrolled:
            decision = leave_role(school.enrolment, school.programme, role, found.person_id, known=school.known, on=on)
            await self._situations.keep(decision, work)
        for one in found.namings:
            renaming = naming.leave(one, role, found.person_id, self._template(school), known=school.known, on=on)
            await self._keep(renaming, work)
        if not found.enrolled and not found.namings:
            known = self._dropped(school, role, found.person_id)
            for event in published_departure(school.enrolment, known.by_id[found.person_id], role, on):
                work.publish(event)
            await self._situations.contacts.keep(known.changed.values(), work)
        alone = await self._pass_on(school, role, found.person_id, None, work)
        more = f" Nobody has taken over from them for: {', '.join(alone)}." if alone else ""
        return self._done(school, f"has nobody in this role any more.{more}".removesuffix("."))

    async def _in_enrolment(
        self, school: _School, command: ReplacePerson, leaving: str | None, work: UnitOfWork
    ) -> Done:
        decision = replace(
            school.enrolment,
            school.programme,
            command.person,
            school.known,
            new_id=self._situations.contacts.new_id,
            on=self._today(school, work),
            leaving=leaving,
            interim=command.interim,
        )
        await self._situations.keep(decision, work)
        return self._done(school, "has a new person in this role", decision.enrolment.version)

    async def _in_entries(self, school: _School, command: ReplacePerson, found: Held, work: UnitOfWork) -> None:
        known = school.known
        for one in found.namings:
            renaming = naming.take_over(
                one,
                found.person_id,
                self._as_known(command.person, known),
                self._template(school),
                known=known,
                new_id=self._situations.contacts.new_id,
                on=self._today(school, work),
                interim=command.interim,
            )
            await self._keep(renaming, work)
            known = Known({**known.by_id, **{each.person_id: each for each in renaming.people}})

    async def _one_by_one(self, school: _School, command: ReplacePerson, found: Held, work: UnitOfWork) -> None:
        role, on = command.person.role, self._today(school, work)
        known = self._dropped(school, role, found.person_id)
        place = RoleOf(role=role, **place_of(school.enrolment.school_id, command.programme_id))
        before = known.with_address(command.person.email)
        person = known.add_role(command.person, place, self._situations.contacts.new_id)
        await self._situations.contacts.keep(known.changed.values(), work)
        gone = known.by_id[found.person_id]
        for event in published_departure(school.enrolment, gone, role, on, person.person_id):
            work.publish(event)
        if before is None or not before.holds(place):
            whose, interim = found.person_id, command.interim
            for event in published_addition(school.enrolment, person, role, on, replaces=whose, interim=interim):
                work.publish(event)

    async def _pass_on(
        self, school: _School, role: str, leaving: str, successor: str | None, work: UnitOfWork
    ) -> tuple[str, ...]:
        """Relations that were declared go with the role; returns the names of whom nobody stands to now."""
        on = self._today(school, work)
        return await self._lines.passed(school.programme, role, leaving, successor, on=on, work=work)

    async def _school(self, programme_id: str, urn: int, addresses: list[str]) -> _School:
        programme = await self._situations.programmes.get(programme_id)
        enrolment = await self._situations.before(programme_id, urn)
        refuse(unless_enrolled(enrolment, urn))
        assert enrolment is not None
        namings = await self._namings.of_school(programme_id, enrolment.school_id) if programme.in_parts else []
        named = [HeldRole(person_id=one.person_id, role=one.role) for each in namings for one in each.named]
        ids = [HeldRole(person_id=one, role="") for one in addresses if one and "@" not in one]
        emails = [one for one in addresses if "@" in one]
        there = await self._situations.contacts.at_school(programme_id, enrolment.school_id)
        known = await self._situations.contacts.known(emails, (*enrolment.people, *named, *ids, *there))
        return _School(programme, enrolment, namings, known)

    async def _keep(self, renaming: Renaming, work: UnitOfWork) -> None:
        await self._situations.contacts.keep(renaming.people, work)
        await self._namings.put_naming(renaming.naming)
        for event in renaming.events:
            work.publish(event)

    @staticmethod
    def _dropped(school: _School, role: str, person_id: str) -> Known:
        known = school.known.unchanged()
        known.drop_role(
            person_id, RoleOf(role=role, **place_of(school.enrolment.school_id, school.programme.programme_id))
        )
        return known

    @staticmethod
    def _as_known(details: PersonDetails, known: Known) -> PersonDetails:
        person = known.with_address(details.email)
        return details.model_copy(update={"name": person.name}) if person else details

    @staticmethod
    def _template(school: _School) -> Template:
        assert isinstance(school.programme.template, Template)
        return school.programme.template

    @staticmethod
    def _today(school: _School, work: UnitOfWork) -> dt.date:
        return local_day(work.now, school.programme.template.timezone)

    @staticmethod
    def _done(school: _School, what: str, version: int | None = None) -> Done:
        record = school.enrolment
        sentence = f"The school with URN {record.urn} {what}."
        return Done(id=record.enrolment_id, version=version or record.version, sentence=sentence)
