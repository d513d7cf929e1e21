"""What the pages about a visit or event have in common: the place, the people, the programme."""

from dataclasses import dataclass
from typing import Literal, cast

from services.portal.domain.records import Meeting, Programme, School
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.event_programmes import EventProgramme, ShowEventProgramme
from shared.commands.scheduling import BriefText, ShowVisit, VisitDetail
from shared.events.scheduling_parts import Attendee


@dataclass(frozen=True)
class Guest:
    """Somebody invited, as shown."""

    person_id: str
    name: str
    role: str
    school: str
    host: bool
    stands_in_for: str = ""


@dataclass(frozen=True)
class MeetingView:
    """A visit or event with the names around it."""

    meeting: Meeting
    programme: Programme | None
    schools: dict[str, School]
    names: dict[str, str]

    @property
    def host(self) -> School | None:
        """The host school of a visit."""
        return self.schools.get(self.meeting.host_school_id or "")

    @property
    def title(self) -> str:
        """What it is, in one line."""
        if self.meeting.kind == "visit":
            return f"Visit to {self.host.name}" if self.host else "School visit"
        return self.meeting.title

    @property
    def where(self) -> str:
        """Where it is held."""
        if self.meeting.kind == "visit" and self.host:
            return ", ".join(part for part in (self.host.name, self.host.place) if part)
        return self.meeting.place

    @property
    def facilitator(self) -> str:
        """Who leads the day."""
        return self.names.get(self.meeting.facilitator_id or "", "")

    def guests(self) -> list[Guest]:
        """Who is invited: the host's people last, others by school."""
        found = [self.guest(attendee) for attendee in self.meeting.attendees]
        return sorted(found, key=lambda guest: (guest.host, guest.school, guest.name))

    def guest(self, attendee: Attendee) -> Guest:
        """One invited person as shown; whoever's name is not known is their role."""
        school = self.schools.get(attendee.school_id or "")
        role = attendee.role
        stands_in = attendee.substitute_for
        return Guest(
            attendee.person_id,
            self.names.get(attendee.person_id, ""),
            role,
            school.name if school else "",
            attendee.school_id is not None and attendee.school_id == self.meeting.host_school_id,
            (self.names.get(stands_in) or "somebody else") if stands_in else "",
        )


async def meeting_view(portal: Portal, visitor: Visitor, *, kinds: tuple[str, ...] = ("visit",)) -> MeetingView:
    """Return the visit or event of a link; raises Hidden where there is none."""
    kind = visitor.link.target_kind
    if kind not in kinds:
        raise Hidden
    meeting = await portal.read.meetings.get(cast("Literal['visit', 'cohort-event']", kind), visitor.link.target_id)
    if meeting is None:
        raise Hidden
    programme = await portal.read.programmes.get(meeting.programme_id)
    ids = {attendee.school_id for attendee in meeting.attendees if attendee.school_id} | (
        {meeting.host_school_id} if meeting.host_school_id else set()
    )
    schools = (
        await portal.read.schools.of_programme(meeting.programme_id, ids)
        if meeting.kind == "visit" or len(ids) < 9
        else []
    )
    people = {attendee.person_id for attendee in meeting.attendees} | {meeting.facilitator_id or ""}
    people |= {attendee.substitute_for or "" for attendee in meeting.attendees} | {visitor.person_id}
    names = await portal.read.people.names(people)
    return MeetingView(meeting, programme, {school.school_id: school for school in schools}, names)


@dataclass(frozen=True)
class EventView:
    """What happens at an event, with the names at the reader's own table."""

    programme: EventProgramme
    mates: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[str, ...]:
        """What schools at the table have in common."""
        return next((one.shares for one in self.programme.tables if one.number == self.programme.table), ())


async def event_of(portal: Portal, visitor: Visitor, meeting: Meeting) -> EventView | None:
    """Return what happens at an event; None where its owner does not answer (the rest can still be shown)."""
    query = ShowEventProgramme(event_id=meeting.target_id, person_id=visitor.person_id)
    found: EventProgramme | None = await portal.perhaps(query, visitor)
    if found is None:
        return None
    own = next((one.person_ids for one in found.tables if one.number == found.table), ())
    names = await portal.read.people.names([one for one in own if one != visitor.person_id])
    return EventView(found, tuple(sorted(filter(None, names.values()))))


async def brief_of(portal: Portal, visitor: Visitor, visit_id: str) -> BriefText | None:
    """Return the host's brief; None where there is none or its owner does not answer (the rest can still be shown)."""
    detail: VisitDetail | None = await portal.perhaps(ShowVisit(visit_id=visit_id), visitor)
    return detail.brief if detail else None
