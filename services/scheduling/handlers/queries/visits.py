"""Queries about visits, cohort events and calendars, for pages and the command line."""

from services.scheduling.domain.visits.records import AnswerRecord, Brief, EventRecord, VisitRecord
from services.scheduling.handlers.loading.cohorts import cohort_of
from services.scheduling.ports.answers import Answers
from services.scheduling.ports.cohort_events import CohortEvents
from services.scheduling.ports.cohorts import Cohorts
from services.scheduling.ports.visits import Listings, Visits
from shared.commands.scheduling import (
    AnswerRow,
    BriefText,
    CalendarDetail,
    CohortEventDetail,
    Difference,
    ListVisits,
    ShowCalendar,
    ShowCohortEvent,
    ShowVisit,
    VisitDetail,
    VisitRows,
)
from shared.errors import Rejected

__all__ = ["VisitQueries"]


class VisitQueries:
    """Answers queries."""

    def __init__(
        self, visits: Visits, events: CohortEvents, listings: Listings, answers: Answers, cohorts: Cohorts
    ) -> None:
        self._visits, self._events, self._listings = visits, events, listings
        self._answers, self._cohorts = answers, cohorts

    async def visit(self, query: ShowVisit) -> VisitDetail:
        """One visit."""
        record = await self._visits.visit(query.visit_id)
        return _visit_shown(record, await self._answers.latest(query.visit_id))

    async def event(self, query: ShowCohortEvent) -> CohortEventDetail:
        """One cohort event."""
        return await self._event_detail(await self._events.event(query.event_id))

    async def visits(self, query: ListVisits) -> VisitRows:
        """Visits and events in order of date."""
        where = query.model_dump(include={"cohort_id", "group_id", "person_id", "school_id"})
        if not any(where.values()):
            raise Rejected("name-what-to-list", "Say which cohort, group, person or school to list the visits of.")
        total, visits = await self._listings.visits(where, drafts=query.drafts, limit=query.limit, offset=query.offset)
        latest = await self._answers.latest_of(each.visit.visit_id for each in visits)
        with_events = not query.group_id and not query.offset
        events = await self._listings.events(where, drafts=query.drafts) if with_events else []
        return VisitRows(
            total=total,
            visits=tuple(_visit_shown(each, latest.get(each.visit.visit_id, {})) for each in visits),
            events=tuple([await self._event_detail(each) for each in events]),
        )

    async def calendar(self, query: ShowCalendar) -> CalendarDetail:
        """How the calendar of a cohort stands."""
        cohort = await cohort_of(self._cohorts, query.cohort_id)
        visits, proposed = await self._listings.proposed(query.cohort_id)
        events = await self._events.dates(query.cohort_id)
        return CalendarDetail(
            cohort_id=cohort.cohort_id,
            programme_id=cohort.programme_id,
            revision=cohort.revision,
            state=cohort.state,
            visits=visits,
            events=len(events),
            calendars=cohort.calendars,
            blocking=cohort.blocking,
            differences=tuple(
                Difference(visit_id=one.visit.visit_id, sentence=one.proposal.sentence)
                for one in proposed
                if one.proposal is not None
            ),
            soft=cohort.soft,
        )

    async def _event_detail(self, record: EventRecord) -> CohortEventDetail:
        """An event as it is listed: one of several parts without people and their answers."""
        if not record.invited:
            return _shown(record, ())
        return _shown(record, _rows(await self._answers.latest(record.event.event_id)))


def _visit_shown(record: VisitRecord, latest: dict[str, AnswerRecord]) -> VisitDetail:
    return VisitDetail(
        visit=record.visit,
        state=record.state,
        version=max(1, record.version),
        brief=_brief(record.brief) if record.brief else None,
        answers=_rows(latest),
        present=record.present,
        why=record.why,
        history=record.history,
    )


def _shown(record: EventRecord, answers: tuple[AnswerRow, ...]) -> CohortEventDetail:
    return CohortEventDetail(
        event=record.event, state=record.state, version=max(1, record.version), answers=answers, why=record.why
    )


def _brief(brief: Brief) -> BriefText:
    return BriefText.model_validate(brief.model_dump())


def _rows(latest: dict[str, AnswerRecord]) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(person_id=one.person_id, answer=one.answer, via=one.via, sequence=one.sequence)
        for one in latest.values()
    )
