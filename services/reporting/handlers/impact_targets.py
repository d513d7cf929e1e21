"""What an impact report is about: for the report and for those who ask for its figures."""

from services.reporting.domain.facts import Group, Meeting, Programme
from services.reporting.domain.reports.impact import Asked
from services.reporting.domain.words import day
from services.reporting.ports.facts import Facts

__all__ = ["asked_about"]


async def asked_about(facts: Facts, programme: Programme, cohort_id: str, groups: list[Group]) -> list[Asked]:
    """The visits and events that took place, group by group, by date, each with the words to show it by."""
    held = [meeting for meeting in await facts.meetings(cohort_id) if meeting.held and not meeting.cancelled]
    hosts = [meeting.host_school_id for meeting in held if meeting.host_school_id]
    schools = await facts.members(programme.programme_id, hosts)
    numbers = {group.group_id: group.number for group in groups}

    def asked(meeting: Meeting) -> Asked:
        host = schools.get(meeting.host_school_id or "")
        name = host.name if host else meeting.title or "Cohort event"
        group_name = f"Group {numbers[meeting.group_id]}" if meeting.group_id in numbers else "Group"
        return Asked(meeting.target_id, f"{name}, {day(meeting.on)}", meeting.group_id, group_name)

    order = sorted(held, key=lambda meeting: (numbers.get(meeting.group_id or "", 0), meeting.on, meeting.target_id))
    return [asked(meeting) for meeting in order]
