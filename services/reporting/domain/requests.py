"""When each school is asked for its findings: on the template's date, and once more before they are due."""

import datetime as dt

from services.reporting.domain.facts import Programme
from services.reporting.domain.ids import derived

ASKED, REMINDED = "findings-asked", "findings-reminder"
BEFORE_DUE = dt.timedelta(days=5)


def about(programme_id: str, cohort_id: str, school_id: str) -> dict[str, str]:
    """What a reminder to ask carries; `request_id` is its key, and the id in the event."""
    return {
        "programme_id": programme_id,
        "cohort_id": cohort_id,
        "school_id": school_id,
        "request_id": derived("req", cohort_id, school_id),
    }


def reminder_day(programme: Programme, today: dt.date) -> dt.date | None:
    """The day to ask once more, if it still lies ahead."""
    day = programme.findings_due - BEFORE_DUE
    return day if day > today else None
