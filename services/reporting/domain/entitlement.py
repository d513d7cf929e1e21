"""Who may fill in what: the facilitator appraises, those who were there answer, a school's pair writes its findings."""

import datetime as dt

from services.reporting.domain.facts import Meeting, Member, Programme
from shared.errors import Rejected
from shared.events.people import ROLE_TITLES, Role


def meeting_took_place(meeting: Meeting | None, today: dt.date) -> Meeting:
    """The meeting, if its day has come. Raises Rejected: unknown-visit, cancelled, too-early."""
    if meeting is None:
        raise Rejected("unknown-visit", "There is no such visit or event.")
    if meeting.cancelled:
        raise Rejected("cancelled", "This visit or event was cancelled, so there is nothing to fill in.")
    if not meeting.held and today < meeting.on:
        raise Rejected("too-early", "This form opens on the day of the visit or event.")
    return meeting


def open_for_forms(meeting: Meeting | None, programme: Programme | None, now: dt.datetime) -> tuple[Meeting, Programme]:
    """Return both, if the meeting's day has come. Raises Rejected: unknown-visit, cancelled, too-early."""
    if programme is None:
        raise Rejected("unknown-visit", "There is no such visit or event.")
    return meeting_took_place(meeting, programme.local_day(now)), programme


def may_see_appraisal(meeting: Meeting | None, person_id: str) -> None:
    """Only the facilitator sees the form of an appraisal."""
    if meeting is None or meeting.facilitator_id != person_id:
        raise Rejected("not-entitled", "Only the facilitator of this visit sees this form.")


def may_appraise(meeting: Meeting, person_id: str) -> None:
    """Only the facilitator appraises the host."""
    if meeting.facilitator_id != person_id:
        raise Rejected("not-entitled", "Only the facilitator of this visit can appraise it.")


def may_answer(meeting: Meeting, person_id: str, roles: tuple[Role, ...]) -> None:
    """Only somebody who was there, in a role the form is for (no roles: anybody who was there)."""
    attendee = meeting.attendee(person_id)
    if attendee is None:
        raise Rejected("not-entitled", "Only people who took part can fill in this form.")
    if roles and attendee.role not in roles and attendee.substitute_for is None:
        words = " and ".join(f"the {ROLE_TITLES[role]}" for role in roles)
        raise Rejected("not-entitled", f"This form is for {words}.")


def may_take_home(meeting: Meeting, person_id: str, roles: tuple[Role, ...]) -> None:
    """Only somebody who came from another school. Raises Rejected as `may_answer` does."""
    may_answer(meeting, person_id, roles)
    attendee = meeting.attendee(person_id)
    if attendee is not None and attendee.school_id == meeting.host_school_id:
        raise Rejected("not-entitled", "What is taken home is written by who came from another school.")


def may_write_findings(programme: Programme, member: Member | None, person_id: str) -> Member:
    """The school's record, if this person is one of its pair."""
    if member is None or member.withdrawn:
        raise Rejected("unknown-school", "This school does not take part in the programme.")
    if person_id not in member.pair(programme):
        raise Rejected("not-entitled", "Only the school's pair can write its findings and actions.")
    return member
