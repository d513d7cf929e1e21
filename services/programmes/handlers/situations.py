"""How things stand for a wish to enrol, loaded once; what is decided on it is saved and published here."""

from dataclasses import dataclass

from services.programmes.domain.enrolment.decide import Decision, enrol
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.rules import broken_rules
from services.programmes.domain.enrolment.standing import Broken, Standing
from services.programmes.domain.records import EnrolmentRecord, Programme
from services.programmes.domain.register.entry import RegisterEntry, facts_of, standing_of
from services.programmes.domain.register.links import successors_of
from services.programmes.handlers.contacts import Contacts
from services.programmes.ports.enrolments import Enrolments
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import Schools
from shared.bus import UnitOfWork
from shared.commands.programmes import EnrolSchool

__all__ = ["Situation", "Situations"]


@dataclass(frozen=True, slots=True)
class Situation:
    """The rules' view of a wish, the school, its enrolment so far and the people concerned."""

    standing: Standing
    entry: RegisterEntry | None
    before: EnrolmentRecord | None
    people: Known

    def broken(self, wish: EnrolSchool) -> list[Broken]:
        """The rules the wish breaks."""
        return broken_rules(wish, self.standing)


class Situations:
    """What commands and imports share when a school enrols: load, decide, save, publish."""

    def __init__(self, programmes: Programmes, schools: Schools, *, enrolments: Enrolments, contacts: Contacts) -> None:
        self.programmes = programmes
        self.contacts = contacts
        self._schools = schools
        self._enrolments = enrolments

    async def of(self, wish: EnrolSchool, programme: Programme) -> Situation:
        """How things stand for this wish, loaded once."""
        entries = await self._schools.entries({wish.urn, *wish.not_with})
        links = await self._schools.links([wish.urn])
        known = {urn: standing_of(entry, successors_of(urn, links)) for urn, entry in entries.items()}
        standing = Standing(programme.state, programme.template, programme.year, known)
        entry = entries.get(wish.urn)
        before = await self._enrolments.of_school(programme.programme_id, entry.school_id) if entry else None
        people = await self.contacts.known((person.email for person in wish.people), before.people if before else ())
        return Situation(standing, entry, before, people)

    async def before(self, programme_id: str, urn: int) -> EnrolmentRecord | None:
        """The enrolment of the school with this URN, also under an earlier URN of it."""
        entry = (await self._schools.entries([urn])).get(urn)
        return await self._enrolments.of_school(programme_id, entry.school_id) if entry else None

    async def take(self, wish: EnrolSchool, found: Situation, work: UnitOfWork) -> Decision:
        """Carry out a wish that breaks no rule."""
        assert found.entry is not None
        decision = enrol(
            wish,
            found.standing,
            facts=facts_of(found.entry),
            before=found.before,
            known=found.people,
            new_id=self.contacts.new_id,
        )
        await self.keep(decision, found.people, work)
        return decision

    async def keep(self, decision: Decision, known: Known, work: UnitOfWork) -> None:
        """Save a decision and the people it changed, and tell."""
        await self.contacts.keep(known.changed.values(), work)
        if decision.events:
            await self._enrolments.put(decision.enrolment)
        for event in decision.events:
            work.publish(event)
