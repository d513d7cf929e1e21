"""Who was at a visit: nobody uninvited, no substitute whom the coordinator did not allow."""

import datetime as dt
from collections.abc import Sequence

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.stand_ins import stood_in
from services.scheduling.domain.visits.records import VisitRecord
from shared.commands.scheduling import AttendanceLine
from shared.errors import Rejected
from shared.events.scheduling_parts import Attendee


def present_at(
    record: VisitRecord, lines: Sequence[AttendanceLine], now: dt.datetime
) -> tuple[tuple[Attendee, ...], tuple[str, ...]]:
    """Who was present and who was not. Raises Rejected with the rule that the list breaks."""
    visit = record.visit
    if record.state == "held":
        raise Rejected("already-recorded", "The attendance of this visit has been recorded.")
    if record.state != "published":
        raise Rejected("not-published", "This visit is not in the calendar.")
    if local_date(now, visit.timezone) < visit.on:
        raise Rejected("visit-not-yet", "The visit has not taken place yet.")
    known = {one.person_id: one for one in visit.attendees}
    strangers = [
        line.person_id for line in lines if line.present and line.person_id not in {*known, visit.facilitator_id}
    ]
    if strangers:
        raise Rejected(
            "invited-or-allowed",
            "Somebody on the list was not invited. The same two people of each school attend all year; "
            "the coordinator can allow a substitute.",
        )
    there = {line.person_id for line in lines if line.present}
    present = tuple(one for one in visit.attendees if one.person_id in there)
    if not present:
        raise Rejected("somebody-came", "If nobody came, the visit is cancelled rather than held.")
    return present, tuple(person for person in known if person not in there)


def substituted(record: VisitRecord, person_id: str, substitute_id: str) -> VisitRecord:
    """The visit with a substitute in somebody's place. Raises Rejected."""
    visit = record.visit
    if record.state != "published":
        raise Rejected("not-published", "Only a published visit takes a substitute.")
    people = stood_in(visit.attendees, person_id, substitute_id)
    if substitute_id == visit.facilitator_id:
        raise Rejected("already-invited", "The substitute leads this visit. Name somebody else.")
    changed = visit.model_copy(update={"attendees": people, "sequence": visit.sequence + 1})
    history = (*record.history, "A substitute was allowed by the coordinator.")
    return record.model_copy(update={"visit": changed, "version": record.version + 1, "history": history})
