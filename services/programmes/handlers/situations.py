"""Loads what a decision about an enrolment needs, once, and saves and publishes what was decided."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.enrolment.decide import Decision, enrol, place_of
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.people_rules import name_key
from services.programmes.domain.enrolment.rules import broken_rules
from services.programmes.domain.enrolment.standing import Broken, Elsewhere, Standing
from services.programmes.domain.enrolment.terms import MOST_PEOPLE
from services.programmes.domain.participation.records import participation_id
from services.programmes.domain.parties.schools import place_among
from services.programmes.domain.records import EnrolmentRecord, Programme, RoleOf, local_day
from services.programmes.domain.register.entry import RegisterEntry, facts_of, standing_of
from services.programmes.domain.register.links import successors_of
from services.programmes.handlers.contacts import Contacts
from services.programmes.ports.enrolments import Enrolments
from services.programmes.ports.participation import Participations
from services.programmes.ports.parties import Parties
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import Schools
from shared.bus import UnitOfWork
from shared.commands.programmes import EnrolSchool
from shared.template.kinds import TOGETHER

__all__ = ["Situation", "Situations"]

_NOBODY: Mapping[str, frozenset[int]] = {}


@dataclass(frozen=True, slots=True)
class Situation:
    """The rules' view of a wish, the school, its enrolment so far and the people concerned."""

    standing: Standing
    entry: RegisterEntry | None
    before: EnrolmentRecord | None
    people: Known
    timezone: str

    def broken(self, wish: EnrolSchool) -> list[Broken]:
        """The rules the wish breaks."""
        return broken_rules(wish, self.standing)

    def as_if_open(self) -> "Situation":
        """The same while the programme takes schools in."""
        return replace(self, standing=replace(self.standing, state="enrolling"))


class Situations:
    """What commands and imports share when a school enrols: load, decide, save, publish."""

    def __init__(
        self,
        programmes: Programmes,
        schools: Schools,
        *,
        enrolments: Enrolments,
        contacts: Contacts,
        parties: Parties,
        participations: Participations,
    ) -> None:
        self.programmes = programmes
        self._parties = parties
        self._participations = participations
        self.contacts = contacts
        self._schools = schools
        self._enrolments = enrolments

    async def of(
        self, wish: EnrolSchool, programme: Programme, agreed: Mapping[str, frozenset[int]] = _NOBODY
    ) -> Situation:
        """Load how things stand for this wish, once.

        `agreed`: addresses of people whose name is the same in a whole file, with the URNs of the schools in it.
        """
        entries = await self._schools.entries({wish.urn, *wish.not_with})
        links = await self._schools.links([wish.urn])
        known = {urn: standing_of(entry, successors_of(urn, links)) for urn, entry in entries.items()}
        entry = entries.get(wish.urn)
        before = await self._enrolments.of_school(programme.programme_id, entry.school_id) if entry else None
        people = await self.contacts.known((person.email for person in wish.people), before.people if before else ())
        elsewhere = await self._elsewhere(wish, people, entry.school_id if entry else "", agreed)
        standing = Standing(
            programme.state,
            programme.terms,
            programme.year,
            known,
            elsewhere,
            programme.in_parts,
            programme.stage or "",
            await self._outside(programme, entry.school_id if entry else ""),
            await self._added(before) if before else {},
            await self.arranged(programme.programme_id, entry.school_id)
            if entry and programme.terms.teams
            else frozenset(),
        )
        return Situation(standing, entry, before, people, programme.template.timezone)

    async def arranged(self, programme_id: str, school_id: str) -> frozenset[str]:
        """The teams of a school that may be larger than the template says."""
        record = await self._participations.participation(participation_id(programme_id, school_id))
        return frozenset(one.of for one in record.exceptions if one.rule == MOST_PEOPLE) if record else frozenset()

    async def sharing(self, programme_id: str, school_id: str) -> tuple[str, ...]:
        """The other schools that share a school's place."""
        place = place_among(await self._parties.with_schools([school_id]), programme_id, school_id)
        return tuple(one for one in place.school_ids if one != school_id) if place else ()

    async def _outside(self, programme: Programme, school_id: str) -> bool:
        """Whether trusts or partnerships take part, and none of them has this school."""
        if programme.terms.party not in TOGETHER or not school_id:
            return False
        found = await self._parties.with_schools([school_id])
        return all(one.programme_id != programme.programme_id or school_id not in one.school_ids for one in found)

    async def _added(self, before: EnrolmentRecord) -> dict[str, dict[str, str]]:
        enrolled = {(held.role, held.person_id) for held in before.people}
        place = place_of(before.school_id, before.programme_id)
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for person in await self.contacts.at_school(before.programme_id, before.school_id):
            for role in {held.role for held in person.roles if person.holds(RoleOf(role=held.role, **place))}:
                if (role, person.person_id) not in enrolled:
                    found[role][address_key(person.email)] = person.name
        return found

    async def _elsewhere(
        self, wish: EnrolSchool, people: Known, school_id: str, agreed: Mapping[str, frozenset[int]]
    ) -> dict[str, Elsewhere]:
        """Those of the wish's people who go by another name at another school that nobody renames along with it."""
        others = [
            known
            for person in wish.people
            if (known := people.with_address(person.email)) and name_key(known.name) != name_key(person.name)
        ]
        records = await self._enrolments.holding([person.person_id for person in others]) if others else []
        found = {}
        for person in others:
            own = agreed.get(address_key(person.email), frozenset())
            theirs = [one for one in records if one.school_id != school_id and one.urn not in own]
            urns = [one.urn for one in theirs if any(held.person_id == person.person_id for held in one.people)]
            if urns:
                named = await self._schools.entries(urns)
                found[address_key(person.email)] = Elsewhere(person.name, tuple(e.school.name for e in named.values()))
        return found

    async def before(self, programme_id: str, urn: int) -> EnrolmentRecord | None:
        """Load the enrolment of the school with this URN, also under an earlier URN."""
        entry = (await self._schools.entries([urn])).get(urn)
        return await self._enrolments.of_school(programme_id, entry.school_id) if entry else None

    async def enrolment(self, programme_id: str, school_id: str) -> EnrolmentRecord | None:
        """Load the enrolment of a school, also a withdrawn one."""
        return await self._enrolments.of_school(programme_id, school_id)

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
            on=local_day(work.now, found.timezone),
        )
        await self.keep(decision, work)
        return decision

    async def keep(self, decision: Decision, work: UnitOfWork) -> None:
        """Save what was decided and publish it."""
        await self.contacts.keep(decision.people, work)
        if decision.events:
            await self._enrolments.put(decision.enrolment)
        for event in decision.events:
            work.publish(event)
