"""What closed days do to a cohort's calendar, for whoever decides about it."""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain.assemble import days_of
from services.scheduling.domain.impact import Hit, impact
from services.scheduling.domain.records import VisitRecord
from services.scheduling.handlers.sources import Standing, standing
from services.scheduling.ports import Stores
from shared.commands.scheduling import CalendarImpact, ClosedSchool, Difference, ImpactRow, ShowCalendarImpact
from shared.events.scheduling import TargetKind

__all__ = ["Impact"]


class Impact:
    """Answers the query; nothing is saved."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def shown(self, query: ShowCalendarImpact) -> CalendarImpact:
        """Dates on closed days, with the repair of each."""
        stands = await standing(self._stores, query.cohort_id, self._stores.now())
        supposed = _closing(stands, query.school_id, days_of(query.days))
        hits = impact(supposed.board(), supposed.visits, supposed.events, supposed.sources.today)
        return CalendarImpact(rows=tuple(_row(hit) for hit in hits))


def _closing(stands: Standing, school_id: str, days: set[dt.date]) -> Standing:
    closures = {**stands.sources.closures}
    closures[school_id] = [*closures.get(school_id, ()), *sorted(days)]
    return replace(stands, sources=replace(stands.sources, closures=closures))


def _row(hit: Hit) -> ImpactRow:
    record = hit.record
    kind: TargetKind = "visit" if isinstance(record, VisitRecord) else "cohort-event"
    return ImpactRow(
        target_id=hit.target_id,
        target_kind=kind,
        on=record.visit.on if isinstance(record, VisitRecord) else record.event.on,
        state=record.state,
        closed=tuple(ClosedSchool(school_id=one.school, sentence=one.sentence) for one in hit.closed),
        person_ids=record.invited,
        repair=tuple(Difference(visit_id=visit, sentence=sentence) for visit, sentence in hit.repair),
        advice=hit.advice,
    )
