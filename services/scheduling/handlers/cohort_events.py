"""What the coordinator decides about a cohort event: another date, or none at all."""

from collections.abc import Sequence

from services.scheduling.domain import explain
from services.scheduling.domain.drafting import violations
from services.scheduling.domain.pausing import on_day
from services.scheduling.domain.records import EventRecord, ProgrammeRecord
from services.scheduling.handlers import reminding
from services.scheduling.handlers.sources import Standing, programme_of, standing
from services.scheduling.ports import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import CancelCohortEvent, MoveCohortEvent
from shared.errors import Rejected
from shared.events.scheduling import CohortEventCancelled, CohortEventMoved, CoordinatorAsked

__all__ = ["CohortEvents", "asked", "moved"]

WHY = "coordinator"


class CohortEvents:
    """Commands of the coordinator about one event for the whole cohort."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def move(self, command: MoveCohortEvent, work: UnitOfWork) -> Done:
        """Set another date within the event's window, on which no visit is, in the order that the template has."""
        record = await self._stores.visits.event(command.event_id)
        stands = await standing(self._stores, record.event.cohort_id, work.now)
        _still_open(record)
        if command.on == record.event.on:
            raise Rejected("same-date", f"The event is on {explain.in_words(command.on)} already.")
        if command.on <= stands.sources.today:
            raise Rejected("date-passed", "An event can only be moved to a day that is to come.")
        after = on_day(record, command.on)
        _must_hold(stands, after)
        await self._stores.visits.put([], [after])
        moved(record, after, WHY, stands.sources.programme, work)
        sentence = f"{after.event.title} is on {explain.in_words(command.on)}."
        return Done(id=command.event_id, version=after.version, sentence=sentence)

    async def cancel(self, command: CancelCohortEvent, work: UnitOfWork) -> Done:
        """An event does not take place. Its day is open to visits, and no new draft dates it again."""
        record = await self._stores.visits.event(command.event_id)
        _still_open(record)
        after = on_day(record, record.event.on).model_copy(update={"state": "cancelled"})
        await self._stores.visits.put([], [after])
        if record.state == "published":
            told = {"version": after.version, "why": WHY, **after.event.model_dump()}
            work.publish(CohortEventCancelled.model_validate(told))
            reminding.event_over(after, await programme_of(self._stores, after.event.programme_id), work)
        return Done(id=command.event_id, version=after.version, sentence=f"{after.event.title} is cancelled.")


def _still_open(record: EventRecord) -> None:
    if record.state not in {"draft", "published"}:
        raise Rejected("already-over", "This event has taken place or been cancelled.")


def moved(before: EventRecord, after: EventRecord, why: str, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    """Tell everybody invited of another date, once, with everything due anew; nobody knows of a draft."""
    if before.state == "published":
        told = {"version": after.version, "moved_from": before.event.on, "why": why, **after.event.model_dump()}
        work.publish(CohortEventMoved.model_validate(told))
        reminding.event_published(after, programme, work)


def asked(record: EventRecord, sentence: str, work: UnitOfWork) -> None:
    """Leave it to the coordinator what becomes of an event on a paused day."""
    work.publish(
        CoordinatorAsked(
            version=max(1, record.version),
            target_id=record.event.event_id,
            target_kind="cohort-event",
            programme_id=record.event.programme_id,
            cohort_id=record.event.cohort_id,
            question="event-paused",
            sentence=sentence,
        )
    )


def _must_hold(stands: Standing, after: EventRecord) -> None:
    """Raises Rejected by the first rule that the new date breaks and the old one did not."""
    before = set(_against(stands, stands.events))
    events = [after if each.event.event_id == after.event.event_id else each for each in stands.events]
    for rule, sentence in _against(stands, events):
        if (rule, sentence) not in before:
            raise Rejected(rule, f"{sentence[:1].upper()}{sentence[1:]}.")


def _against(stands: Standing, events: Sequence[EventRecord]) -> list[tuple[str, str]]:
    visits = [each for each in stands.visits if each.state != "cancelled"]
    found = violations(stands.sources, visits, events, stands.sources.cohort.unplaced)
    return [(each.rule.value, each.sentence) for each in found]
