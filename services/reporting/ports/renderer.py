"""What makes the files of a report."""

from typing import Protocol

from services.reporting.domain.reports.kinds import Rendered, Report


class RenderError(Exception):
    """The report cannot be rendered. `sentence` is for the coordinator and holds nothing of the report's text."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(f"{sentence} {detail}".strip())
        self.sentence = sentence


class Renderer(Protocol):
    """Makes the files of a report."""

    async def render(self, report: Report) -> Rendered:
        """Render; raises RenderError."""
        ...
