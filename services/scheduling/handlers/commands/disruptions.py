"""Something comes in between: what it would change is shown first; then it is noted, and those concerned are told."""

import datetime as dt
from dataclasses import replace

from services.scheduling.domain.visits import disruptions, explanations
from services.scheduling.domain.visits.disruptions import Consequence, Difference, disrupted, settle
from services.scheduling.domain.visits.drafts import activities_of, standing_dates
from services.scheduling.domain.visits.pauses import EventDates, EventLeft, EventMoved
from services.scheduling.domain.visits.records import Decision, EventRecord
from services.scheduling.domain.visits.repair import Moved, moved
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.commands.cohort_events import CohortEvents
from services.scheduling.handlers.commands.cohort_events import asked as asked_about
from services.scheduling.handlers.loading.affected import Affected, affected
from services.scheduling.handlers.loading.nearby import Nearby, wide_enough
from services.scheduling.planner.board import Board
from services.scheduling.planner.checker import check_change
from services.scheduling.planner.replan import Change
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands import scheduling_changes as asked
from shared.commands.base import Done
from shared.errors import Permanent, Rejected, Retryable

__all__ = ["Disruptions", "settled"]

MOST, MOST_NOTICES = 1500, 5000
"""Visits and notices shown: some 3 MB of the 4 MB that an answer may have."""


class Disruptions:
    """The query and the command about the same difference."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def what_if(self, query: asked.WhatIf) -> asked.WhatIfDetail:
        """What would change; nothing is saved."""
        now = self._stores.now()
        given = await affected(self._stores, query.cohort_id, query.disruption, now)
        _, _, found = await settled(self._stores, given, now)
        notices = found.notices()
        return asked.WhatIfDetail(
            digest=found.digest,
            moves=tuple(_difference(each) for each in found.consequences[:MOST]),
            left=tuple(_left(each) for each in found.undecided[:MOST]),
            notices=tuple(
                asked.NoticeRow(person_id=each.person, visit_id=each.visit, sentence=each.sentence)
                for each in notices[:MOST_NOTICES]
            ),
            events=_event_rows(given),
            moves_in_all=len(found.consequences),
            left_in_all=len(found.undecided),
            notices_in_all=len(notices),
        )

    async def change(self, command: asked.ChangeCalendar, work: UnitOfWork) -> Done:
        """Note the disruption and carry its difference out."""
        given = await affected(self._stores, command.cohort_id, command.disruption, work.now)
        if any(each.record.decided for each in given.events):
            raise Retryable("People are just being told of another date of an event; ask again in a minute.")
        near, board, found = await settled(self._stores, given, work.now)
        what, dates = given.what, given.dates
        if command.digest and command.digest != found.digest:
            raise Rejected("latest-difference", "The calendar has changed since you looked; look at it again.")
        await self._note(what)
        changes = _carried_out(near, board, found)
        await self._changes.tell(changes, what.reason, None, near.sources.programme, work)
        await self._tell_events(dates, what.reason, work)
        records = {each.visit.visit_id: each for each in near.visits}
        for each in found.undecided:
            self._changes.ask(records[each.visit.id], each.question, None, work)
        sentence = f"Visits changed: {len(changes)}. Left to you: {len(found.undecided)}."
        if found.events:
            events, left = (
                activities_of(one.before for one in dates.moved),
                activities_of(one.record for one in dates.left),
            )
            sentence = f"{sentence} Events moved: {events}. Events left to you: {left}."
        return Done(id=command.cohort_id, version=max(1, given.cohort.version), sentence=sentence)

    async def _tell_events(self, dates: EventDates, why: str, work: UnitOfWork) -> None:
        events = CohortEvents(self._stores)
        for each in {one.before.event.activity: one for one in reversed(dates.moved)}.values():
            decision = Decision(on=each.after.event.on, why=why, said=each.after.why)
            await events.decide(each.before, decision, work)
        for left in {one.record.event.activity: one for one in reversed(dates.left)}.values():
            asked_about(left.record, left.sentence, work)

    async def _note(self, what: disruptions.Disruption) -> None:
        if what.reason in disruptions.AT_A_SCHOOL:
            await self._stores.calendars.close(what.subject, what.days)
        else:
            await self._stores.calendars.rule_out(what.subject, what.days)


async def settled(stores: Stores, given: Affected, now: dt.datetime) -> tuple[Nearby, Board, Difference]:
    """The part of the calendar that a disruption touches, its board after the repairs, and what these change."""
    what, dates = given.what, given.dates

    def disturbed(near: Nearby) -> Nearby:
        after = replace(near, sources=disrupted(near.sources, what))
        return replace(after, dates=standing_dates(dates.records)) if dates.moved else after

    def repaired(near: Nearby, board: Board) -> Difference:
        return settle(board, near.sources.today, what, dates.displacing)

    near, board, found = await wide_enough(stores, given.cohort, given.groups, now, supposing=disturbed, work=repaired)
    before = [each.change.before for each in found.consequences]
    if check_change(board.problem, before, [each.change.after for each in found.consequences], near.sources.today):
        raise Permanent("The least change would move a date that is frozen.")
    return near, board, replace(found, events=dates.sentences)


def _carried_out(near: Nearby, board: Board, found: Difference) -> list[Moved]:
    records = {each.visit.visit_id: each for each in near.visits}
    changes = [(each.change, each.sentence) for each in found.consequences]
    return [moved(records[change.after.id], change, sentence, _why(board, change)) for change, sentence in changes]


def _why(board: Board, change: Change) -> tuple[str, ...]:
    return explanations.why(board, board.groups[change.after.group], change.after)


def _difference(each: Consequence) -> asked.VisitDifference:
    before, after = each.change.before, each.change.after
    return asked.VisitDifference(
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


def _left(each: disruptions.Undecided) -> asked.VisitLeft:
    visit = each.visit
    return asked.VisitLeft(
        visit_id=visit.id,
        group_id=visit.group,
        host_school_id=visit.host,
        on=visit.on,
        sentence=each.sentence,
        suggestion=each.suggestion,
    )


def _event_rows(given: Affected) -> tuple[asked.EventDifference, ...]:
    """A row an event; the people of its parts are added up."""
    rows: dict[str, asked.EventDifference] = {}
    people = {each.record.event.event_id: each.people for each in given.events}
    each: list[tuple[EventRecord, EventMoved | EventLeft]] = [(one.before, one) for one in given.dates.moved]
    each += [(one.record, one) for one in given.dates.left]
    for record, what in each:
        before = rows.get(record.event.activity)
        rows[record.event.activity] = asked.EventDifference(
            event_id=before.event_id if before else record.event.event_id,
            title=record.event.title,
            on=record.event.on,
            becomes=what.after.event.on if isinstance(what, EventMoved) else None,
            people=people[record.event.event_id] + (before.people if before else 0),
            sentence=what.sentence,
        )
    return tuple(rows.values())
