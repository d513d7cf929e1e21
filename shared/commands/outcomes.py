"""Queries about what inspections said of a programme's schools. `programmes` answers them: it keeps the register."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Query, Reply


class OutcomeRow(Reply):
    """What was judged, and how many schools stand how, by their latest inspection under one regime.

    `judged`: schools with an outcome that counts; `met`: those of them at the standard or above it. `gained`, `kept`
    and `lost`: schools that were inspected under this regime before the programme, too, and stand better, as before, or
    worse in this.
    """

    of: str = Field(description="`overall`, or the area of a report card")
    judged: int
    met: int
    gained: int = 0
    kept: int = 0
    lost: int = 0


class Outcomes(Reply):
    """A programme's schools by their inspections. Grades and report cards are never turned into each other.

    `grades`: the overall grades that still stand, given until August 2024. `cards`: report cards of inspections since
    the programme began, by area; `before`: schools with a report card from before.
    """

    since: dt.date
    schools: int
    grades: OutcomeRow
    cards: tuple[OutcomeRow, ...]
    before: int = 0


class CountOutcomes(Query):
    """How the schools of a programme were judged, before it began and since."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = Outcomes
    programme_id: str = Field(max_length=100)
