"""Impact figures, for those who ask."""

from services.reporting.domain.impact import cohort_figure
from services.reporting.domain.reports.impact import Line, event_lines, group_parts, line, note
from services.reporting.handlers.impact_targets import asked_about
from services.reporting.ports.facts import Facts
from services.reporting.ports.impact import Impact
from shared.commands.reporting import Impact as ImpactReply
from shared.commands.reporting import ImpactLine, Share, ShowImpact
from shared.errors import Rejected

__all__ = ["ImpactQueries"]

NOTHING_TOLD = "No figures have been told yet: they are with the cohort's first impact report."


class ImpactQueries:
    """One method a query."""

    def __init__(self, facts: Facts, impact: Impact) -> None:
        self._facts = facts
        self._impact = impact

    async def impact(self, query: ShowImpact) -> ImpactReply:
        """The figures told so far: of the whole cohort, then each group with its visits, then each cohort event."""
        groups = await self._facts.groups(query.cohort_id)
        programme = await self._facts.programme(groups[0].programme_id) if groups else None
        if programme is None:
            raise Rejected("unknown-cohort", "There is no such cohort.")
        blocks = await self._impact.blocks(query.cohort_id)
        statements = programme.statements()
        asked = await asked_about(self._facts, programme, query.cohort_id, groups)
        lines = []
        for part in group_parts(blocks, asked, statements):
            lines += [part.total, *part.visits]
        lines += event_lines(blocks, asked, statements)
        return ImpactReply(
            cohort_id=query.cohort_id,
            total=_impact_line(line("Whole cohort", "", cohort_figure(blocks), statements)),
            lines=tuple(map(_impact_line, lines)),
            note=note(programme.smallest_shown) if blocks else NOTHING_TOLD,
        )


def _impact_line(shown: Line) -> ImpactLine:
    shares = tuple(Share(**share.model_dump()) for share in shown.shares)
    return ImpactLine(about=shown.about, target_id=shown.target_id, shares=shares)
