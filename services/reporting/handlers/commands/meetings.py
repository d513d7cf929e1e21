"""Finds the visit or event that a form is about, once its form is open."""

import datetime as dt

from services.reporting.domain.entitlement import open_for_forms
from services.reporting.domain.facts import Meeting, Programme
from services.reporting.ports.facts import Meetings, Programmes

__all__ = ["MeetingsForForms"]


class MeetingsForForms:
    """Meetings with their programmes."""

    def __init__(self, meetings: Meetings, programmes: Programmes) -> None:
        self._meetings = meetings
        self._programmes = programmes

    async def find(self, target_id: str, now: dt.datetime) -> tuple[Meeting, Programme]:
        """Return both. Raises Rejected: unknown-visit, cancelled, too-early."""
        meeting = await self._meetings.get(target_id)
        programme = await self._programmes.get(meeting.programme_id) if meeting else None
        return open_for_forms(meeting, programme, now)
