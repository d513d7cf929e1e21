"""Commands about enrolments and the people in them."""

from services.programmes.domain.enrolment.corrections import correct, corrected_wish
from services.programmes.domain.enrolment.decide import add_person, withdraw
from services.programmes.domain.enrolment.people_rules import refuse_bad_address, refuse_other_name
from services.programmes.domain.enrolment.rules import CORRECTIONS, broken_rules
from services.programmes.domain.enrolment.standing import refuse, unless_enrolled, unless_new
from services.programmes.domain.reasons import must_say_why
from services.programmes.domain.records import EnrolmentRecord, local_day
from services.programmes.domain.register.entry import facts_of
from services.programmes.handlers.situations import Situations
from services.programmes.handlers.together import Together
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.programmes import (
    AddPerson,
    AdmitSchool,
    AmendEnrolment,
    CorrectEnrolment,
    EnrolSchool,
    WithdrawSchool,
)

__all__ = ["EnrolmentCommands"]


class EnrolmentCommands:
    """One method a command."""

    def __init__(self, situations: Situations, together: Together) -> None:
        self._situations = situations
        self._together = together

    async def enrol(self, command: EnrolSchool, work: UnitOfWork) -> Done:
        """Enrol a school."""
        programme = await self._situations.programmes.get(command.programme_id)
        found = await self._situations.of(command, programme)
        refuse([*unless_new(found.before), *found.broken(command)])
        decision = await self._situations.take(command, found, work)
        return _done(decision.enrolment, "is enrolled")

    async def admit(self, command: AdmitSchool, work: UnitOfWork) -> Done:
        """Enrol a school, also after enrolment has closed."""
        programme = await self._situations.programmes.get(command.programme_id)
        found = (await self._situations.of(command, programme)).as_if_open()
        refuse([*unless_new(found.before), *found.broken(command)])
        decision = await self._situations.take(command, found, work)
        return _done(decision.enrolment, "is enrolled" if programme.state == "enrolling" else "is let in")

    async def correct(self, command: CorrectEnrolment, work: UnitOfWork) -> Done:
        """Put right an enrolment's dates and schools to be kept apart, also after enrolment has closed."""
        programme = await self._situations.programmes.get(command.programme_id)
        before = await self._enrolled(command.programme_id, command.urn)
        wish = corrected_wish(command, before, await self._situations.contacts.known((), before.people))
        found = await self._situations.of(wish, programme)
        assert found.entry is not None
        refuse(broken_rules(wish, found.standing, CORRECTIONS))
        decision = correct(wish, before, found.standing, facts_of(found.entry), local_day(work.now, found.timezone))
        await self._situations.keep(decision, work)
        return _done(decision.enrolment, "is corrected" if decision.events else "stands as it was")

    async def amend(self, command: AmendEnrolment, work: UnitOfWork) -> Done:
        """Replace an enrolment as a whole."""
        programme = await self._situations.programmes.get(command.programme_id)
        found = await self._situations.of(command, programme)
        refuse([*unless_enrolled(found.before, command.urn), *found.broken(command)])
        decision = await self._situations.take(command, found, work)
        return _done(decision.enrolment, "is amended" if decision.events else "stands as it was")

    async def withdraw(self, command: WithdrawSchool, work: UnitOfWork) -> Done:
        """Withdraw a school, also after enrolment has closed. Raises Rejected("no-reason")."""
        must_say_why(command.reason)
        programme = await self._situations.programmes.get(command.programme_id)
        before = await self._enrolled(command.programme_id, command.urn)
        for party in await self._together.of_school(programme, before.school_id):
            await self._together.leave(programme, party, [before.school_id], command.reason, work)
            return _done(before, f"has left {party.name} and the programme")
        known = await self._situations.contacts.known((), before.people)
        decision = withdraw(before, known, local_day(work.now, programme.template.timezone), command.reason)
        await self._situations.keep(decision, work)
        return _done(decision.enrolment, "has left the programme")

    async def add_person(self, command: AddPerson, work: UnitOfWork) -> Done:
        """Record a further person of a school."""
        refuse_bad_address(command.person)
        programme = await self._situations.programmes.get(command.programme_id)
        before = await self._enrolled(command.programme_id, command.urn)
        sharing = await self._situations.sharing(command.programme_id, before.school_id)
        there = [
            person
            for one in (before.school_id, *sharing)
            for person in await self._situations.contacts.at_school(command.programme_id, one)
        ]
        known = await self._situations.contacts.known([command.person.email], there)
        refuse_other_name(command.person, known, before.school_id)
        on = local_day(work.now, programme.template.timezone)
        added = add_person(
            before,
            programme,
            command.person,
            known,
            new_id=self._situations.contacts.new_id,
            on=on,
            arranged=await self._situations.arranged(command.programme_id, before.school_id),
            sharing=sharing,
        )
        await self._situations.contacts.keep(added.people, work)
        for event in added.events:
            work.publish(event)
        return Done(id=added.person.person_id, version=added.person.version, sentence="The person is recorded.")

    async def _enrolled(self, programme_id: str, urn: int) -> EnrolmentRecord:
        await self._situations.programmes.get(programme_id)
        before = await self._situations.before(programme_id, urn)
        refuse(unless_enrolled(before, urn))
        assert before is not None
        return before


def _done(enrolment: EnrolmentRecord, what: str) -> Done:
    return Done(
        id=enrolment.enrolment_id, version=enrolment.version, sentence=f"The school with URN {enrolment.urn} {what}."
    )
