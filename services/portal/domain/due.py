"""What a person is asked to do, for their own page."""

import datetime as dt
from dataclasses import dataclass

from services.portal.domain import access
from services.portal.domain.records import Answered, FindingsRequest, Meeting, Programme, School
from shared.events.notifications import Purpose


@dataclass(frozen=True)
class Due:
    """Something to do, and for which visit, event or school."""

    purpose: Purpose
    target_id: str
    target_kind: str
    sentence: str


def of_meeting(
    person_id: str,
    meeting: Meeting,
    *,
    now: dt.datetime,
    answered: Answered | None,
    host: School | None,
    programme: Programme | None,
    sent: set[tuple[str, str]],
) -> list[Due]:
    """Return what this person still has to do about a visit or event."""
    if meeting.state == "cancelled":
        return []
    held = meeting.state == "held"
    over = held or meeting.over(now)
    brief = programme.form("visit-brief") if programme else None
    take_home = programme.form("take-home") if programme else None
    leads = meeting.facilitator_id == person_id
    answers = not over and answered is None and access.may_answer(person_id, meeting)
    briefs = not over and not meeting.brief_written and access.may_brief(person_id, host, brief)
    records = leads and meeting.state == "published" and meeting.today(now) >= meeting.on
    takes_home = held and access.may_take_home(person_id, meeting, take_home)
    wanted: list[tuple[bool, Purpose, str]] = [
        (answers, "answer", "Say whether you are coming"),
        (briefs, "visit-brief", "Write the visit brief for your visitors"),
        (records, "attendance", "Record who came"),
        (leads and held, "appraisal", "Write the appraisal of the host school"),
        (takes_home, "take-home", "Record what you take home"),
    ]
    return [
        Due(purpose, meeting.target_id, meeting.kind, sentence)
        for holds, purpose, sentence in wanted
        if holds and (purpose, meeting.target_id) not in sent
    ]


def of_findings(asked: FindingsRequest) -> list[Due]:
    """Return the findings still to be written."""
    if asked.sent:
        return []
    return [Due("findings", asked.school_id, "school", "Write your school's findings and action plan")]
