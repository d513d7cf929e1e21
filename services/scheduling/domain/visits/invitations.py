"""Who is invited to visits and events, and how a change of people changes the invitations."""

from collections.abc import Collection, Iterable, Sequence

from services.scheduling.domain import ids
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.record import Keep, as_it_is
from services.scheduling.domain.visits import explanations
from services.scheduling.domain.visits.problem import Sources
from services.scheduling.domain.visits.records import EventRecord, GroupRecord, VisitRecord
from services.scheduling.domain.visits.terms import Dated
from services.scheduling.planner import model
from services.scheduling.planner.board import Board
from shared.events.scheduling import CoordinatorAsked
from shared.events.scheduling_parts import Attendee, CohortEvent, CohortEventChanged, Visit, VisitChanged

MOST = 2000
"""People in one part of a cohort event: its document, its message and the mails of it stay within one transaction."""
PEOPLE_AT_ONCE = 4000
"""People of cohort events that are saved or published in one transaction."""


def attendees(sources: Sources, group: GroupRecord, dated: Dated, keep: Keep = as_it_is) -> tuple[Attendee, ...]:
    """The people of a group's schools who are invited, wherever it takes place."""
    pair = sources.programme.terms.pair
    return tuple(keep(one) for school in sources.enrolled(group) for one in school.attendees(dated.roles, pair))


def invited_to(everybody: tuple[Attendee, ...], dated: Dated, host: str) -> tuple[Attendee, ...]:
    """Those of a group's people who come where this school hosts; the same object where all of them do."""
    if not dated.hosts and not dated.guests:
        return everybody
    return tuple(one for one in everybody if dated.invites(one.role, host=one.school_id == host))


def dated_visits(
    sources: Sources, board: Board, visits: Sequence[model.Visit], keep: Keep = as_it_is
) -> list[VisitRecord]:
    """Planned visits as drafts, with the reasons for their dates."""
    groups = {group.group_id: group for group in sources.groups}
    members = {group.id: group for group in board.problem.groups}
    terms, invited = sources.programme.terms, dict[str, tuple[Attendee, ...]]()
    found = list[VisitRecord]()
    if terms.visit is None:
        return found
    for visit in visits:
        if visit.group not in invited:  # all visits of a group invite the same people: one object for each
            invited[visit.group] = attendees(sources, groups[visit.group], terms.visit, keep)
        dated = _dated(sources, terms.visit, invited_to(invited[visit.group], terms.visit, visit.host), visit)
        why = explanations.why(board, members[visit.group], visit)
        found.append(keep(VisitRecord(visit=keep(dated), why=why)))
    return found


def _dated(sources: Sources, dated: Dated, invited: tuple[Attendee, ...], visit: model.Visit) -> Visit:
    programme = sources.programme
    return Visit(
        visit_id=visit.id,
        cohort_id=sources.cohort.cohort_id,
        programme_id=programme.programme_id,
        group_id=visit.group,
        activity=dated.key,
        host_school_id=visit.host,
        on=visit.on,
        starts=dated.starts,
        ends=dated.ends,
        timezone=programme.terms.timezone,
        facilitator_id=visit.facilitator,
        attendees=invited,
    )


def dated_event(sources: Sources, event: model.CohortEvent, keep: Keep = as_it_is) -> list[EventRecord]:
    """A planned cohort event as a draft, in as many parts as its people need."""
    dated = next(each for each in sources.programme.terms.events if each.key == event.key)
    invited = parted((attendees(sources, group, dated, keep) for group in sources.groups), MOST)
    everybody = {one.person_id for part in invited for one in part}
    can = len(everybody) - len(everybody.intersection(event.missing))
    why = f"The day in its time that suits most: {can} of {len(everybody)} people can come."
    return [
        EventRecord(event=_dated_part(sources, dated, event, part, people), why=(why,))
        for part, people in enumerate(invited, start=1)
    ]


def parted(groups: Iterable[tuple[Attendee, ...]], most: int) -> list[tuple[Attendee, ...]]:
    """Everybody once, those of a group together, in parts of at most `most` people or one group; at least one part."""
    seen: set[str] = set()
    parts: list[list[Attendee]] = [[]]
    for group in groups:
        new = list({one.person_id: one for one in group if one.person_id not in seen}.values())
        seen.update(one.person_id for one in new)
        if parts[-1] and len(parts[-1]) + len(new) > most:
            parts.append([])
        parts[-1] += new
    return [tuple(part) for part in parts]


