"""Keeps what programmes and matching tell about who takes part, and sees to it that findings are asked for in time."""

from services.reporting.domain.facts import Group, Member, Programme
from services.reporting.domain.requests import ASKED, about
from services.reporting.ports.facts import Facts
from services.reporting.ports.forms import Forms
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.programmes import (
    EnrolmentAmended,
    PersonErased,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolWithdrawn,
)

__all__ = ["ProgrammeFacts"]


class ProgrammeFacts:
    """One method a fact."""

    def __init__(self, facts: Facts, forms: Forms) -> None:
        self._facts = facts
        self._forms = forms

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep the programme's forms, reports and dates."""
        del work
        known = await self._facts.programme(event.programme_id)
        if known is None or known.version < event.version:
            await self._facts.put_programme(Programme.of(event))

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """Keep the school as it takes part."""
        del work
        known = await self._facts.enrolled(event.enrolment_id)
        if known is None or known.version < event.version:
            await self._facts.put_member(Member.of(event, event.version))

    async def replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Somebody else holds a role."""
        del work
        known = await self._facts.enrolled(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} has not been told yet.")
        if known.version < event.version:
            people = {**known.people, event.role: event.replaced_by}
            await self._facts.put_member(known.model_copy(update={"people": people, "version": event.version}))

    async def withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """The school has left; it is asked nothing more."""
        del work
        known = await self._facts.enrolled(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} has not been told yet.")
        if known.version < event.version:
            await self._facts.put_member(known.model_copy(update={"withdrawn": True, "version": event.version}))

    async def group_formed(self, event: GroupFormed, work: UnitOfWork) -> None:
        """Keep the group; each of its schools will be asked for its findings."""
        known = await self._facts.group(event.group_id)
        if known is not None and known.version >= event.version:
            return
        group = Group.of(event)
        await self._facts.put_group(group)
        await self._ask_later(group, group.school_ids, work)

    async def group_changed(self, event: GroupChanged, work: UnitOfWork) -> None:
        """Keep the group as it goes on; who joined will be asked, who left will not."""
        known = await self._facts.group(event.group_id)
        if known is None:
            raise NotYet(f"The group {event.group_id} has not been told yet.")
        if known.version >= event.version:
            return
        await self._facts.put_group(known.changed(event))
        await self._ask_later(known, event.joined, work)

    async def erased(self, event: PersonErased, work: UnitOfWork) -> None:
        """Forget the person."""
        del work
        await self._facts.forget(event.person_id)
        await self._forms.forget(event.person_id)

    async def _ask_later(self, group: Group, school_ids: tuple[str, ...], work: UnitOfWork) -> None:
        programme = await self._facts.programme(group.programme_id)
        if programme is None:
            raise NotYet(f"The programme {group.programme_id} has not been told yet.")
        for school_id in school_ids:
            asked = about(group.programme_id, group.cohort_id, school_id)
            work.remind(ASKED, asked["request_id"], programme.morning(programme.findings_asked), asked)
