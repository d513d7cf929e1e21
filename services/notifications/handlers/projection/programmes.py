"""Programmes, their schools and people: kept to know whom to write to."""

from collections.abc import Callable

from services.notifications.domain.directory import Member, Programme, School
from services.notifications.domain.recipients import unknown_templates
from services.notifications.domain.template_mails.routing import unsent
from services.notifications.ports import Enrolments
from services.notifications.ports import programmes as ports
from shared import telemetry
from shared.bus.unit_of_work import UnitOfWork
from shared.events import programmes_parts as parts
from shared.events.programmes import (
    EnrolmentAmended,
    FacilitatorAppointed,
    PersonReplaced,
    ProgrammeOpened,
    SchoolEnrolled,
    SchoolWithdrawn,
)

_log = telemetry.logger("kindred.notifications")


class Programmes:
    """Keeps programmes and enrolments."""

    def __init__(self, enrolments: Enrolments, known: ports.Programmes, renew: Callable[[str], None]) -> None:
        """`renew` is called with the id of a programme that was told, perhaps again."""
        self._enrolments = enrolments
        self._known = known
        self._renew = renew

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep a programme with its template."""
        if unwritten := unknown_templates(event.template.mails):
            _log.warning("mails without a template", programme_id=event.programme_id, templates=unwritten)
        await self._enrolments.put_programme(Programme.model_validate(event.model_dump()))
        self._renew(event.programme_id)

    async def opened_whole(self, event: parts.ProgrammeOpened, work: UnitOfWork) -> None:
        """Keep a programme in the language of templates."""
        if never := unsent(event.template):
            _log.warning("mails that nothing brings about", programme_id=event.programme_id, mails=never)
        known = (await self._known.find([event.programme_id])).get(event.programme_id)
        facts = {**event.model_dump(exclude={"template"}), "whole": event.template}
        themes = known.themes if known else {}
        await self._enrolments.put_programme(Programme.model_validate({**facts, "themes": themes}))
        self._renew(event.programme_id)

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """Keep a school with its people."""
        people = tuple(Member(person_id=person.person_id, role=person.role) for person in event.people)
        await self._enrolments.put_school(_school(event, people))

    async def enrolled_in_parts(self, event: parts.SchoolEnrolled | parts.EnrolmentAmended, work: UnitOfWork) -> None:
        """Keep a school; the roster knows its people."""
        await self._enrolments.put_school(_school(event, ()))

    async def withdrawn(self, event: SchoolWithdrawn | parts.SchoolWithdrawn, work: UnitOfWork) -> None:
        """Stop writing to a school's people, except to take visits out of their calendars."""
        await self._enrolments.withdraw(event.enrolment_id, event.version)

    async def replaced(self, event: PersonReplaced, work: UnitOfWork) -> None:
        """Write to the person who has taken over a role."""
        await self._enrolments.replace_person(event.enrolment_id, event.version, event.role, event.replaced_by)

    async def appointed(self, event: FacilitatorAppointed, work: UnitOfWork) -> None:
        """Keep who leads visit days."""
        await self._enrolments.put_facilitator(event.programme_id, event.person_id)


def _school(
    event: SchoolEnrolled | EnrolmentAmended | parts.SchoolEnrolled | parts.EnrolmentAmended,
    people: tuple[Member, ...],
) -> School:
    school = event.school
    return School(
        enrolment_id=event.enrolment_id, programme_id=event.programme_id, school_id=school.school_id,
        name=school.name, town=school.town, postcode=school.postcode, people=people, version=event.version,
    )  # fmt: skip
