"""What a person is asked to do: worked out from what is known, for their own page."""

import datetime as dt
from dataclasses import dataclass

from services.portal.domain import access
from services.portal.domain.known import Answered, Asked, Dated, Programme, School
from shared.events.notifications import Purpose


@dataclass(frozen=True)
class Due:
    """Something to do, and for which visit, event or school."""

    purpose: Purpose
    target_id: str
    target_kind: str
    sentence: str


def of_dated(
    person_id: str,
    dated: Dated,
    *,
    now: dt.datetime,
    answered: Answered | None,
    host: School | None,
    programme: Programme | None,
    sent: set[tuple[str, str]],
) -> list[Due]:
    """Return what this person still has to do about a visit or event."""
    if dated.state == "cancelled":
        return []
    over = dated.over(now) or dated.state == "held"
    form = programme.form("visit-brief") if programme else None
    take_home = programme.form("take-home") if programme else None
    leads = dated.facilitator_id == person_id
    wanted: list[tuple[bool, Purpose, str]] = [
        (not over and answered is None and access.may_answer(person_id, dated), "answer", "Say whether you are coming"),
        (
            not over and not dated.brief_written and access.may_brief(person_id, host, form),
            "visit-brief",
            "Write the visit brief for your visitors",
        ),
        (leads and dated.state == "published" and dated.today(now) >= dated.on, "attendance", "Record who came"),
        (leads and dated.state == "held", "appraisal", "Write the appraisal of the host school"),
        (
            dated.state == "held" and access.may_take_home(person_id, dated, take_home),
            "take-home",
            "Record what you take home",
        ),
    ]
    return [
        Due(purpose, dated.target_id, dated.kind, sentence)
        for holds, purpose, sentence in wanted
        if holds and (purpose, dated.target_id) not in sent
    ]


def of_findings(asked: Asked) -> list[Due]:
    """Return the findings still to be written."""
    if asked.sent:
        return []
    return [Due("findings", asked.school_id, "school", "Write your school's findings and action plan")]
