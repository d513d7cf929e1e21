"""All kinds of report together, and what becomes of one when it is rendered."""

from typing import NamedTuple

from pydantic import TypeAdapter

from services.reporting.domain.reports.action_plan import ActionPlanReport
from services.reporting.domain.reports.appraisal import AppraisalReport
from services.reporting.domain.reports.impact import ImpactReport

Report = ActionPlanReport | AppraisalReport | ImpactReport
REPORT: TypeAdapter[Report] = TypeAdapter(Report)


class Rendered(NamedTuple):
    """The files by format, and how many pages the PDF has."""

    files: dict[str, bytes]
    pages: int
