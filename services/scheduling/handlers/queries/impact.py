"""The query for what closed days do to a cohort's calendar.

Dates on closed days are found in the calendar's outline. Repairs are found on the part that they can touch.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.scheduling.domain.calendars.common_days import days_named
from services.scheduling.domain.visits.impact import Hit, events_hit, impact, lying
from services.scheduling.domain.visits.nearby import Nearby
from services.scheduling.domain.visits.problem import Sources, problem_of, standing_rules
from services.scheduling.domain.visits.records import CohortRecord, EventPart, VisitDate, VisitRecord
from services.scheduling.handlers.loading.cohorts import cohort_of, outlined
from services.scheduling.handlers.loading.nearby import wide_enough
from services.scheduling.planner.board import Board
from services.scheduling.ports.stores import Stores
from shared.commands.scheduling import CalendarImpact, ClosedSchool, Difference, ImpactRow, ShowCalendarImpact
from shared.events.scheduling import TargetKind

__all__ = ["ImpactQueries"]

MOST = 1500
"""Visits shown, earliest first: some 2 KB each, of the 4 MB that an answer may have."""
LISTED = 200
"""Closed schools that the row of an event names."""


@dataclass(frozen=True, slots=True)
class _Closing:
    """A school that is supposed to be closed on further days."""

    school_id: str
    days: frozenset[dt.date]

    def sources(self, sources: Sources) -> Sources:
        known = sources.closures
        return replace(sources, closures={**known, self.school_id: [*known.get(self.school_id, ()), *self.days]})

    def nearby(self, near: Nearby) -> Nearby:
        return replace(near, sources=self.sources(near.sources))


class ImpactQueries:
    """Answers the query; nothing is saved."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def shown(self, query: ShowCalendarImpact) -> CalendarImpact:
        """Dates on closed days, with the repair of each."""
        cohort, now = await cohort_of(self._stores.cohorts, query.cohort_id), self._stores.now()
        supposed = _Closing(query.school_id, frozenset(days_named(query.days)))
        parts = await self._stores.outline.events(query.cohort_id)
        dates, events = await self._lying(cohort, now, supposed, parts)
        visits = await self._repaired(cohort, now, supposed, dates[:MOST]) if dates else []
        rows = (*(_row(hit, hit.record.invited) for hit in visits), *await self._event_rows(events, parts))
        return CalendarImpact(rows=rows, total=len(rows) + len(dates) - len(visits))

    async def _lying(
        self, cohort: CohortRecord, now: dt.datetime, supposed: _Closing, parts: Sequence[EventPart]
    ) -> tuple[list[VisitDate], list[Hit]]:
        """The visits on closed days, by date, and the events."""
        sources = supposed.sources(await outlined(self._stores, cohort, now))
        problem = problem_of(sources, standing_rules(sources, ()))
        visits = await self._stores.outline.visits(cohort.cohort_id, sources.today)
        dates = [date for date, _ in lying(problem, visits, sources.today)]
        return dates, events_hit(problem, [part.record for part in parts], sources.today)

    async def _repaired(
        self, cohort: CohortRecord, now: dt.datetime, supposed: _Closing, dates: Sequence[VisitDate]
    ) -> list[Hit]:
        wanted = {date.visit_id for date in dates}

        def repaired(near: Nearby, board: Board) -> list[Hit]:
            visits = [record for record in near.visits if record.visit.visit_id in wanted]
            return impact(board, visits, (), near.sources.today)

        groups = {date.group_id for date in dates}
        _, _, hits = await wide_enough(self._stores, cohort, groups, now, supposing=supposed.nearby, work=repaired)
        return hits

    async def _event_rows(self, hits: Sequence[Hit], parts: Sequence[EventPart]) -> list[ImpactRow]:
        """A row an event; people are named where it is in one part."""
        first: dict[str, Hit] = {}
        for hit in hits:
            first.setdefault(_activity(hit), hit)
        rows = []
        for activity, hit in first.items():
            theirs = [part for part in parts if part.record.event.activity == activity]
            people = (await self._stores.events.event(hit.target_id)).invited if len(theirs) == 1 else ()
            row = _row(hit, people)
            rows.append(row.model_copy(update={"people": sum(part.people for part in theirs)}))
        return rows


def _activity(hit: Hit) -> str:
    return "" if isinstance(hit.record, VisitRecord) else hit.record.event.activity


def _row(hit: Hit, people: tuple[str, ...]) -> ImpactRow:
    record = hit.record
    kind: TargetKind = "visit" if isinstance(record, VisitRecord) else "cohort-event"
    return ImpactRow(
        target_id=hit.target_id,
        target_kind=kind,
        on=record.visit.on if isinstance(record, VisitRecord) else record.event.on,
        state=record.state,
        closed=tuple(ClosedSchool(school_id=one.school, sentence=one.sentence) for one in hit.closed[:LISTED]),
        closed_in_all=len(hit.closed),
        person_ids=people,
        people=len(people),
        repair=tuple(Difference(visit_id=visit, sentence=sentence) for visit, sentence in hit.repair),
        advice=hit.advice,
    )
