"""What `matching` publishes of people who are placed to things in other schools: one fact a placement."""

from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event, Fact


class PlacementFacts(Fact):
    """Who is placed where, and by which entries: the one that named the person, the one that named the thing."""

    match_id: str
    programme_id: str
    round: str = Field(description="the key of the round in the template")
    cohort_id: str = Field("", description="the run of matching it came from")
    person_id: str
    role: str = Field(description="the role in which the person is placed")
    school_id: str = Field(description="the person's own school")
    host_school_id: str
    person_entry_id: str | None = None
    thing_entry_id: str | None = None
    wish: int | None = Field(None, ge=1, description="which of the person's wishes it is; none: not wished for")


EndReason = Literal["person-left", "thing-withdrawn", "school-withdrawn", "coordinator"]


class PersonPlaced(PlacementFacts, Event):
    """Somebody is placed, or the placement goes on with somebody else."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "match_id"


class PlacementEnded(PlacementFacts, Event):
    """The placement stands no longer; what was done in it stays."""

    context: ClassVar[str] = "matching"
    aggregate: ClassVar[str] = "match_id"
    reason: EndReason = Field("coordinator", description="what fell away, or who decided")
