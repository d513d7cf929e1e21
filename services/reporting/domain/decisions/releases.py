"""An impact report is asked for: which answers are released now is decided here, once and for all."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.decisions.reports import awaited_report
from services.reporting.domain.facts import Meeting, Programme
from services.reporting.domain.ids import report_id
from services.reporting.domain.impact import Answer, Block, Target, make_blocks
from services.reporting.domain.records import ReportRecord
from services.reporting.domain.words import academic_year
from shared.commands.base import Done
from shared.events.reporting import ImpactReleased


@dataclass(frozen=True, kw_only=True)
class Released(Answered[None]):
    """`number` of the release, and the blocks that are new in it."""

    number: int
    blocks: tuple[Block, ...]


def release(
    cohort_id: str,
    programme: Programme,
    waiting: Sequence[Answer],
    meetings: Iterable[Meeting],
    *,
    last: int,
    settled_after: dt.timedelta,
    report: ReportRecord | None,
    now: dt.datetime,
) -> Released:
    """Release the answers that can be. `last`: number of the last release, 0 before the first.

    `settled_after`: how long after a meeting few more answers are expected.
    """
    today = programme.local_day(now)
    answered = Counter(answer.target_id for answer in waiting)
    targets = [_target(meeting, answered[meeting.target_id], today, settled_after) for meeting in meetings]
    blocks = make_blocks(waiting, targets, cohort_id, programme.smallest_shown)
    known_id, number = report_id("impact", cohort_id), last + 1
    event = ImpactReleased(
        version=number,
        cohort_id=cohort_id,
        programme_id=programme.programme_id,
        on=today,
        answers=sum(block.answers for block in blocks),
    )
    awaited = awaited_report(
        report,
        known_id,
        "impact",
        programme,
        now,
        awaited=number,
        subject=f"cohort of {academic_year(programme.year)}",
        cohort_id=cohort_id,
    )
    done = Done(id=known_id, version=number, sentence="The impact report is being made.")
    return Released(done=done, report=awaited, events=(event,), number=number, blocks=tuple(blocks))


def _target(meeting: Meeting, answers: int, today: dt.date, settled_after: dt.timedelta) -> Target:
    settled = answers >= len(meeting.people()) or today > meeting.on + settled_after
    return Target(meeting.target_id, meeting.group_id, settled=settled)
