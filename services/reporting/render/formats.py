"""A report in all its formats: PDF (the record), page, and where it holds an action plan a workbook."""

from services.reporting.domain.reports.action_plan import ActionPlanReport
from services.reporting.domain.reports.kinds import Rendered, Report
from services.reporting.render.html import make_html
from services.reporting.render.pdf import PdfMaker, pages
from services.reporting.render.xlsx import make_xlsx, plans_of


def render(maker: PdfMaker, report: Report) -> Rendered:
    """Render one report; the same report gives the same files."""
    pdf = maker.make(report)
    files = {"pdf": pdf, "html": make_html(report)}
    if isinstance(report, ActionPlanReport) or plans_of(report):
        files["xlsx"] = make_xlsx(report)
    return Rendered(files, pages(pdf))
