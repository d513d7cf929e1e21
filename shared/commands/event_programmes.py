"""What may be asked of `scheduling` about what happens at a cohort event: where, who speaks, who sits with whom."""

from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, Message, OneLine, Query, Reply

MOST_ITEMS = 40


class EventVenue(Message):
    """Where it takes place."""

    name: OneLine = Field("", max_length=200)
    address: OneLine = Field("", max_length=300)
    access: OneLine = Field("", max_length=500, description="how to get in, and step-free access")
    capacity: int | None = Field(None, ge=1, le=100_000, description="most people")


class EventItem(Message):
    """One item of the agenda."""

    title: OneLine = Field(min_length=1, max_length=200)
    speaker: OneLine = Field("", max_length=200)
    sector: OneLine = Field("", max_length=100, description="where they are from: schools, university, business")
    material: OneLine = Field("", max_length=500, description="a link")


class DescribeCohortEvent(Command):
    """Say where an event takes place, and who speaks about what; what is not given stays as it is.

    Another venue is told to everybody invited at once. Another agenda stands in the mails that follow and on the
    event's page; with `tell` everybody gets their invitation anew.
    """

    service: ClassVar[str] = "scheduling"
    event_id: str
    venue: EventVenue | None = None
    agenda: tuple[EventItem, ...] | None = Field(None, max_length=MOST_ITEMS)
    tell: bool = False


class EventTable(Reply):
    """People who sit together; `shares`: what at least two of their schools want to learn about."""

    number: int
    person_ids: tuple[str, ...]
    shares: tuple[str, ...] = ()


class EventProgramme(Reply):
    """What happens at an event. `tables` as answers stand now; `table`: where the person sits who asks, 0 for none."""

    event_id: str
    title: str
    venue: EventVenue = Field(default_factory=EventVenue)
    agenda: tuple[EventItem, ...] = ()
    tables: tuple[EventTable, ...] = ()
    table: int = 0
    seated: bool = Field(False, description="whether people are seated at tables")
    invited: int = 0


class ShowEventProgramme(Query):
    """What happens at an event: for somebody invited, or for the coordinator, who is named by nobody.

    Rejected("unknown-event") for everybody else.
    """

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = EventProgramme
    event_id: str
    person_id: str = ""
    seating: bool = Field(True, description="whether to say who sits with whom")
