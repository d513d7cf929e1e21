"""What may be asked of `programmes` about people, whatever programme they are in."""

from typing import ClassVar

from pydantic import Field

from shared.commands.base import Query, Reply
from shared.events.base import DateSpan


class PlaceRow(Reply):
    """A role that somebody holds, and where: at a school, at a trust or partnership, or for a programme as a whole."""

    role: str
    title: str = Field(description="what the programme calls the role")
    programme_id: str = ""
    programme: str = ""
    under_way: bool = Field(False, description="whether that programme goes on, so that the place can be handed over")
    urn: int | None = None
    school: str = ""
    party: str = ""


class FoundPerson(Reply):
    """A person with everything that they do."""

    person_id: str
    name: str
    email: str
    phone: str = ""
    places: tuple[PlaceRow, ...] = ()
    dates_not_possible: tuple[DateSpan, ...] = Field(
        (), description="days that were named for them, in all programmes; only where one is asked for by their id"
    )


class FoundPeople(Reply):
    """People by name."""

    total: int
    people: tuple[FoundPerson, ...]


class FindPeople(Query):
    """People by part of a name or address, or the one with an id; with `programme_id`, those who take part in it."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = FoundPeople
    search: str = Field("", max_length=100)
    person_id: str = Field("", max_length=100)
    programme_id: str = Field("", max_length=100)
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0)
