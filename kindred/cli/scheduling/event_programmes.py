"""`kindred visits event|describe-event`: where an event takes place, who speaks, who sits with whom."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.event_programmes import (
    DescribeCohortEvent,
    EventItem,
    EventProgramme,
    EventVenue,
    ShowEventProgramme,
)
from shared.errors import Rejected

__all__ = ["Access", "Address", "Items", "Tell", "Venue", "describe", "describe_event", "event"]

Event = Annotated[str, typer.Argument(help="activity (launch, mid-year, closing), title or id of a cohort event")]
Venue = Annotated[str, typer.Option(help="what the venue is called")]
Address = Annotated[str, typer.Option(help="its address")]
Access = Annotated[str, typer.Option(help="how to get in, and step-free access")]
Capacity = Annotated[int, typer.Option(min=0, help="most people; 0: not known")]
Items = Annotated[
    list[str] | None, typer.Option("--item", help="an item: Title | speaker | where they are from | link; repeat")
]
Tell = Annotated[bool, typer.Option("--tell", help="send everybody the invitation anew, with the agenda")]
PARTS = 4


def event(named: Event, programme: Programme = "") -> None:
    """Show what happens at an event: venue, speakers, material, and who sits with whom as answers stand now."""
    found = find(ShowEventProgramme(event_id=lookup.event(named, programme).event.event_id), EventProgramme)
    venue = found.venue
    where = [(label, value) for label, value in venue.model_dump().items() if value]
    agenda = [(one.title, one.speaker, one.sector, one.material) for one in found.agenda]
    names = lookup.names(person for one in found.tables for person in one.person_ids)
    tables = [
        (one.number, ", ".join(names.get(person, person) for person in one.person_ids), ", ".join(one.shares))
        for one in found.tables
    ]
    emit(
        found,
        table(found.title, ("where", "is"), where),
        table("Agenda", ("item", "speaker", "from", "material"), agenda),
        *([table("Tables", ("#table", "people", "both want to learn about"), tables)] if tables else []),
    )


def describe_event(
    named: Event,
    venue: Venue = "",
    address: Address = "",
    access: Access = "",
    capacity: Capacity = 0,
    item: Items = None,
    tell: Tell = False,
    programme: Programme = "",
) -> None:
    """Enter venue and agenda of an event. Another venue is told to everybody invited at once."""
    place = EventVenue(name=venue, address=address, access=access, capacity=capacity or None)
    describe(lookup.event(named, programme).event.event_id, place, item or (), tell=tell)


def describe(event_id: str, place: EventVenue, items: Sequence[str], *, tell: bool) -> None:
    """Say where an event is and what happens there; what is not given stays as it is."""
    said = {name: value for name, value in place.model_dump().items() if value}
    known = find(ShowEventProgramme(event_id=event_id), EventProgramme)
    before = {name: value for name, value in known.venue.model_dump().items() if value}
    command = DescribeCohortEvent(
        event_id=known.event_id,
        venue=EventVenue.model_validate({**before, **said}) if said else None,
        agenda=tuple(_item(one) for one in items) if items else None,
        tell=tell,
    )
    done = ask(command)
    emit(done, done.sentence)


def _item(text: str) -> EventItem:
    parts = [part.strip() for part in text.split("|")]
    if not parts[0] or len(parts) > PARTS:
        raise Rejected("bad-item", f"{text[:60]!r} should read like: Title | speaker | where they are from | link.")
    return EventItem(**dict(zip(("title", "speaker", "sector", "material"), parts, strict=False)))
