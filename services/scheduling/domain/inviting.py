"""Who is invited to what: visits and events with their people, and what a change of people or dates makes of them."""

from collections.abc import Sequence

from services.scheduling.domain import explain, ids, model
from services.scheduling.domain.assemble import Sources
from services.scheduling.domain.board import Board
from services.scheduling.domain.records import EventRecord, GroupRecord, VisitRecord
from shared.events.scheduling import Attendee, CohortEvent, Visit
from shared.events.template import Activity


def attendees(sources: Sources, group: GroupRecord, activity: Activity) -> tuple[Attendee, ...]:
    """The people of a group's schools who are invited to its visits."""
    pair = sources.programme.template.enrolment.pair
    return tuple(one for school in sources.enrolled(group) for one in school.attendees(activity.attendees, pair))


def dated_visits(sources: Sources, board: Board, visits: Sequence[model.Visit]) -> list[VisitRecord]:
    """Planned visits as drafts, with the reasons for their dates."""
    groups = {group.group_id: group for group in sources.groups}
    members = {group.id: group for group in board.problem.groups}
    return [
        VisitRecord(
            visit=_dated(sources, groups[visit.group], visit), why=explain.why(board, members[visit.group], visit)
        )
        for visit in visits
    ]


def _dated(sources: Sources, group: GroupRecord, visit: model.Visit) -> Visit:
    activity, programme = sources.programme.visit_activity, sources.programme
    assert activity is not None
    return Visit(
        visit_id=visit.id,
        cohort_id=sources.cohort.cohort_id,
        programme_id=programme.programme_id,
        group_id=visit.group,
        activity=activity.key,
        host_school_id=visit.host,
        on=visit.on,
        starts=activity.starts,
        ends=activity.ends,
        timezone=programme.template.timezone,
        facilitator_id=visit.facilitator,
        attendees=attendees(sources, group, activity),
    )


def dated_event(sources: Sources, event: model.CohortEvent) -> EventRecord:
    """A planned cohort event as a draft."""
    programme = sources.programme
    activity = next(each for each in programme.event_activities if each.key == event.key)
    invited = {one.person_id: one for group in sources.groups for one in attendees(sources, group, activity)}
    dated = CohortEvent(
        event_id=ids.event_id(sources.cohort.cohort_id, activity.key),
        cohort_id=sources.cohort.cohort_id,
        programme_id=programme.programme_id,
        activity=activity.key,
        title=activity.title,
        on=event.on,
        starts=activity.starts,
        ends=activity.ends,
        timezone=programme.template.timezone,
        place=activity.place,
        attendees=tuple(invited.values()),
    )
    can = len(invited) - len(set(event.missing) & set(invited))
    why = f"The day in its time that suits most: {can} of {len(invited)} people can come."
    return EventRecord(event=dated, why=(why,))


def with_people(
    invited: tuple[Attendee, ...], wanted: tuple[Attendee, ...]
) -> tuple[tuple[Attendee, ...], tuple[str, ...], tuple[str, ...]]:
    """The new attendees, who joined and who left; a substitute stays while the person they stand in for belongs."""
    standing_in = {one.substitute_for: one for one in invited if one.substitute_for}
    after = tuple(standing_in.get(one.person_id, one) for one in wanted)
    before_ids, after_ids = {one.person_id for one in invited}, {one.person_id for one in after}
    joined = tuple(one.person_id for one in after if one.person_id not in before_ids)
    return after, joined, tuple(one.person_id for one in invited if one.person_id not in after_ids)
