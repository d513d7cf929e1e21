"""Forms about a visit or event: appraisal, take-home, survey. A form sent again replaces the last, if it differs."""

from collections.abc import Callable

from services.reporting.domain.entitlement import may_answer, may_appraise, meeting_took_place
from services.reporting.domain.facts import Meeting, Programme
from services.reporting.domain.forms import (
    Appraisal,
    SurveyAnswer,
    TakeHome,
    appraisal_problems,
    take_home_problems,
    whole_answer,
)
from services.reporting.domain.ids import derived, report_id
from services.reporting.domain.problems import refuse
from services.reporting.handlers.commands.awaited import mark_awaited
from services.reporting.ports.facts import Facts
from services.reporting.ports.forms import Forms
from services.reporting.ports.reports import Reports
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import AnswerSurvey, RecordTakeHome, SubmitAppraisal
from shared.errors import Rejected
from shared.events.reporting import AppraisalSubmitted, SurveyAnswered, TakeHomeRecorded

__all__ = ["VisitForms"]


class VisitForms:
    """One method a command."""

    def __init__(self, facts: Facts, forms: Forms, reports: Reports, new_id: Callable[[str], str]) -> None:
        self._facts = facts
        self._forms = forms
        self._reports = reports
        self._new_id = new_id

    async def appraise(self, command: SubmitAppraisal, work: UnitOfWork) -> Done:
        """The facilitator appraises the host."""
        meeting, programme = await self._meeting(command.visit_id, work)
        may_appraise(meeting, command.person_id)
        refuse(appraisal_problems(command, programme.longest("appraisal")))
        before = await self._forms.appraisal(command.visit_id)
        given = command.model_dump()
        if before is not None and before.model_dump(include=set(given)) == given:
            return Done(id=command.visit_id, version=before.version, sentence="Your appraisal is saved.")
        version = before.version + 1 if before else 1
        await self._forms.put_appraisal(Appraisal(submitted_at=work.now, version=version, **given))
        host = await self._facts.member(meeting.programme_id, meeting.host_school_id or "")
        await mark_awaited(
            self._reports,
            report_id("appraisal", command.visit_id),
            "appraisal",
            programme,
            work.now,
            awaited=version,
            subject=host.name if host else "",
            cohort_id=meeting.cohort_id,
            school_id=meeting.host_school_id,
            visit_id=meeting.target_id,
        )
        work.publish(
            AppraisalSubmitted(
                version=version,
                visit_id=meeting.target_id,
                programme_id=meeting.programme_id,
                cohort_id=meeting.cohort_id,
                host_school_id=meeting.host_school_id or "",
                person_id=command.person_id,
            )
        )
        return Done(id=command.visit_id, version=version, sentence="Your appraisal is saved and goes to the school.")

    async def take_home(self, command: RecordTakeHome, work: UnitOfWork) -> Done:
        """A visitor notes what they take home."""
        meeting, programme = await self._meeting(command.visit_id, work)
        may_answer(meeting, command.person_id, programme.filled_by("take-home"))
        refuse(take_home_problems(command.learnt, command.will_use, programme.longest("take-home")))
        note_id = derived("tkh", command.visit_id, command.person_id)
        before = await self._forms.take_home(note_id)
        note = TakeHome(take_home_id=note_id, version=before.version + 1 if before else 1, **command.model_dump())
        if before is not None and before.model_copy(update={"version": note.version}) == note:
            return Done(id=note_id, version=before.version, sentence="Your note is saved.")
        await self._forms.put_take_home(note)
        work.publish(
            TakeHomeRecorded(
                version=note.version,
                take_home_id=note_id,
                visit_id=meeting.target_id,
                programme_id=meeting.programme_id,
                person_id=command.person_id,
            )
        )
        return Done(id=note_id, version=note.version, sentence="Your note is saved.")

    async def survey(self, command: AnswerSurvey, work: UnitOfWork) -> Done:
        """Somebody who was there answers the survey; nothing that is told says who."""
        meeting, programme = await self._meeting(command.target_id, work)
        may_answer(meeting, command.person_id, programme.filled_by("survey"))
        whole_answer(command.answers, programme.statements())
        work.actor = ""  # the envelope must not say whose answer it is
        before = await self._forms.survey_answer(command.target_id, command.person_id)
        if before is not None and before.answers == command.answers:
            return Done(id=before.response_id, version=before.version, sentence="Thank you, your answer is counted.")
        answer = SurveyAnswer(
            response_id=before.response_id if before else self._new_id("rsp"),
            target_id=command.target_id,
            cohort_id=meeting.cohort_id,
            person_id=command.person_id,
            answers=command.answers,
            block_id=before.block_id if before else None,
            version=before.version + 1 if before else 1,
        )
        await self._forms.put_survey_answer(answer)
        work.publish(
            SurveyAnswered(
                version=answer.version,
                response_id=answer.response_id,
                target_id=meeting.target_id,
                target_kind=meeting.kind,
                programme_id=meeting.programme_id,
                cohort_id=meeting.cohort_id,
            )
        )
        return Done(id=answer.response_id, version=answer.version, sentence="Thank you, your answer is counted.")

    async def _meeting(self, target_id: str, work: UnitOfWork) -> tuple[Meeting, Programme]:
        found = await self._facts.meeting(target_id)
        programme = await self._facts.programme(found.programme_id) if found else None
        if programme is None:
            raise Rejected("unknown-visit", "There is no such visit or event.")
        return meeting_took_place(found, programme.local_day(work.now)), programme
