"""Impact figures, for those who ask."""

from services.reporting.domain.impact import cohort_figure
from services.reporting.domain.reports.impact import Line, event_lines, group_parts, line, note
from services.reporting.handlers.cohorts import Cohorts
from services.reporting.handlers.impact_targets import ImpactTargets
from services.reporting.ports.impact import Releases
from shared.commands.reporting import Impact as ImpactReply
from shared.commands.reporting import ImpactLine, Share, ShowImpact

__all__ = ["ImpactQueries"]

NOTHING_RELEASED = "No figures are released yet: they come with the cohort's first impact report."


class ImpactQueries:
    """One method a query."""

    def __init__(self, cohorts: Cohorts, releases: Releases, targets: ImpactTargets) -> None:
        self._cohorts = cohorts
        self._releases = releases
        self._targets = targets

    async def show(self, query: ShowImpact) -> ImpactReply:
        """Return the figures released so far: the whole cohort, each group with its visits, each cohort event."""
        groups, programme = await self._cohorts.find(query.cohort_id)
        blocks = await self._releases.blocks(query.cohort_id)
        statements = programme.statements()
        asked = await self._targets.of_cohort(programme, query.cohort_id, groups)
        lines = []
        for part in group_parts(blocks, asked, statements):
            lines += [part.total, *part.visits]
        lines += event_lines(blocks, asked, statements)
        return ImpactReply(
            cohort_id=query.cohort_id,
            total=_impact_line(line("Whole cohort", "", cohort_figure(blocks), statements)),
            lines=tuple(map(_impact_line, lines)),
            note=note(programme.smallest_shown) if blocks else NOTHING_RELEASED,
        )


def _impact_line(shown: Line) -> ImpactLine:
    shares = tuple(Share(**share.model_dump()) for share in shown.shares)
    return ImpactLine(about=shown.about, target_id=shown.target_id, shares=shares)
