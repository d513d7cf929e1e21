"""The renderer of a unit test. Real render workers are tried in tests/unit/reporting/test_pool.py and in the round."""

from services.reporting.domain.reports.kinds import Rendered, Report
from services.reporting.ports.renderer import RenderError


class FakeRenderer:
    """Renders a line of text; fails with a sentence when told to."""

    def __init__(self) -> None:
        self.fails = ""
        self.seen: list[Report] = []

    async def render(self, report: Report) -> Rendered:
        self.seen.append(report)
        if self.fails:
            raise RenderError(self.fails)
        line = f"{report.kind} {report.head.edition} {report.lead}".encode()
        files = {"pdf": b"%PDF " + line, "html": b"<p>" + line}
        return Rendered(files | ({"xlsx": line} if report.kind == "action-plan" else {}), 3)
