"""All kinds of report together, and what becomes of one when it is rendered."""

import datetime as dt
import hashlib
from typing import NamedTuple

from pydantic import TypeAdapter

from services.reporting.domain.reports.action_plan import ActionPlanReport
from services.reporting.domain.reports.appraisal import AppraisalReport
from services.reporting.domain.reports.blocks import BlockReport
from services.reporting.domain.reports.impact import ImpactReport

Report = ActionPlanReport | AppraisalReport | ImpactReport | BlockReport
REPORT: TypeAdapter[Report] = TypeAdapter(Report)


def content_of(report: Report) -> str:
    """SHA-256 (hex) of what a report says, without its number and date: the same again needs no edition."""
    head = report.head.model_copy(update={"edition": 0, "prepared": "", "prepared_on": dt.date.min})
    return hashlib.sha256(report.model_copy(update={"head": head}).model_dump_json().encode()).hexdigest()


class Rendered(NamedTuple):
    """The files by format, and how many pages the PDF has."""

    files: dict[str, bytes]
    pages: int
