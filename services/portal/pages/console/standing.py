"""How a programme stands, asked of the services that own its parts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from services.portal.domain.attention import Standing
from services.portal.domain.steps import has_duties, rounds_of
from services.portal.domain.whole import WholeProgramme
from shared.commands.base import Query
from shared.commands.duties import DutyRows, ListDuties
from shared.commands.duty_words import missing
from shared.commands.enquiries import EnquiryRows, ListEnquiries
from shared.commands.matching import CohortRow, CohortRows, ListCohorts
from shared.commands.pairs import ShowPairs
from shared.commands.polls import PollRows, ShowPolls
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.rounds import RoundDetail, ShowRound
from shared.commands.scheduling import CalendarDetail, ShowCalendar
from shared.commands.shared_links import LinkRows, ListSharedLinks
from shared.commands.tasks import ListTasks, TaskRows
from shared.template.kinds import PAIRINGS

Found = Callable[[Query], Awaitable[Any]]
"""Returns a query's reply, or None where there is none."""


async def standing(found: Found, row: ProgrammeRow, whole: WholeProgramme | None = None) -> Standing:
    """Return how a programme stands; what nobody answers is left out. `whole`: where its template says everything."""
    programme_id = row.programme_id
    (cohort, calendar), tasks, full, polls, asked, duties, drafts = await asyncio.gather(
        _dates(found, programme_id),
        found(ListTasks(programme_id=programme_id, state="missed", limit=1)),
        found(ListSharedLinks(programme_id=programme_id, latest=True, state="full", limit=1)),
        found(ShowPolls(programme_id=programme_id)),
        found(ListEnquiries(programme_id=programme_id, state="waiting", limit=1)),
        _duties(found, programme_id, whole),
        _drafts(found, row, whole),
    )
    return Standing(
        programme_id=row.programme_id,
        name=row.name,
        groups_state=cohort.state if cohort else "",
        groups=cohort.groups if cohort else 0,
        matched=cohort.schools - cohort.waiting if cohort else 0,
        waiting_schools=cohort.waiting if cohort else 0,
        calendar_state=calendar.state if isinstance(calendar, CalendarDetail) else "",
        undated=len(calendar.blocking) if isinstance(calendar, CalendarDetail) else 0,
        missed=tasks.total if isinstance(tasks, TaskRows) else 0,
        full_links=full.total if isinstance(full, LinkRows) else 0,
        tied_polls=sum(one.state == "waits" for one in polls.polls) if isinstance(polls, PollRows) else 0,
        enquiries=asked.waiting if isinstance(asked, EnquiryRows) else 0,
        drafts=drafts,
        dayless=duties.total if duties else 0,
        missing=tuple(missing(one) for one in duties.missing) if duties else (),
        warnings=row.warnings,
    )


async def _dates(found: Found, programme_id: str) -> tuple[CohortRow | None, Any]:
    """The newest cohort, and its dates where its groups are published."""
    cohort = await cohort_of(found, programme_id)
    published = cohort is not None and cohort.state == "published"
    return cohort, await found(ShowCalendar(cohort_id=cohort.cohort_id)) if cohort and published else None


async def _duties(found: Found, programme_id: str, whole: WholeProgramme | None) -> DutyRows | None:
    """How many duties found no day in a period, and where none can be laid out."""
    rows = await found(ListDuties(programme_id=programme_id, without_day=True, limit=1)) if has_duties(whole) else None
    return rows if isinstance(rows, DutyRows) else None


async def _drafts(found: Found, row: ProgrammeRow, whole: WholeProgramme | None) -> tuple[tuple[str, str], ...]:
    waiting = []
    for one in rounds_of(whole):
        about: dict[str, Any] = {"programme_id": row.programme_id, "round": one.key, "limit": 1}
        drawn = await found(ShowPairs(**about) if one.kind in PAIRINGS else ShowRound(**about))
        state = drawn.round.state if isinstance(drawn, RoundDetail) else getattr(drawn, "state", "")
        waiting += [(one.key, one.title or one.key)] if state == "draft" else []
    return tuple(waiting)


async def cohort_of(found: Found, programme_id: str) -> CohortRow | None:
    """Return the newest cohort of a programme."""
    cohorts = await found(ListCohorts(programme_id=programme_id))
    return cohorts.cohorts[0] if isinstance(cohorts, CohortRows) and cohorts.cohorts else None