def in_parts(
    parts: Sequence[EventRecord], wanted: Sequence[Attendee], schools: Collection[str]
) -> list[tuple[EventRecord, tuple[Attendee, ...]]]:
    """The parts of an event with whom they invite once `wanted` are the people of these schools.

    Invited people stay in their part; a new person joins people of their school, else the smallest part.
    """
    known = {one.substitute_for or one.person_id: part for part in parts for one in part.event.attendees}
    of_school = {one.school_id: part for part in parts for one in part.event.attendees}
    smallest = min(parts, key=lambda each: (len(each.event.attendees), each.event.event_id), default=None)
    homes = {one.person_id: known.get(one.person_id) or of_school.get(one.school_id) or smallest for one in wanted}
    found = []
    for part in parts:
        others = tuple(one for one in part.event.attendees if one.school_id not in schools)
        staying = {one.substitute_for or one.person_id for one in others}
        mine = (one for one in wanted if homes[one.person_id] is part and one.person_id not in staying)
        found.append((part, (*others, *mine)))
    return found


def _dated_part(
    sources: Sources, dated: Dated, event: model.CohortEvent, part: int, invited: tuple[Attendee, ...]
) -> CohortEvent:
    programme = sources.programme
    return CohortEvent(
        event_id=ids.event_id(sources.cohort.cohort_id, dated.key, part, len(programme.pauses)),
        cohort_id=sources.cohort.cohort_id,
        programme_id=programme.programme_id,
        activity=dated.key,
        title=dated.title,
        on=event.on,
        starts=dated.starts,
        ends=dated.ends,
        timezone=programme.terms.timezone,
        place=sources.places.get(dated.key) or dated.place,
        attendees=invited,
    )


def with_people(
    invited: tuple[Attendee, ...], wanted: tuple[Attendee, ...]
) -> tuple[tuple[Attendee, ...], tuple[str, ...], tuple[str, ...]]:
    """The new attendees, who joined and who left; a substitute stays while the person they stand in for belongs."""
    standing_in = {one.substitute_for: one for one in invited if one.substitute_for}
    after = tuple(standing_in.get(one.person_id, one) for one in wanted)
    before_ids, after_ids = {one.person_id for one in invited}, {one.person_id for one in after}
    joined = tuple(one.person_id for one in after if one.person_id not in before_ids)
    return after, joined, tuple(one.person_id for one in invited if one.person_id not in after_ids)


def invite(record: VisitRecord, wanted: tuple[Attendee, ...], why: str) -> Decision[VisitRecord] | None:
    """A visit with the people who belong to it now; published ones inform those concerned. None if it has them."""
    people, joined, left = with_people(record.visit.attendees, wanted)
    if not joined and not left:
        return None
    published = record.state == "published"
    visit = record.visit.model_copy(update={"attendees": people, "sequence": record.visit.sequence + published})
    after = record.model_copy(update={"visit": visit, "version": record.version + published})
    if not published:
        return Decision((after,))
    told = VisitChanged(version=after.version, joined=joined, left=left, why=why, **visit.model_dump())
    return Decision((after,), (told,))


def invite_to_event(record: EventRecord, wanted: tuple[Attendee, ...], why: str) -> Decision[EventRecord] | None:
    """The same of a cohort event, or a part of one."""
    people, joined, left = with_people(record.event.attendees, wanted)
    if not joined and not left:
        return None
    published = record.state == "published"
    event = record.event.model_copy(update={"attendees": people, "sequence": record.event.sequence + published})
    after = record.model_copy(update={"event": event, "version": record.version + published})
    if not published:
        return Decision((after,))
    told = {"version": after.version, "joined": joined, "left": left, "why": why, **event.model_dump()}
    return Decision((after,), (CohortEventChanged.model_validate(told),))


def too_small(group: GroupRecord) -> CoordinatorAsked:
    """What becomes of a group with too few schools is left to the coordinator."""
    return CoordinatorAsked(
        version=group.version,
        target_id=group.group_id,
        target_kind="group",
        programme_id=group.programme_id,
        cohort_id=group.cohort_id,
        question="group-too-small",
        sentence=f"The group has {len(group.school_ids)} schools left.",
    )
