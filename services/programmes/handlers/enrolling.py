"""Taking schools into a programme, for one command or a row of a file: load, decide, save, publish."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from services.programmes.domain.enrolment.decide import Decision, enrol
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.rules import broken_rules
from services.programmes.domain.enrolment.standing import Broken, Standing
from services.programmes.domain.records import EnrolmentRecord, HeldRole, Person, Programme
from services.programmes.domain.register.entry import RegisterEntry, facts_of, standing_of
from services.programmes.domain.register.links import successors_of
from services.programmes.ports import Enrolments, People, Programmes, Register
from shared.bus import UnitOfWork
from shared.commands.programmes import EnrolSchool

__all__ = ["Enrolling", "Situation"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a wish meets: the rules' view of it, the school, its enrolment so far and the people concerned."""

    standing: Standing
    entry: RegisterEntry | None
    before: EnrolmentRecord | None
    people: Known

    def broken(self, wish: EnrolSchool) -> list[Broken]:
        """The rules the wish breaks."""
        return broken_rules(wish, self.standing)


class Enrolling:
    """What commands and imports share when a school enrols."""

    def __init__(
        self,
        programmes: Programmes,
        register: Register,
        *,
        enrolments: Enrolments,
        people: People,
        new_id: Callable[[str], str],
    ) -> None:
        self.programmes = programmes
        self.register = register
        self.enrolments = enrolments
        self.people = people
        self.new_id = new_id

    async def situation(self, wish: EnrolSchool, programme: Programme) -> Situation:
        """How things stand for this wish, loaded once."""
        entries = await self.register.entries({wish.urn, *wish.not_with})
        links = await self.register.links([wish.urn])
        known = {urn: standing_of(entry, successors_of(urn, links)) for urn, entry in entries.items()}
        standing = Standing(programme.state, programme.template, programme.year, known)
        entry = entries.get(wish.urn)
        before = await self.enrolments.of_school(programme.programme_id, entry.school_id) if entry else None
        people = await self.known((person.email for person in wish.people), before.people if before else ())
        return Situation(standing, entry, before, people)

    async def before(self, programme_id: str, urn: int) -> EnrolmentRecord | None:
        """The enrolment of the school with this URN, also under an earlier URN of it."""
        entry = (await self.register.entries([urn])).get(urn)
        return await self.enrolments.of_school(programme_id, entry.school_id) if entry else None

    async def take(self, wish: EnrolSchool, found: Situation, work: UnitOfWork) -> Decision:
        """Carry out a wish that breaks no rule."""
        assert found.entry is not None
        decision = enrol(
            wish,
            found.standing,
            facts=facts_of(found.entry),
            before=found.before,
            known=found.people,
            new_id=self.new_id,
        )
        await self.keep(decision, found.people, work)
        return decision

    async def known(self, emails: Iterable[str], held: Iterable[HeldRole]) -> Known:
        """The people with these addresses or roles."""
        return Known.of(await self.people.concerned(emails, (each.person_id for each in held)))

    async def keep(self, decision: Decision, known: Known, work: UnitOfWork) -> None:
        """Save a decision and the people it changed, and tell."""
        await self.keep_people(known.changed.values(), work)
        if decision.events:
            await self.enrolments.put(decision.enrolment)
        for event in decision.events:
            work.publish(event)

    async def keep_people(self, people: Iterable[Person], work: UnitOfWork) -> None:
        """Save people and tell their cards."""
        changed = list(people)
        await self.people.put(changed)
        for person in changed:
            work.put_contact(person.card())
