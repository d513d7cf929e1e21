"""The facilitator's appraisal of the school that hosted a visit."""

import datetime as dt
from typing import Literal

from services.reporting.domain.reports.model import Card, Head, Part, SchoolLine, reference, school_facts
from services.reporting.domain.words import count, day, listed, sentence, weekday


class Section(Part):
    """A list of the appraisal: strengths seen, points to develop, next steps, evidence."""

    key: Literal["strengths", "develop", "next-steps", "evidence"]
    title: str
    intro: str
    lines: tuple[str, ...]


class AppraisalReport(Part):
    """What a facilitated visit showed about its host."""

    kind: Literal["appraisal"] = "appraisal"
    head: Head
    lead: str
    cards: tuple[Card, ...]
    sections: tuple[Section, ...]


def appraisal_report(
    *,
    report_id: str,
    edition: int,
    title: str,
    programme: str,
    host: SchoolLine,
    held_on: dt.date,
    visitors: int,
    partners: tuple[str, ...],
    strengths: tuple[str, ...],
    develop: tuple[str, ...],
    next_steps: tuple[str, ...],
    evidence: tuple[str, ...],
    today: dt.date,
) -> AppraisalReport:
    """Make the report. `partners` names the group's other schools; `visitors` were present, 0 if not known."""
    return AppraisalReport(
        head=Head(
            programme=programme,
            title=title,
            subject=host.name,
            facts=(*school_facts(host), f"Visit on {weekday(held_on)}"),
            prepared=f"Prepared {day(today)} by the facilitator of the visit",
            prepared_on=today,
            reference=reference(report_id),
            edition=edition,
        ),
        lead=_lead(held_on, visitors, partners),
        cards=_cards(len(strengths), len(develop), len(next_steps), len(evidence)),
        sections=_sections(strengths, develop, next_steps, evidence),
    )


def _sections(
    strengths: tuple[str, ...], develop: tuple[str, ...], next_steps: tuple[str, ...], evidence: tuple[str, ...]
) -> tuple[Section, ...]:
    every = (
        _section("strengths", "Strengths seen", "What the school does well and can share.", strengths),
        _section("develop", "Points to develop", "Where the visit saw room to grow.", develop),
        _section("next-steps", "Next steps", "What the facilitator suggests to do next.", next_steps),
        _section("evidence", "Evidence", "What the appraisal rests on.", evidence),
    )
    return tuple(section for section in every if section.lines)


def _section(
    key: Literal["strengths", "develop", "next-steps", "evidence"], title: str, intro: str, lines: tuple[str, ...]
) -> Section:
    return Section(key=key, title=title, intro=intro, lines=lines)


def _cards(strengths: int, develop: int, next_steps: int, evidence: int) -> tuple[Card, ...]:
    sources = "source named" if evidence == 1 else "sources named"
    return (
        Card(label="Strengths seen", value=str(strengths), note="to share with others"),
        Card(label="Points to develop", value=str(develop), note="to work on"),
        Card(label="Next steps", value=str(next_steps), note="suggested"),
        Card(label="Evidence", value=str(evidence), note=sources),
    )


def _lead(held_on: dt.date, visitors: int, partners: tuple[str, ...]) -> str:
    who = sentence(count(visitors, "colleague")) if visitors else "Colleagues"
    places = f" from {listed(list(partners))}" if partners else ""
    return (
        f"{who}{places} took part in the visit on {weekday(held_on)}. "
        "This appraisal is for the school: what was seen that deserves sharing, and what would make it stronger still."
    )
