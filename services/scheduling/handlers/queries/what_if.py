"""The query for what a disruption would change; nothing is saved or published."""

from services.scheduling.domain.visits.disruptions import Consequence, Undecided
from services.scheduling.domain.visits.pauses import EventLeft, EventMoved
from services.scheduling.domain.visits.records import EventRecord
from services.scheduling.handlers.loading.affected import Affected, affected
from services.scheduling.handlers.loading.settled import settled
from services.scheduling.ports.stores import Stores
from shared.commands.scheduling_changes import (
    EventDifference,
    NoticeRow,
    VisitDifference,
    VisitLeft,
    WhatIf,
    WhatIfDetail,
)

__all__ = ["WhatIfQueries"]

MOST, MOST_NOTICES = 1500, 5000
"""Visits and notices shown: some 3 MB of the 4 MB that an answer may have."""


class WhatIfQueries:
    """The query about a difference; nothing is saved."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def what_if(self, query: WhatIf) -> WhatIfDetail:
        """What would change."""
        now = self._stores.now()
        given = await affected(self._stores, query.cohort_id, query.disruption, now)
        _, _, found = await settled(self._stores, given, now)
        notices = found.notices()
        return WhatIfDetail(
            digest=found.digest,
            moves=tuple(_difference(each) for each in found.consequences[:MOST]),
            left=tuple(_left(each) for each in found.undecided[:MOST]),
            notices=tuple(
                NoticeRow(person_id=each.person, visit_id=each.visit, sentence=each.sentence)
                for each in notices[:MOST_NOTICES]
            ),
            events=_event_rows(given),
            moves_in_all=len(found.consequences),
            left_in_all=len(found.undecided),
            notices_in_all=len(notices),
        )


def _difference(each: Consequence) -> VisitDifference:
    before, after = each.change.before, each.change.after
    return VisitDifference(
        visit_id=after.id,
        group_id=after.group,
        host_school_id=after.host,
        on=before.on,
        becomes=after.on,
        facilitator_id=before.facilitator,
        facilitator_becomes=after.facilitator,
        tier=each.tier.value,
        sentence=each.sentence,
    )


def _left(each: Undecided) -> VisitLeft:
    visit = each.visit
    return VisitLeft(
        visit_id=visit.id,
        group_id=visit.group,
        host_school_id=visit.host,
        on=visit.on,
        sentence=each.sentence,
        suggestion=each.suggestion,
    )


def _event_rows(given: Affected) -> tuple[EventDifference, ...]:
    """A row an event; the people of its parts are added up."""
    rows: dict[str, EventDifference] = {}
    people = {each.record.event.event_id: each.people for each in given.events}
    each: list[tuple[EventRecord, EventMoved | EventLeft]] = [(one.before, one) for one in given.dates.moved]
    each += [(one.record, one) for one in given.dates.left]
    for record, what in each:
        before = rows.get(record.event.activity)
        rows[record.event.activity] = EventDifference(
            event_id=before.event_id if before else record.event.event_id,
            title=record.event.title,
            on=record.event.on,
            becomes=what.after.event.on if isinstance(what, EventMoved) else None,
            people=people[record.event.event_id] + (before.people if before else 0),
            sentence=what.sentence,
        )
    return tuple(rows.values())
