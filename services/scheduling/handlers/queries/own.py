"""What people see of their own dates: of others' answers, attendance and reasons nothing."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Literal

from services.scheduling.domain.visits.records import AnswerRecord, EventRecord, VisitRecord
from services.scheduling.handlers.duties.queries import DutyQueries
from services.scheduling.handlers.queries.agreements import AgreementQueries
from services.scheduling.ports.answers import Answers
from services.scheduling.ports.stores import Stores
from services.scheduling.ports.visits import Listings
from shared.commands.duties import ListDuties
from shared.commands.scheduling_dates import AgreementRows, ListAgreements
from shared.commands.scheduling_own import (
    ListOwnAgreements,
    ListOwnDuties,
    ListOwnVisits,
    OwnBrief,
    OwnDuty,
    OwnDutyRows,
    OwnEvent,
    OwnVisit,
    OwnVisitRows,
)
from shared.events.scheduling import Answer, EventFacts, VisitFacts

__all__ = ["OwnQueries"]


class OwnQueries:
    """One method a query."""

    def __init__(self, stores: Stores, now: Callable[[], dt.datetime]) -> None:
        self._listings: Listings = stores.listings
        self._answers: Answers = stores.answers
        self._agreements = AgreementQueries(stores.agreements, now)
        self._duties = DutyQueries(stores, now)

    async def visits(self, query: ListOwnVisits) -> OwnVisitRows:
        """A page of somebody's visits, and their events with the first."""
        me, where = query.person_id, {"person_id": query.person_id}
        total, found = await self._listings.visits(where, drafts=False, limit=query.limit, offset=query.offset)
        events = [] if query.offset else await self._listings.events(where, drafts=False)
        ids = [*(one.visit.visit_id for one in found), *(one.event.event_id for one in events)]
        latest = await self._answers.latest_by(me, ids)
        return OwnVisitRows(
            total=total,
            visits=tuple(_visit(one, me, latest) for one in found),
            events=tuple(_event(one, latest) for one in events),
        )

    async def agreements(self, query: ListOwnAgreements) -> AgreementRows:
        """A page of somebody's agreements, without what the others said of each day."""
        found = await self._agreements.list(ListAgreements(**query.model_dump()))
        own = (
            one.model_copy(update={"said": tuple(line for line in one.said if line.person_id == query.person_id)})
            for one in found.agreements
        )
        return AgreementRows(total=found.total, agreements=tuple(own))

    async def duties(self, query: ListOwnDuties) -> OwnDutyRows:
        """A page of somebody's duties."""
        found = await self._duties.list(ListDuties(**query.model_dump()))
        rows = (OwnDuty(**one.model_dump(include=set(OwnDuty.model_fields))) for one in found.duties)
        return OwnDutyRows(total=found.total, duties=tuple(rows))


def _visit(record: VisitRecord, person_id: str, latest: Mapping[str, AnswerRecord]) -> OwnVisit:
    brief = record.brief
    facts = record.visit.model_dump(include=set(VisitFacts.model_fields))
    return OwnVisit.model_validate(
        {
            "visit": facts,
            "state": record.state,
            "invited": record.visit.attendees,
            "answer": _said(latest, record.visit.visit_id),
            "attended": _attended(record, person_id),
            "brief": OwnBrief(**brief.model_dump(include=set(OwnBrief.model_fields))) if brief else None,
        }
    )


def _attended(record: VisitRecord, person_id: str) -> bool | None:
    """Attendance is recorded of attendees, not of who leads."""
    recorded = record.state == "held" and any(one.person_id == person_id for one in record.visit.attendees)
    return any(one.person_id == person_id for one in record.present) if recorded else None


def _event(record: EventRecord, latest: Mapping[str, AnswerRecord]) -> OwnEvent:
    facts = record.event.model_dump(include=set(EventFacts.model_fields))
    return OwnEvent.model_validate(
        {"event": facts, "state": record.state, "answer": _said(latest, record.event.event_id)}
    )


def _said(latest: Mapping[str, AnswerRecord], target_id: str) -> Answer | Literal[""]:
    return latest[target_id].answer if target_id in latest else ""
