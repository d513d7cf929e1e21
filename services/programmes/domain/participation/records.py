"""What is kept of a school's part in a programme, beside its enrolment."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.base import Event
from shared.events.participation import Answer

__all__ = ["Excepted", "Participation", "ParticipationDecision", "SchoolEntry", "blank", "participation_id"]

_SPACE = uuid.UUID("2a7d4c1f-9e0b-5c3d-8b6a-1f0e7d2c5a94")
How = Literal["reason", "by-arrangement"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Excepted(_Record):
    """Why a school need not keep to a rule; `of` is the form that the rule counts."""

    rule: str
    of: str = ""
    how: How
    reason: str
    on: dt.date


class Participation(_Record):
    """What a school has said and what was decided about it. `person_id`: who was asked, or has answered."""

    participation_id: str
    programme_id: str
    school_id: str
    urn: int
    version: int = 0
    person_id: str | None = None
    answer: Answer | None = None
    reason: str = ""
    on: dt.date | None = None
    provisional_until: dt.date | None = None
    ask_again: bool = True
    exceptions: tuple[Excepted, ...] = ()
    outcome: Literal["admitted", "refused", "lapsed"] | None = None
    outcome_rule: str = ""
    outcome_reason: str = ""
    decided_on: dt.date | None = None

    def excepted(self, rule: str, of: str) -> Excepted | None:
        """Why the school need not keep to the rule."""
        return next((one for one in self.exceptions if (one.rule, one.of) == (rule, of)), None)


class SchoolEntry(_Record):
    """An entry of a school that a rule of taking part may count."""

    entry_id: str
    programme_id: str
    school_id: str
    form: str
    version: int
    stands: bool = True


@dataclass(frozen=True, slots=True)
class ParticipationDecision:
    """The record as it stands now, and the events to publish; none if nothing has changed."""

    record: Participation
    events: tuple[Event, ...] = ()


def participation_id(programme_id: str, school_id: str) -> str:
    """One a programme and school."""
    return f"par-{uuid.uuid5(_SPACE, f'{programme_id}/{school_id}').hex}"


def blank(programme_id: str, school_id: str, urn: int) -> Participation:
    """A school of which nothing is known yet."""
    key = participation_id(programme_id, school_id)
    return Participation(participation_id=key, programme_id=programme_id, school_id=school_id, urn=urn)
