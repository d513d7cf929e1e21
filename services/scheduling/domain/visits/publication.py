"""Decisions about publishing a draft: the independent checker has the last word, and no day is given out twice."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.visits.change_decisions import question
from services.scheduling.domain.visits.problem import Sources, planned
from services.scheduling.domain.visits.records import CohortRecord, EventRecord, VisitRecord
from services.scheduling.domain.visits.standing import violations_of
from services.scheduling.planner.model import CohortEvent, Rule, Visit
from shared.commands.scheduling import PublishVisits
from shared.errors import Rejected
from shared.events.scheduling import CalendarPublished
from shared.events.scheduling_parts import CohortEventScheduled, VisitScheduled

_AGAIN = "`kindred visits draft` plans again."


@dataclass(slots=True)
class Checking:
    """A calendar as the independent checker reads it, which is a tenth of what is stored of it."""

    sources: Sources
    dates: tuple[CohortEvent, ...]
    visits: list[Visit] = field(default_factory=list)
    seen: set[tuple[str, str, str, int]] = field(default_factory=set)
    overruled: set[tuple[str, str]] = field(default_factory=set)
    excused: set[tuple[str, str]] = field(default_factory=set)
    late: int = 0

    def add(self, record: VisitRecord) -> None:
        """Enter a visit, on the day that the draft proposes for it."""
        visit = record.visit
        self.seen.add((visit.visit_id, visit.on.isoformat(), record.state, record.version))
        if record.state == "cancelled":
            self.excused |= set() if record.paused else {(visit.group_id, visit.host_school_id)}
            return
        after = record.as_proposed
        self.late += record.state == "draft" and visit.on <= self.sources.today
        self.visits.append(planned(after))
        self.overruled.update((visit.visit_id, rule) for rule in after.although)

    def check(self) -> None:
        """The independent checker has the last word. Raises Rejected by the first rule that is broken."""
        if self.late:
            raise Rejected(
                "date-passed", f"{self.late} visits of this draft lie in the past; draft the calendar again."
            )
        sources = replace(self.sources, excused=frozenset(self.excused))
        unplaced = sources.cohort.unplaced
        found = violations_of(sources, tuple(self.visits), self.dates, unplaced, self.overruled)
        if found:
            more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
            raise Rejected(
                found[0].rule.value, f"The calendar cannot be published: {found[0].sentence}{more}. {_AGAIN}"
            )


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A draft visit whose day somebody has meanwhile given away.

    `repairable`: somebody who must attend has, so that the least change may find another day; else the day is booked by
    a published visit of somebody whom the rules do not look at, and the coordinator decides.
    """

    record: VisitRecord
    repairable: bool


def given_away(
    visits: Iterable[VisitRecord], engaged: Mapping[str, Collection[dt.date]], booked: Collection[str]
) -> GivenAway | None:
    """The first of these visits whose day was given away elsewhere since it was checked.

    `engaged`: days by person that others have; `booked`: ids of those a day of which another published visit has. A
    visit that the coordinator set against a rule keeps its day.
    """
    for record in visits:
        away = any(record.visit.on in engaged.get(one, ()) for one in record.required) and not record.although
        if away or (record.visit.visit_id in booked and Rule.PERSON_DAY not in record.although):
            return GivenAway(record, repairable=away)
    return None


def left_waiting(found: GivenAway) -> Decision[VisitRecord]:
    """A visit that found no other day stays a draft until the coordinator dates it.

    Who tried to repair it has asked the coordinator already.
    """
    events = () if found.repairable else (question(found.record, "no-other-date"),)
    return Decision((found.record.model_copy(update={"waits": True}),), events)


def decide_visits(drafts: Iterable[VisitRecord]) -> Decision[VisitRecord]:
    """Publish these visits."""
    after = tuple(each.model_copy(update={"state": "published", "version": each.version + 1}) for each in drafts)
    return Decision(after, tuple(VisitScheduled(version=each.version, **each.visit.model_dump()) for each in after))


def decide_event(draft: EventRecord) -> Decision[EventRecord]:
    """Publish a cohort event, or a part of one."""
    after = draft.model_copy(update={"state": "published", "version": draft.version + 1})
    return Decision((after,), (CohortEventScheduled(version=after.version, **after.event.model_dump()),))


def decide_calendar(
    cohort: CohortRecord, drafts: tuple[int, int], changed: Sequence[VisitRecord], *, more: bool
) -> Decision[CohortRecord]:
    """Make a checked draft of so many visits and events the calendar; `more`: some are still to be published."""
    visits, events = drafts
    after = cohort.model_copy(update={"state": "published", "publishing": more, "version": cohort.version + 1})
    event = CalendarPublished(
        version=after.version,
        cohort_id=after.cohort_id,
        programme_id=after.programme_id,
        revision=after.revision,
        visits=visits,
        events=events,
    )
    sentence = f"{visits} visits and {events} events published, {len(changed)} visits changed."
    return Decision((after,), (event,), sentence)


def may_publish(cohort: CohortRecord, command: PublishVisits) -> None:
    """Raises Rejected where there is no draft that is whole, the latest, and meant to be published as it is."""
    if cohort.state == "published":
        raise Rejected("already-published", "This calendar is published; draft it again to change it.")
    if cohort.state != "draft":
        raise Rejected("no-draft", "There is no draft calendar to publish; draft one first.")
    if cohort.drafting:
        raise Rejected(
            "draft-under-way",
            "Another draft is just being saved; look at it before you publish. Should none come, draft it again.",
        )
    if command.revision != cohort.revision:
        raise Rejected(
            "latest-draft",
            f"The latest draft is number {cohort.revision}, not {command.revision}. Look at it first.",
        )
    if cohort.unplaced and not command.leave_out_unplaced:
        count = len(cohort.unplaced)
        raise Rejected(
            "groups-without-dates", f"{count} groups have no dates; publish without them only if you mean to."
        )
