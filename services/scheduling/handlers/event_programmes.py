"""What happens at events: entered by the coordinator, shown with who sits with whom."""

from collections.abc import Iterable

from services.scheduling.domain.visits.event_decisions import must_be_open
from services.scheduling.domain.visits.event_programme import (
    EventDetails,
    described,
    details_id,
    of_template,
    place_of,
)
from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.domain.visits.seating import Seated, Table, seated
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.event_programmes import DescribeCohortEvent, EventProgramme, EventTable, ShowEventProgramme
from shared.errors import Rejected
from shared.template import Activity, Template

__all__ = ["EventProgrammes"]

VENUE, AGENDA = "venue", "programme"
"""Why an invitation changes, as its event says it."""
TOPICS = "topics"
"""The list of the template that schools name their needs from."""


class EventProgrammes:
    """The command and the query."""

    def __init__(self, stores: Stores, events: CohortEvents) -> None:
        self._stores, self._events = stores, events

    async def describe(self, command: DescribeCohortEvent, work: UnitOfWork) -> Done:
        """Keep it; who is invited is told of another venue, and of all where `tell` says so. Raises Rejected."""
        record = await self._stores.events.event(command.event_id)
        must_be_open(record)
        event = record.event
        key = details_id(event.cohort_id, event.activity)
        known = await self._stores.details.details(key)
        before = known or EventDetails(details_id=key, cohort_id=event.cohort_id, activity=event.activity)
        after = described(before, command)
        await self._stores.details.put(after)
        venue, agenda = of_template(await self._activity(record), after)
        place = place_of(venue) if command.venue is not None else event.place
        moved = place != event.place
        parts = await self._parts(record)
        invited = sum(len(one.event.attendees) for one in parts)
        if moved:
            drafts = [one for one in parts if one.state == "draft"]
            await self._stores.events.put([_at(one, place) for one in drafts])
        if moved or command.tell:
            why = VENUE if moved else AGENDA
            decision = EventDecision(on=record.takes_place_on, why=why, place=place, tell=command.tell)
            await self._events.decide(record, decision, work)
        said = f"{event.title}: {len(agenda)} item{'' if len(agenda) == 1 else 's'}" + (
            f", at {place}." if place else "."
        )
        if venue.capacity and invited > venue.capacity:
            said += f" {invited} are invited; the room takes {venue.capacity}."
        if moved and record.state == "published":
            said += f" All {invited} who are invited get it anew."
        return Done(id=command.event_id, version=max(1, record.version), sentence=said)

    async def show(self, query: ShowEventProgramme) -> EventProgramme:
        """As it stands now. Raises Rejected("unknown-event") for who is not invited."""
        record = await self._stores.events.event(query.event_id)
        parts = await self._parts(record)
        everybody = {one.person_id for part in parts for one in part.event.attendees}
        if query.person_id and query.person_id not in everybody:
            raise Rejected("unknown-event", f"There is no cohort event '{query.event_id[:60]}'.")
        details = await self._stores.details.details(details_id(record.event.cohort_id, record.event.activity))
        activity = await self._activity(record)
        venue, agenda = of_template(activity, details)
        tables = await self._tables(record, parts, activity) if query.seating else ()
        return EventProgramme(
            event_id=record.event.event_id,
            title=record.event.title,
            venue=venue,
            agenda=agenda,
            tables=tables,
            table=next((one.number for one in tables if query.person_id in one.person_ids), 0),
            seated=activity is not None and activity.tables is not None,
            invited=len(everybody),
        )

    async def _tables(
        self, record: EventRecord, parts: Iterable[EventRecord], activity: Activity | None
    ) -> tuple[EventTable, ...]:
        """Who sits with whom, of those who have not said that they cannot come."""
        if activity is None or activity.tables is None:
            return ()
        coming: dict[str, list[str]] = {}
        for part in parts:
            answers = await self._stores.answers.latest(part.event.event_id)
            for one in part.event.attendees:
                said = answers.get(one.person_id)
                if one.school_id and not (said and said.answer == "declined"):
                    coming.setdefault(one.school_id, []).append(one.person_id)
        schools = await self._stores.engine.schools(record.event.programme_id, list(coming))
        found = seated(
            [
                Seated(school, tuple(people), schools[school].needs if school in schools else {})
                for school, people in coming.items()
            ],
            activity.tables.size,
        )
        titles = _topics(await self._template(record))
        return tuple(_shown(one, titles) for one in found)

    async def _parts(self, record: EventRecord) -> list[EventRecord]:
        every = await self._stores.events.of_cohort(record.event.cohort_id)
        return [one for one in every if one.event.activity == record.event.activity and one.state != "cancelled"]

    async def _activity(self, record: EventRecord) -> Activity | None:
        template = await self._template(record)
        return template.activity(record.event.activity) if template else None

    async def _template(self, record: EventRecord) -> Template | None:
        programme = await self._stores.engine.programme(record.event.programme_id)
        return programme.template if programme else None


def _at(part: EventRecord, place: str) -> EventRecord:
    return part.model_copy(update={"event": part.event.model_copy(update={"place": place})})


def _shown(table: Table, titles: dict[str, str]) -> EventTable:
    shares = tuple(titles.get(topic, topic) for topic in table.topics)
    return EventTable(number=table.number, person_ids=table.person_ids, shares=shares)


def _topics(template: Template | None) -> dict[str, str]:
    """Key of a topic -> what people call it."""
    return {one.key: one.title for one in template.entries(TOPICS)} if template else {}
