"""A facilitator's appraisal comes in."""

import datetime as dt

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.decisions.reports import awaited_report
from services.reporting.domain.entitlement import may_appraise
from services.reporting.domain.facts import Meeting, Member, Programme
from services.reporting.domain.forms import Appraisal, appraisal_problems
from services.reporting.domain.ids import report_id
from services.reporting.domain.problems import refuse
from services.reporting.domain.records import ReportRecord
from shared.commands.base import Done
from shared.commands.reporting import SubmitAppraisal
from shared.events.reporting import AppraisalSubmitted


def appraise(
    form: SubmitAppraisal,
    meeting: Meeting,
    programme: Programme,
    *,
    before: Appraisal | None,
    host: Member | None,
    report: ReportRecord | None,
    now: dt.datetime,
) -> Answered[Appraisal]:
    """Take an appraisal. The same again changes nothing; another text replaces it.

    Raises Rejected: not-entitled, missing, too-long, too-many.
    """
    may_appraise(meeting, form.person_id)
    refuse(appraisal_problems(form, programme.longest("appraisal")))
    given = form.model_dump()
    if before is not None and before.model_dump(include=set(given)) == given:
        return Answered(done=Done(id=form.visit_id, version=before.version, sentence="Your appraisal is saved."))
    version = before.version + 1 if before else 1
    return Answered(
        done=Done(id=form.visit_id, version=version, sentence="Your appraisal is saved and goes to the school."),
        record=Appraisal(submitted_at=now, version=version, **given),
        report=_report(meeting, programme, version, host=host, before=report, now=now),
        events=(_submitted(meeting, form.person_id, version),),
    )


def _report(
    meeting: Meeting,
    programme: Programme,
    version: int,
    *,
    host: Member | None,
    before: ReportRecord | None,
    now: dt.datetime,
) -> ReportRecord:
    return awaited_report(
        before,
        report_id("appraisal", meeting.target_id),
        "appraisal",
        programme,
        now,
        awaited=version,
        subject=host.name if host else "",
        cohort_id=meeting.cohort_id,
        school_id=meeting.host_school_id,
        visit_id=meeting.target_id,
    )


def _submitted(meeting: Meeting, person_id: str, version: int) -> AppraisalSubmitted:
    return AppraisalSubmitted(
        version=version,
        visit_id=meeting.target_id,
        programme_id=meeting.programme_id,
        cohort_id=meeting.cohort_id,
        host_school_id=meeting.host_school_id or "",
        person_id=person_id,
    )
