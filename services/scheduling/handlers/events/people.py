"""Reactions when a person is replaced, a school withdraws or a group changes: its visits and events follow."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.invitations import (
    attendees,
    in_parts,
    invite,
    invite_to_event,
    invited_to,
    too_small,
)
from services.scheduling.domain.visits.nearby import Nearby
from services.scheduling.domain.visits.problem import problem_of
from services.scheduling.domain.visits.records import (
    EnrolmentRecord,
    EventRecord,
    GroupRecord,
    PersonRecord,
    ProgrammeRecord,
    VisitRecord,
)
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.handlers.loading.nearby import nearby, of_groups
from services.scheduling.handlers.projection import is_next
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.matching import GroupChanged
from shared.events.programmes import PersonReplaced, SchoolWithdrawn
from shared.events.scheduling_parts import Attendee

__all__ = ["PeopleEvents"]


@dataclass(frozen=True, slots=True)
class Touched:
    """The schools whose people may come or go, and people who no longer belong to one."""

    schools: tuple[str, ...]
    people: AbstractSet[str] = frozenset()


class PeopleEvents:
    """Handlers of facts about who belongs to what."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def person_replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Somebody else takes a role: they are invited in place of who had it."""
        enrolment = await self._next(event.enrolment_id, event.version)
        if enrolment is None:
            return
        new = PersonRecord(person_id=event.replaced_by, role=event.role, dates_not_possible=event.dates_not_possible)
        people = tuple(
            new if (one.person_id, one.role) == (event.person_id, event.role) else one for one in enrolment.people
        )
        after = enrolment.model_copy(update={"people": people, "version": event.version})
        await self.replaced(after, {event.person_id}, work)

    async def replaced(self, after: EnrolmentRecord, people: AbstractSet[str], work: UnitOfWork) -> None:
        """Other people take part for a school; `people`: those who no longer do."""
        await self._stores.enrolments.put(after)
        for group in await self._stores.groups.of_school(after.programme_id, after.school_id):
            await self._settle(group, Touched(group.school_ids, people), "person-replaced", work)

    async def school_withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school leaves: its own visit is cancelled, the others go on without its people."""
        enrolment = await self._next(event.enrolment_id, event.version)
        if enrolment is not None:
            await self.withdrawn(enrolment, event.version, work)

    async def withdrawn(self, enrolment: EnrolmentRecord, version: int, work: UnitOfWork) -> None:
        """A school leaves with this version of its enrolment."""
        await self._stores.enrolments.put(enrolment.model_copy(update={"withdrawn": True, "version": version}))
        for group in await self._stores.groups.of_school(enrolment.programme_id, enrolment.school_id):
            await self._settle(group, Touched(group.school_ids), "withdrawal", work)

    async def group_changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """A published group goes on with other schools."""
        group = await self._stores.groups.group(event.group_id)
        if group is None:
            raise NotYet(f"Group {event.group_id} is not known yet.")
        if event.version <= group.version:
            return
        after = group.model_copy(update={"school_ids": event.school_ids, "version": event.version})
        await self._stores.groups.put(after)
        touched = Touched((*group.school_ids, *event.school_ids))
        await self._settle(after, touched, "withdrawal" if event.left else "group-changed", work)
        if event.needs_coordinator:
            work.publish(too_small(after))

    async def _next(self, enrolment_id: str, version: int) -> EnrolmentRecord | None:
        known = await self._stores.enrolments.enrolment(enrolment_id)
        return known if is_next(known.version if known else None, version) else None

    async def _settle(self, group: GroupRecord, touched: Touched, why: str, work: UnitOfWork) -> None:
        """Make a group's visits and the cohort's events agree with who belongs to it now."""
        cohort = await self._stores.cohorts.cohort(group.cohort_id)
        if cohort is None or cohort.state == "planning":
            return
        stands = await of_groups(self._stores, cohort, [group.group_id], work.now)
        belonging = {enrolment.school_id for enrolment in stands.sources.enrolled(group)}
        for record in stands.visits:
            if record.visit.group_id != group.group_id or record.state not in {"draft", "published"}:
                continue
            if record.visit.on < stands.sources.today:
                continue
            if record.visit.host_school_id in belonging:
                await self._with_people(stands, group, record, why, work)
            else:
                await self._changes.cancel(record, why, stands.sources.programme, work)
        await self._events_with_people(group, touched, why, work)

    async def _with_people(
        self, stands: Nearby, group: GroupRecord, record: VisitRecord, why: str, work: UnitOfWork
    ) -> None:
        dated = stands.sources.programme.terms.visit
        assert dated is not None
        everybody = attendees(stands.sources, group, dated)
        decision = invite(record, invited_to(everybody, dated, record.visit.host_school_id), why)
        if decision is None:
            return
        after = decision.record
        if decision.events:
            taken = await self._stores.engagements.taken(after)
            after = after.model_copy(update={"doubled": tuple(sorted(taken))})
        await self._stores.visits.put([after])
        for event in decision.events:
            work.publish(stands.sources.programme.spoken(event))
        if decision.events:
            before = {one.person_id for one in record.visit.attendees}
            people = (one.person_id for one in after.visit.attendees)
            joined = tuple(one for one in people if one not in before)
            await self._move_if_impossible(after, joined, work)

    async def _move_if_impossible(self, record: VisitRecord, joined: tuple[str, ...], work: UnitOfWork) -> None:
        """Whoever joined may not be able to come that day: then it moves like after a decline.

        The day may be one on which they have ruled out visits, or on which another visit has them already.
        """
        people = problem_of((await nearby(self._stores, record, work.now)).sources).people
        needed = [one for one in joined if one in record.required and one in people]
        elsewhere = [one for one in needed if one in record.doubled]
        if elsewhere:
            await self._changes.repair(record, "conflict", elsewhere[0], work)
        elif any(record.visit.on in people[one].impossible for one in needed):
            await self._changes.repair(record, "decline", needed[0], work)

    async def _events_with_people(self, group: GroupRecord, touched: Touched, why: str, work: UnitOfWork) -> None:
        """Invite to the cohort's events who belongs to it now, of the schools touched and those that share people."""
        enrolled, programme = self._stores.enrolments, await programme_of(self._stores.programmes, group.programme_id)
        own = await enrolled.of_programme(group.programme_id, touched.schools)
        people = {one.person_id for each in own for one in each.people} | touched.people
        sharing = [each for each in await enrolled.naming(people) if each.programme_id == group.programme_id]
        enrolments = {each.school_id: each for each in (*own, *sharing)}
        inside = [each for each in enrolments.values() if not each.withdrawn and await self._inside(group, each)]
        today = local_date(work.now, programme.terms.timezone)
        terms = programme.terms
        for dated in terms.events:
            wanted = {one.person_id: one for each in inside for one in each.attendees(dated.roles, terms.pair)}
            schools = {*enrolments, *touched.schools}
            parts = await self._stores.events.parts_at(group.cohort_id, dated.key, schools, wanted)
            still = [each for each in parts if each.state in {"draft", "published"} and each.event.on >= today]
            for record, invited in in_parts(still, tuple(wanted.values()), schools):
                await self._event_with_people(programme, record, invited, why, work)

    async def _event_with_people(
        self, programme: ProgrammeRecord, record: EventRecord, wanted: tuple[Attendee, ...], why: str, work: UnitOfWork
    ) -> None:
        decision = invite_to_event(record, wanted, why)
        if decision is not None:
            await self._stores.events.put(decision.records)
            for event in decision.events:
                work.publish(programme.spoken(event))

    async def _inside(self, group: GroupRecord, enrolment: EnrolmentRecord) -> bool:
        groups = await self._stores.groups.of_school(group.programme_id, enrolment.school_id)
        return any(each.cohort_id == group.cohort_id for each in groups)
