"""What happens at a cohort event, as the template says it and the coordinator has changed it."""

from collections.abc import Iterable

from services.scheduling.domain.record import Record
from shared.commands.event_programmes import DescribeCohortEvent, EventItem, EventVenue
from shared.errors import Rejected
from shared.template.activities import Activity

__all__ = ["EventDetails", "described", "details_id", "of_template", "place_of"]


class EventDetails(Record):
    """What the coordinator has entered for an event; none: what the template says."""

    details_id: str
    cohort_id: str
    activity: str
    venue: EventVenue | None = None
    agenda: tuple[EventItem, ...] | None = None


def details_id(cohort_id: str, activity: str) -> str:
    """The key of an event's details; its parts share them, and so does another date."""
    return f"{cohort_id}/{activity}"


def described(before: EventDetails, command: DescribeCohortEvent) -> EventDetails:
    """The details with what is given. Raises Rejected: nothing-said, invalid-link."""
    if command.venue is None and command.agenda is None and not command.tell:
        raise Rejected("nothing-said", "Name a venue or items of the agenda.")
    for item in command.agenda or ():
        if item.material and not item.material.startswith("https://"):
            raise Rejected("invalid-link", f"{item.material[:60]!r} is no link to material: it begins with https://.")
    update: dict[str, object] = {}
    if command.venue is not None:
        update["venue"] = command.venue
    if command.agenda is not None:
        update["agenda"] = command.agenda
    return before.model_copy(update=update)


def of_template(activity: Activity | None, details: EventDetails | None) -> tuple[EventVenue, tuple[EventItem, ...]]:
    """Where it takes place and what happens there: what was entered, else what the template says."""
    venue, agenda = (details.venue, details.agenda) if details else (None, None)
    if venue is None:
        given = activity.venue if activity else None
        venue = EventVenue.model_validate(given.model_dump()) if given else EventVenue()
    if agenda is None:
        agenda = tuple(EventItem.model_validate(one.model_dump()) for one in (activity.agenda if activity else ()))
    return venue, agenda


def place_of(venue: EventVenue) -> str:
    """The venue in a line, as invitations and calendars have it."""
    return ", ".join(_distinct((venue.name, venue.address)))


def _distinct(parts: Iterable[str]) -> list[str]:
    return [part for part in dict.fromkeys(parts) if part]
