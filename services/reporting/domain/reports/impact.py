"""The impact report of a cohort: shares of participants who agree, with counts, nothing that is too small to show."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from services.reporting.domain.facts import Group, Meeting, Member
from services.reporting.domain.impact import Block, Figure, cohort_figure, group_figure, target_figure
from services.reporting.domain.reports.model import Card, Head, Part, reference
from services.reporting.domain.words import count, day, percent, sentence

LONGEST_LABEL = 64
"""Most characters of a statement on a card; the tables show it whole."""


class ShareLine(Part):
    """How many of how many agree with a statement; both None where too few answered."""

    statement: str
    label: str
    agree: int | None
    answers: int | None

    @property
    def percent(self) -> str:
        """`86%`, or nothing where nothing may be shown."""
        return percent(self.agree, self.answers) if self.agree is not None and self.answers else ""


class Line(Part):
    """The shares of one visit, event, group or of the cohort."""

    about: str
    target_id: str
    shares: tuple[ShareLine, ...]


class GroupPart(Part):
    """A group with its visits."""

    total: Line
    visits: tuple[Line, ...]


class ImpactReport(Part):
    """Whether participants plan to use what they saw."""

    kind: Literal["impact"] = "impact"
    head: Head
    lead: str
    cards: tuple[Card, ...]
    total: Line
    groups: tuple[GroupPart, ...]
    events: tuple[Line, ...]
    smallest: int
    note: str


class Asked(NamedTuple):
    """What participants were asked about: a visit (of a group) or a cohort event."""

    target_id: str
    about: str
    group: str | None
    group_name: str = ""


def asked_about(meetings: Iterable[Meeting], schools: Mapping[str, Member], groups: Iterable[Group]) -> list[Asked]:
    """Return the visits and events that took place, group by group, by date. `schools`: the hosts by school id."""
    numbers = {group.group_id: group.number for group in groups}

    def asked(meeting: Meeting) -> Asked:
        host = schools.get(meeting.host_school_id or "")
        name = host.name if host else meeting.title or "Cohort event"
        group_name = f"Group {numbers[meeting.group_id]}" if meeting.group_id in numbers else "Group"
        return Asked(meeting.target_id, f"{name}, {day(meeting.on)}", meeting.group_id, group_name)

    held = [meeting for meeting in meetings if meeting.held and not meeting.cancelled]
    order = sorted(held, key=lambda meeting: (numbers.get(meeting.group_id or "", 0), meeting.on, meeting.target_id))
    return [asked(meeting) for meeting in order]


def note(smallest: int) -> str:
    """How small numbers are kept back, for readers."""
    return (
        f"Shares are of those who answered. Where fewer than {smallest} answered nothing is shown; such answers count "
        f"in a group's or the cohort's total once there are {smallest} of them together, so that nobody's answer can "
        "be worked out from the totals. Answers that came in later, or too few to add, are not counted yet. Agree "
        "means agree or strongly agree."
    )


def line(about: str, target_id: str, figure: Figure, statements: Mapping[str, str]) -> Line:
    """The shares of one figure for each statement (key -> label)."""
    shown = figure.answers > 0
    return Line(
        about=about,
        target_id=target_id,
        shares=tuple(
            ShareLine(
                statement=key,
                label=label,
                agree=figure.agree.get(key, 0) if shown else None,
                answers=figure.answers if shown else None,
            )
            for key, label in statements.items()
        ),
    )


def group_parts(blocks: list[Block], asked: Iterable[Asked], statements: Mapping[str, str]) -> tuple[GroupPart, ...]:
    """Every group with its visits, in the order in which they are given."""
    groups: dict[str, list[Asked]] = {}
    for target in asked:
        if target.group:
            groups.setdefault(target.group, []).append(target)
    return tuple(
        GroupPart(
            total=line(targets[0].group_name, group, group_figure(blocks, group), statements),
            visits=tuple(_target_line(blocks, target, statements) for target in targets),
        )
        for group, targets in groups.items()
    )


def event_lines(blocks: list[Block], asked: Iterable[Asked], statements: Mapping[str, str]) -> tuple[Line, ...]:
    """Every cohort event, in the order in which they are given."""
    return tuple(_target_line(blocks, target, statements) for target in asked if not target.group)


def impact_report(
    *,
    report_id: str,
    edition: int,
    title: str,
    programme: str,
    year: str,
    schools: int,
    blocks: list[Block],
    asked: list[Asked],
    statements: Mapping[str, str],
    smallest: int,
    today: dt.date,
) -> ImpactReport:
    """Make the report of what has been released of a cohort so far."""
    total = line("Whole cohort", "", cohort_figure(blocks), statements)
    groups = group_parts(blocks, asked, statements)
    events = event_lines(blocks, asked, statements)
    visits = sum(len(group.visits) for group in groups)
    return ImpactReport(
        head=Head(
            programme=programme,
            title=title,
            subject=f"Cohort of {year}",
            facts=tuple(_facts(schools, len(groups), visits, len(events))),
            prepared=f"Prepared {day(today)} from participants' answers",
            prepared_on=today,
            reference=reference(report_id),
            edition=edition,
        ),
        lead=_lead(total, smallest),
        cards=_cards(total, visits, len(events)),
        total=total,
        groups=groups,
        events=events,
        smallest=smallest,
        note=note(smallest),
    )


def _target_line(blocks: list[Block], target: Asked, statements: Mapping[str, str]) -> Line:
    return line(target.about, target.target_id, target_figure(blocks, target.target_id), statements)


def _facts(schools: int, groups: int, visits: int, events: int) -> list[str]:
    counted = ((schools, "school"), (groups, "group"), (visits, "visit"), (events, "cohort event"))
    return [count(number, word) for number, word in counted if number]


def _lead(total: Line, smallest: int) -> str:
    shown = [share for share in total.shares if share.answers]
    if not shown:
        return f"Fewer than {smallest} answers can be shown yet. This report says more once participants have answered."
    answers = shown[0].answers or 0
    parts = [f"{share.agree:,} ({share.percent}) agree: “{share.label}”" for share in shown]
    return f"{sentence(count(answers, 'answer'))}. Of these, {'; '.join(parts)}."


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _cards(total: Line, visits: int, events: int) -> tuple[Card, ...]:
    shares = [
        Card(
            label=f"“{_short(share.label)}”",
            value=share.percent or "Too few",
            note=f"{share.agree:,} of {share.answers:,} agree" if share.answers else "answers to show",
        )
        for share in total.shares[:2]
    ]
    return (
        *shares,
        Card(label="Visits", value=str(visits), note="asked about"),
        Card(label="Cohort events", value=str(events), note="asked about"),
    )
