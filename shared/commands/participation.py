"""What may be asked of `programmes` about whether schools take part."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply
from shared.commands.programmes import PersonDetails
from shared.events.participation import Answer
from shared.template.words import Key

Reason = Field("", max_length=500)


class AskSchool(Command):
    """Ask somebody at a school whether it takes part. They get a mail."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    person: PersonDetails


class AnswerParticipation(Command):
    """A school takes part, may do so, or does not. A no of a school that is enrolled withdraws it."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    answer: Answer
    reason: str = Reason
    person_id: str | None = Field(None, description="who answers; none: the coordinator on their word")
    ask_again: bool = Field(True, description="whether a school that takes no part may be asked the next year")


class ExceptFromRule(Command):
    """A school takes part without keeping to a rule of the template."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    rule: Key
    of: str = Field("", max_length=60, description="the form that the rule counts; needed where a rule stands twice")
    by_arrangement: bool = Field(False, description="the coordinator allows it; else the school gives a reason")
    reason: OneLine = Field(min_length=1, max_length=500)


class DecideParticipation(Command):
    """The coordinator admits a school, or refuses it; a school that is enrolled and refused is withdrawn."""

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    admitted: bool
    rule: OneLine = Field(min_length=1, max_length=60, description="the rule by which it is decided, in a word")
    reason: OneLine = Field(min_length=1, max_length=500)


class RuleStanding(Reply):
    """A rule of the template and whether a school keeps to it."""

    rule: str
    of: str = ""
    kept: bool
    excepted: Literal["", "reason", "by-arrangement"] = ""
    reason: str = ""
    sentence: str = ""


class ParticipationRow(Reply):
    """A school that was asked, has answered or is enrolled."""

    urn: int
    school_id: str
    school: str
    enrolled: bool
    answer: str = Field("", description="yes, maybe, no, or nothing yet")
    reason: str = ""
    on: dt.date | None = None
    provisional_until: dt.date | None = None
    ask_again: bool = True
    rules: tuple[RuleStanding, ...] = ()
    outcome: str = ""
    outcome_rule: str = ""
    outcome_reason: str = ""
    decided_on: dt.date | None = None


class ParticipationRows(Reply):
    """A page of them, by URN. `total`: how many fit; `known`: how many there are in the programme."""

    rows: tuple[ParticipationRow, ...]
    total: int = 0
    known: int = 0


class ParticipationShown(Reply):
    """How a school's part stands, for somebody at the school. `until`: the last day on which a maybe counts."""

    programme: str
    summary: str = ""
    urn: int
    school: str
    enrolled: bool
    answers: tuple[Answer, ...] = Field(description="what the programme takes for an answer")
    answer: str = Field("", description="yes, maybe, no, or nothing yet")
    reason: str = ""
    until: dt.date | None = None
    asked_again: bool = Field(False, description="whether schools that take no part are asked the next year")
    ask_again: bool = True
    later: tuple[str, ...] = Field((), description="roles for which people are named later, in words")
    missing: tuple[str, ...] = Field((), description="what a rule of the programme still wants, a sentence each")
    outcome: str = ""


class ShowParticipation(Query):
    """A school's part as somebody sees it who was asked, or takes part for the school; unknown for everybody else."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ParticipationShown
    programme_id: str
    school_id: str
    person_id: str


class ListParticipation(Query):
    """Which schools take part in a programme, and how that was decided."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ParticipationRows
    programme_id: str
    urn: int | None = None
    search: str = Field("", max_length=100, description="part of a school's name, town or postcode, or its URN")
    limit: int = Field(10_000, ge=1, le=10_000)
    offset: int = Field(0, ge=0)
