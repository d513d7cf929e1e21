"""What the read models keep of an event, as JSON values."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.events import either
from shared.events import programmes_parts as parts
from shared.events.programmes import EnrolmentAmended, PersonReplaced, SchoolEnrolled

Fields = dict[str, Any]
AnyEnrolment = SchoolEnrolled | EnrolmentAmended | parts.SchoolEnrolled | parts.EnrolmentAmended
WITH_NEW_DATE = (either.VisitScheduled, either.VisitMoved, either.CohortEventScheduled, either.CohortEventMoved)
NOT_KEPT = {"version", "event_id", "visit_id", "moved_from", "why", "asked_by", "joined", "left"}


def school(event: AnyEnrolment) -> Fields:
    """Return a school's part in a programme. In an enrolment in parts its people are known by the roster."""
    people = event.people if isinstance(event, SchoolEnrolled | EnrolmentAmended) else ()
    return {
        "programme_id": event.programme_id,
        "school_id": event.school.school_id,
        "name": event.school.name,
        "place": ", ".join(part for part in (event.school.town, event.school.postcode) if part),
        "phase": event.school.phase,
        "easting": event.school.easting,
        "northing": event.school.northing,
        "members": [{"person_id": person.person_id, "role": person.role} for person in people],
        "strengths": [claim.topic for claim in event.strengths],
        "needs": [claim.topic for claim in event.needs],
        "enrolled": True,
    }


def replaced(members: Sequence[Mapping[str, Any]], event: PersonReplaced) -> list[Fields]:
    """Return a school's members with one role handed from one person to another."""
    leaving = (event.person_id, event.role)
    return [
        {**member, "person_id": event.replaced_by} if (member["person_id"], member["role"]) == leaving else {**member}
        for member in members
    ]


def meeting(event: either.Visit | either.CohortEvent, title: str) -> Fields:
    """Return a visit or cohort event; `date_sequence` is that of the last new date."""
    cancelled = isinstance(event, either.VisitCancelled | either.CohortEventCancelled)
    fields = event.model_dump(mode="json", exclude=NOT_KEPT)
    kind = "visit" if isinstance(event, either.Visit) else "cohort-event"
    fields |= {"kind": kind, "title": title, "state": "cancelled" if cancelled else "published"}
    return fields | ({"date_sequence": event.sequence} if isinstance(event, WITH_NEW_DATE) else {})


def visit_title(programme: Mapping[str, Any] | None, activity: str) -> str:
    """Return what the programme's template calls an activity; both kinds of template say it alike."""
    declared = programme["template"]["activities"] if programme else []
    return next((str(one["title"]) for one in declared if one["key"] == activity), "Visit")
