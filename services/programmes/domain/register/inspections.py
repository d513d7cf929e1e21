"""Inspection outcomes under the two regimes, which are different things and are never turned into each other.

The overall grade (`words.OverallGrade`) ended in September 2024 for state-funded schools and stands until a school's
next inspection. Since 10 November 2025 inspectors write a report card: a grade for each area, and whether
safeguarding standards are met. There is no overall grade on it and none is made up here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.programmes.domain.register.words import OverallGrade

__all__ = ["AREAS", "FIRST_REPORT_CARDS", "LAST_OVERALL_GRADES", "Area", "AreaGrade", "OverallOutcome", "ReportCard"]

LAST_OVERALL_GRADES = dt.date(2024, 9, 1)
FIRST_REPORT_CARDS = dt.date(2025, 11, 10)


class AreaGrade(StrEnum):
    """A report card's grades, best first."""

    EXCEPTIONAL = "exceptional"
    STRONG = "strong standard"
    EXPECTED = "expected standard"
    ATTENTION = "needs attention"
    URGENT = "urgent improvement"


class Area(StrEnum):
    """What a report card grades. Early years and sixth form only where a school has them."""

    INCLUSION = "inclusion"
    CURRICULUM = "curriculum and teaching"
    ACHIEVEMENT = "achievement"
    ATTENDANCE = "attendance and behaviour"
    PERSONAL = "personal development and wellbeing"
    LEADERSHIP = "leadership and governance"
    EARLY_YEARS = "early years"
    SIXTH_FORM = "sixth form"


AREAS = tuple(Area)


@dataclass(frozen=True, slots=True)
class OverallOutcome:
    """The old regime: one grade for the whole school. `on` is None where the register gives no date."""

    grade: OverallGrade
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class ReportCard:
    """The new regime: a grade by area, and safeguarding met or not met."""

    urn: int
    inspected: dt.date
    grades: Mapping[Area, AreaGrade]
    safeguarding_met: bool
    published: dt.date | None = None
    web_link: str = ""

    def __post_init__(self) -> None:
        if self.inspected < FIRST_REPORT_CARDS:
            raise ValueError(
                "Report cards exist since 10 November 2025; an earlier inspection has an overall grade or none."
            )
        missing = [area.value for area in AREAS[:6] if area not in self.grades]
        if missing:
            raise ValueError(f"A report card grades {', '.join(missing)} too.")
