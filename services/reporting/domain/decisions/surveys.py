"""An answer to a survey comes in. No event says whose it is."""

from collections.abc import Callable

from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entitlement import may_answer
from services.reporting.domain.facts import Meeting, Programme
from services.reporting.domain.forms import SurveyAnswer, whole_answer
from shared.commands.base import Done
from shared.commands.reporting import AnswerSurvey
from shared.events.reporting import SurveyAnswered

COUNTED = "Thank you, your answer is counted."


def answer_survey(
    form: AnswerSurvey,
    meeting: Meeting,
    programme: Programme,
    *,
    before: SurveyAnswer | None,
    new_id: Callable[[str], str],
) -> Answered[SurveyAnswer]:
    """Take an answer; a later one of the same person replaces it.

    Raises Rejected: not-entitled, no-survey, missing, unknown-statement.
    """
    may_answer(meeting, form.person_id, programme.filled_by("survey"))
    whole_answer(form.answers, programme.statements())
    if before is not None and before.answers == form.answers:
        return Answered(done=Done(id=before.response_id, version=before.version, sentence=COUNTED))
    answer = SurveyAnswer(
        response_id=before.response_id if before else new_id("rsp"),
        target_id=form.target_id,
        cohort_id=meeting.cohort_id,
        person_id=form.person_id,
        answers=form.answers,
        block_id=before.block_id if before else None,
        version=before.version + 1 if before else 1,
    )
    answered = SurveyAnswered(
        version=answer.version,
        response_id=answer.response_id,
        target_id=meeting.target_id,
        target_kind=meeting.kind,
        programme_id=meeting.programme_id,
        cohort_id=meeting.cohort_id,
    )
    done = Done(id=answer.response_id, version=answer.version, sentence=COUNTED)
    return Answered(done=done, record=answer, events=(answered,))
