"""What `programmes` publishes of whether schools take part: asked, answered, decided; reasons are told to nobody."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.events.base import Event, Fact

Answer = Literal["yes", "maybe", "no"]


class ParticipationFacts(Fact):
    """Which school's part in which programme it is."""

    participation_id: str
    programme_id: str
    school_id: str
    person_id: str | None = Field(None, description="who is asked or has answered; none: the coordinator on their word")


class ParticipationAsked(ParticipationFacts, Event):
    """Somebody at a school is asked whether it takes part."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "participation_id"
    because: Literal["invited", "again", "provisional"] = Field(
        "invited", description="`again`: it did not take part the year before; `provisional`: its maybe runs out"
    )
    until: dt.date | None = Field(None, description="the last day on which a maybe counts")


class ParticipationAnswered(ParticipationFacts, Event):
    """A school has said whether it takes part."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "participation_id"
    answer: Answer
    on: dt.date
    provisional_until: dt.date | None = Field(None, description="the last day on which a maybe counts")


class RuleExcepted(ParticipationFacts, Event):
    """A school takes part although it does not keep to a rule: it gave a reason, or the coordinator allows it."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "participation_id"
    rule: str
    of: str = Field("", description="the form that the rule counts")
    how: Literal["reason", "by-arrangement"]
    on: dt.date


class ParticipationDecided(ParticipationFacts, Event):
    """Whether a school takes part was decided, by which rule."""

    context: ClassVar[str] = "programmes"
    aggregate: ClassVar[str] = "participation_id"
    outcome: Literal["admitted", "refused", "lapsed"]
    rule: str
    on: dt.date
