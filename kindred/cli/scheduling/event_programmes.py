"""`kindred visits event|describe-event`: where an event takes place, who speaks, who sits with whom."""

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

__all__ = ["describe_event", "event"]

Event = Annotated[str, typer.Argument(help="activity (launch, mid-year, closing), title or id of a cohort event")]
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
    venue: Annotated[str, typer.Option(help="what the venue is called")] = "",
    address: Annotated[str, typer.Option(help="its address")] = "",
    access: Annotated[str, typer.Option(help="how to get in, and step-free access")] = "",
    capacity: Annotated[int, typer.Option(min=0, help="most people; 0: not known")] = 0,
    item: Annotated[
        list[str] | None, typer.Option(help="an item: Title | speaker | where they are from | link to material; repeat")
    ] = None,
    tell: Annotated[bool, typer.Option("--tell", help="send everybody the invitation anew, with the agenda")] = False,
    programme: Programme = "",
) -> None:
    """Enter venue and agenda of an event. Another venue is told to everybody invited at once."""
    place = {"name": venue, "address": address, "access": access}
    given = any(place.values()) or capacity
    known = find(ShowEventProgramme(event_id=lookup.event(named, programme).event.event_id), EventProgramme)
    before = {name: value for name, value in known.venue.model_dump().items() if value}
    said = {name: value for name, value in {**place, "capacity": capacity or None}.items() if value}
    command = DescribeCohortEvent(
        event_id=known.event_id,
        venue=EventVenue.model_validate({**before, **said}) if given else None,
        agenda=tuple(_item(one) for one in item) if item else None,
        tell=tell,
    )
    done = ask(command)
    emit(done, done.sentence)


def _item(text: str) -> EventItem:
    parts = [part.strip() for part in text.split("|")]
    if not parts[0] or len(parts) > PARTS:
        raise Rejected("bad-item", f"{text[:60]!r} should read like: Title | speaker | where they are from | link.")
    return EventItem(**dict(zip(("title", "speaker", "sector", "material"), parts, strict=False)))
