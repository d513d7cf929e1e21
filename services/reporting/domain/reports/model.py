"""What every report has: a head that says what it is and about whom, and cards with the figures to see first."""

import datetime as dt

from pydantic import BaseModel, ConfigDict

from services.reporting.domain.status import Rating


class Part(BaseModel):
    """A frozen part of a report, strict about its fields so that a template never misses one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Head(Part):
    """The band at the top, and what the footer repeats."""

    programme: str
    title: str
    subject: str
    facts: tuple[str, ...] = ()
    prepared: str
    prepared_on: dt.date
    reference: str
    edition: int


class Card(Part):
    """A figure to see first."""

    label: str
    value: str
    note: str = ""


class Segment(Part):
    """Part of a bar: how many stand how."""

    rating: Rating
    number: int


class Bar(Part):
    """A bar of a chart: what it is about and its parts."""

    label: str
    segments: tuple[Segment, ...]


class SchoolLine(Part):
    """The facts about a school that a report's head shows."""

    name: str
    urn: int | None = None
    authority: str = ""


def reference(report_id: str) -> str:
    """The short reference people quote: `RPT-1A2B3C4D`."""
    return f"RPT-{report_id.rpartition('-')[2][:8].upper()}"


def school_facts(school: SchoolLine) -> tuple[str, ...]:
    """`URN 999901`, `Leeds`: what is known of them."""
    return tuple(fact for fact in (f"URN {school.urn}" if school.urn else "", school.authority) if fact)
