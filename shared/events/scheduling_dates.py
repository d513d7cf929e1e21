"""What `scheduling` publishes about agreed days and calls. Dates are local; the zone stands beside them."""

import datetime as dt
from typing import ClassVar

from pydantic import AwareDatetime, Field

from shared.events.base import Event, Fact


class _OfAgreement(Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "agreement_id"


class DatesOffered(_OfAgreement):
    """People are offered days, which are held for them until the deadline."""

    agreement_id: str
    person_ids: tuple[str, ...]
    offers: tuple[dt.date, ...]
    deadline: AwareDatetime
    timezone: str


class DatesAnswered(_OfAgreement):
    """Somebody has said which of the days suit them; published with their first answer.

    `version` counts who has answered. What they say is scheduling's, by id.
    """

    agreement_id: str
    person_id: str


class DatesAgreed(_OfAgreement):
    """All have answered and this day is settled; the other days on offer are free again."""

    agreement_id: str
    person_ids: tuple[str, ...]
    on: dt.date
    timezone: str


class DatesRefused(_OfAgreement):
    """All have answered and none of the days suits both; each can still change their answer until the deadline."""

    agreement_id: str
    person_ids: tuple[str, ...]


class DatesWithdrawn(_OfAgreement):
    """A settled day does not take place; it is free again."""

    agreement_id: str
    person_ids: tuple[str, ...]
    on: dt.date
    timezone: str


class CallOffered(Event):
    """Somebody is asked to choose a time for a call with the host."""

    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "offer_id"
    offer_id: str
    host_id: str
    person_id: str
    minutes: int = Field(ge=1)


class Call(Fact):
    """A call between people."""

    call_id: str
    person_ids: tuple[str, ...]
    on: dt.date
    starts: dt.time
    minutes: int = Field(ge=1)
    timezone: str
    offer_id: str | None = Field(None, description="the invitation for which it was chosen, where there was one")
    chosen_by: str | None = Field(None, description="who chose its time, and can choose another if it is cancelled")
    programme_id: str | None = Field(None, description="the programme by whose public page it was booked, if it was")


class _OfCall(Event):
    context: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "call_id"


class CallBooked(_OfCall, Call):
    """A call has its time."""


class CallCancelled(_OfCall, Call):
    """A call does not take place; its time is free again."""
