"""The draft becomes the calendar, once the independent checker has nothing against it; from here on people are told."""

from services.scheduling.domain.drafting import violations
from services.scheduling.domain.records import EventRecord, VisitRecord
from services.scheduling.handlers import reminding
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.sources import Standing, standing
from services.scheduling.ports import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import PublishVisits
from shared.errors import Rejected
from shared.events.scheduling import CalendarPublished, CohortEventScheduled, VisitScheduled

__all__ = ["Publishing"]


class Publishing:
    """Publishes calendars."""

    def __init__(self, stores: Stores, changes: Changes) -> None:
        self._stores = stores
        self._changes = changes

    async def publish(self, command: PublishVisits, work: UnitOfWork) -> Done:
        """Check the latest draft and publish it."""
        stands = await standing(self._stores, command.cohort_id, work.now)
        cohort = stands.sources.cohort
        _may_publish(stands, command)
        moved = await self._changes.carry_out_proposals(stands, work)
        visits = [record for record in stands.visits if record.state == "draft"]
        events = [record for record in stands.events if record.state == "draft"]
        _checked(stands, moved)
        published = [_published_visit(record) for record in visits]
        announced = [_published_event(record) for record in events]
        await self._stores.visits.put(published, announced)
        for record in published:
            work.publish(VisitScheduled(version=record.version, **record.visit.model_dump()))
            reminding.visit_published(record, stands.sources.programme, work)
        for each in announced:
            work.publish(CohortEventScheduled(version=each.version, **each.event.model_dump()))
            reminding.event_published(each, stands.sources.programme, work)
        after = cohort.model_copy(update={"state": "published", "version": cohort.version + 1})
        await self._stores.facts.put_cohort(after)
        work.publish(
            CalendarPublished(
                version=after.version,
                cohort_id=after.cohort_id,
                programme_id=after.programme_id,
                revision=after.revision,
                visits=len(published),
                events=len(announced),
            )
        )
        sentence = f"{len(published)} visits and {len(announced)} events published, {len(moved)} visits changed."
        return Done(id=after.cohort_id, version=after.version, sentence=sentence)


def _may_publish(stands: Standing, command: PublishVisits) -> None:
    cohort = stands.sources.cohort
    if cohort.state == "published":
        raise Rejected("already-published", "This calendar is published; draft it again to change it.")
    if cohort.state != "draft":
        raise Rejected("no-draft", "There is no draft calendar to publish.")
    if command.revision != cohort.revision:
        raise Rejected(
            "latest-draft", f"Revision {command.revision} is out of date; the latest draft is {cohort.revision}."
        )
    if cohort.unplaced and not command.leave_out_unplaced:
        count = len(cohort.unplaced)
        raise Rejected(
            "groups-without-dates", f"{count} groups have no dates; publish without them only if you mean to."
        )
    today = stands.sources.today
    late = [record for record in stands.visits if record.state == "draft" and record.visit.on <= today]
    if late:
        raise Rejected("date-passed", f"{len(late)} visits of this draft lie in the past; draft the calendar again.")


def _checked(stands: Standing, moved: list[VisitRecord]) -> None:
    """The independent checker has the last word."""
    after = {record.visit.visit_id: record for record in stands.visits if record.state != "cancelled"}
    after |= {record.visit.visit_id: record for record in moved}
    found = violations(stands.sources, list(after.values()), stands.events, stands.sources.cohort.unplaced)
    if found:
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        raise Rejected(found[0].rule.value, f"The calendar cannot be published: {found[0].sentence}{more}.")


def _published_visit(record: VisitRecord) -> VisitRecord:
    return record.model_copy(update={"state": "published", "version": record.version + 1})


def _published_event(record: EventRecord) -> EventRecord:
    return record.model_copy(update={"state": "published", "version": record.version + 1})
