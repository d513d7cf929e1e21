"""ReportCompiler a cohort's impact report: which answers are told now is decided here, once and for all."""

import datetime as dt
from collections import Counter

from services.reporting.domain.facts import Meeting
from services.reporting.domain.ids import report_id
from services.reporting.domain.impact import Block, Target, make_blocks
from services.reporting.domain.words import academic_year
from services.reporting.handlers.commands.awaited import mark_awaited
from services.reporting.ports.facts import Facts
from services.reporting.ports.impact import Impact
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import CompileImpact
from shared.errors import Rejected
from shared.events.reporting import ImpactReleased

__all__ = ["ImpactReleases"]


class ImpactReleases:
    """Answers the command."""

    def __init__(self, facts: Facts, impact: Impact, reports: Reports, settled_days: int) -> None:
        self._facts = facts
        self._impact = impact
        self._reports = reports
        self._settled = dt.timedelta(days=settled_days)

    async def compile(self, command: CompileImpact, work: UnitOfWork) -> Done:
        """Tell the answers that can be told, and have the report compiled."""
        groups = await self._facts.groups(command.cohort_id)
        programme = await self._facts.programme(groups[0].programme_id) if groups else None
        if programme is None:
            raise Rejected("unknown-cohort", "There is no such cohort.")
        today = programme.local_day(work.now)
        blocks = await self._blocks(command.cohort_id, programme.smallest_shown, today)
        release = await self._impact.release(command.cohort_id) + 1
        await self._impact.put_release(command.cohort_id, release, blocks)
        known_id = report_id("impact", command.cohort_id)
        await mark_awaited(
            self._reports,
            known_id,
            "impact",
            programme,
            work.now,
            awaited=release,
            subject=f"cohort of {academic_year(programme.year)}",
            cohort_id=command.cohort_id,
        )
        work.publish(
            ImpactReleased(
                version=release,
                cohort_id=command.cohort_id,
                programme_id=programme.programme_id,
                on=today,
                answers=sum(block.answers for block in blocks),
            )
        )
        return Done(id=known_id, version=release, sentence="The impact report is being made.")

    async def _blocks(self, cohort_id: str, smallest: int, today: dt.date) -> list[Block]:
        waiting = await self._impact.waiting(cohort_id)
        answered = Counter(answer.target_id for answer in waiting)

        def target(meeting: Meeting) -> Target:
            everyone = answered[meeting.target_id] >= len(meeting.people())
            settled = everyone or today > meeting.on + self._settled
            return Target(meeting.target_id, meeting.group_id, settled=settled)

        targets = [target(meeting) for meeting in await self._facts.meetings(cohort_id)]
        return make_blocks(waiting, targets, cohort_id, smallest)
