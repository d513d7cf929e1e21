"""People and schools come and go: a person is replaced, a school withdraws, a group changes; its visits follow."""

from services.scheduling.domain.assemble import problem_of
from services.scheduling.domain.inviting import attendees, with_people
from services.scheduling.domain.records import EnrolmentRecord, EventRecord, GroupRecord, VisitRecord
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.nearby import nearby
from services.scheduling.handlers.projection import is_next
from services.scheduling.handlers.sources import Standing, standing
from services.scheduling.ports import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.matching import GroupChanged
from shared.events.programmes import EnrolledPerson, PersonReplaced, SchoolWithdrawn
from shared.events.scheduling import CohortEventChanged, CoordinatorAsked, VisitChanged

__all__ = ["People"]


class People:
    """Handlers of facts about who belongs to what."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def person_replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Somebody else takes a role: they are invited in place of who had it."""
        enrolment = await self._next(event.enrolment_id, event.version)
        if enrolment is None:
            return
        new = EnrolledPerson(person_id=event.replaced_by, role=event.role, dates_not_possible=event.dates_not_possible)
        people = tuple(
            new if (one.person_id, one.role) == (event.person_id, event.role) else one for one in enrolment.people
        )
        after = enrolment.model_copy(update={"people": people, "version": event.version})
        await self._stores.facts.put_enrolment(after)
        for group in await self._stores.facts.groups_of_school(event.programme_id, event.school_id):
            await self._settle(group, "person-replaced", work)

    async def school_withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school leaves: its own visit is cancelled, the others go on without its people."""
        enrolment = await self._next(event.enrolment_id, event.version)
        if enrolment is None:
            return
        after = enrolment.model_copy(update={"withdrawn": True, "version": event.version})
        await self._stores.facts.put_enrolment(after)
        for group in await self._stores.facts.groups_of_school(event.programme_id, event.school_id):
            await self._settle(group, "withdrawal", work)

    async def group_changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """A published group goes on with other schools."""
        group = await self._stores.facts.group(event.group_id)
        if group is None:
            raise NotYet(f"Group {event.group_id} has not been heard of.")
        if event.version <= group.version:
            return
        after = group.model_copy(update={"school_ids": event.school_ids, "version": event.version})
        await self._stores.facts.put_group(after)
        await self._settle(after, "withdrawal" if event.left else "group-changed", work)
        if event.needs_coordinator:
            work.publish(_too_small(after))

    async def _next(self, enrolment_id: str, version: int) -> EnrolmentRecord | None:
        known = await self._stores.facts.enrolment(enrolment_id)
        return known if is_next(known.version if known else None, version) else None

    async def _settle(self, group: GroupRecord, why: str, work: UnitOfWork) -> None:
        """Make a group's visits and the cohort's events agree with who belongs to it now."""
        cohort = await self._stores.facts.cohort(group.cohort_id)
        if cohort is None or cohort.state == "planning":
            return
        stands = await standing(self._stores, group.cohort_id, work.now)
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
        for each in stands.events:
            await self._event_with_people(stands, each, why, work)

    async def _with_people(
        self, stands: Standing, group: GroupRecord, record: VisitRecord, why: str, work: UnitOfWork
    ) -> None:
        activity = stands.sources.programme.visit_activity
        assert activity is not None
        people, joined, left = with_people(record.visit.attendees, attendees(stands.sources, group, activity))
        if not joined and not left:
            return
        published = record.state == "published"
        visit = record.visit.model_copy(update={"attendees": people, "sequence": record.visit.sequence + published})
        after = record.model_copy(update={"visit": visit, "version": record.version + published})
        await self._stores.visits.put([after])
        if not published:
            return
        changed = VisitChanged(version=after.version, joined=joined, left=left, why=why, **visit.model_dump())
        work.publish(changed)
        await self._move_if_impossible(after, joined, work)

    async def _move_if_impossible(self, record: VisitRecord, joined: tuple[str, ...], work: UnitOfWork) -> None:
        """Whoever joined may not be able to come that day: then it moves like after a decline."""
        people = problem_of((await nearby(self._stores, record, work.now)).sources).people
        needed = [one for one in joined if one in record.required and one in people]
        if any(record.visit.on in people[one].impossible for one in needed):
            await self._changes.repair(record, "decline", needed[0], work)

    async def _event_with_people(self, stands: Standing, record: EventRecord, why: str, work: UnitOfWork) -> None:
        sources, event = stands.sources, record.event
        if record.state not in {"draft", "published"} or event.on < sources.today:
            return
        activity = next(each for each in sources.programme.event_activities if each.key == event.activity)
        wanted = {one.person_id: one for group in sources.groups for one in attendees(sources, group, activity)}
        people, joined, left = with_people(event.attendees, tuple(wanted.values()))
        if not joined and not left:
            return
        published = record.state == "published"
        changed = event.model_copy(update={"attendees": people, "sequence": event.sequence + published})
        after = record.model_copy(update={"event": changed, "version": record.version + published})
        await self._stores.visits.put([], [after])
        if published:
            told = {"version": after.version, "joined": joined, "left": left, "why": why, **changed.model_dump()}
            work.publish(CohortEventChanged.model_validate(told))


def _too_small(group: GroupRecord) -> CoordinatorAsked:
    return CoordinatorAsked(
        version=group.version,
        target_id=group.group_id,
        target_kind="group",
        programme_id=group.programme_id,
        cohort_id=group.cohort_id,
        question="group-too-small",
        sentence=f"The group has {len(group.school_ids)} schools left.",
    )
