"""Loads what an impact report is about: for the report itself and for those who ask for its figures."""

from services.reporting.domain.facts import Group, Programme
from services.reporting.domain.reports.impact import Asked, asked_about
from services.reporting.ports.facts import Meetings, Members

__all__ = ["ImpactTargets"]


class ImpactTargets:
    """Visits and events that took place."""

    def __init__(self, meetings: Meetings, members: Members) -> None:
        self._meetings = meetings
        self._members = members

    async def of_cohort(self, programme: Programme, cohort_id: str, groups: list[Group]) -> list[Asked]:
        """Return them group by group, by date, each with the words to show it by."""
        meetings = await self._meetings.of_cohort(cohort_id)
        hosts = [meeting.host_school_id for meeting in meetings if meeting.host_school_id]
        return asked_about(meetings, await self._members.of_schools(programme.programme_id, hosts), groups)
