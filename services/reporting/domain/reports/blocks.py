"""A report of blocks: the parts that a template declares, in its order, each of one of a few shapes."""

from typing import Annotated, Literal

from pydantic import Field

from services.reporting.domain.reports.model import Bar, Card, Head, Part
from services.reporting.domain.reports.plan_figures import ActionLine, MonthDue


class TextPart(Part):
    """Paragraphs."""

    shape: Literal["text"] = "text"
    title: str
    text: str


class PointsPart(Part):
    """One thing a line."""

    shape: Literal["points"] = "points"
    title: str
    lines: tuple[str, ...]


class Seen(Part):
    """A finding with what it stands on."""

    title: str
    detail: str
    evidence: tuple[str, ...]


class FindingsPart(Part):
    """Findings with their evidence."""

    shape: Literal["evidence"] = "evidence"
    title: str
    findings: tuple[Seen, ...]


class ActionsPart(Part):
    """An action plan with its charts."""

    shape: Literal["actions"] = "actions"
    title: str
    actions: tuple[ActionLine, ...]
    bars: tuple[Bar, ...]
    months: tuple[MonthDue, ...]


class TablePart(Part):
    """Rows under headings; `bars` are drawn above them. Columns named in `numbers` are set to the right."""

    shape: Literal["table"] = "table"
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    bars: tuple[Bar, ...] = ()
    note: str = ""


class CertificatePart(Part):
    """What somebody did, to be shown to others. `ended`: what they are told of a part that ended early."""

    shape: Literal["certificate"] = "certificate"
    title: str
    name: str
    statement: str
    text: str = ""
    done: tuple[str, ...] = ()
    ended: str = ""


BlockPart = Annotated[
    TextPart | PointsPart | FindingsPart | ActionsPart | TablePart | CertificatePart, Field(discriminator="shape")
]


class BlockReport(Part):
    """A report that a template declares. `summary` stands in the box at the top, below the lead."""

    kind: Literal["blocks"] = "blocks"
    head: Head
    lead: str
    summary: str = ""
    summary_title: str = "Summary"
    cards: tuple[Card, ...] = ()
    parts: tuple[BlockPart, ...]
