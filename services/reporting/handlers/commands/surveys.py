"""Answers to surveys."""

from collections.abc import Callable

from services.reporting.domain.decisions.surveys import answer_survey
from services.reporting.handlers.commands.meetings import MeetingsForForms
from services.reporting.handlers.publishing import publish
from services.reporting.ports.forms import SurveyAnswers
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.reporting import AnswerSurvey

__all__ = ["SurveyCommands"]


class SurveyCommands:
    """One method a command."""

    def __init__(self, meetings: MeetingsForForms, answers: SurveyAnswers, new_id: Callable[[str], str]) -> None:
        self._meetings = meetings
        self._answers = answers
        self._new_id = new_id

    async def answer(self, command: AnswerSurvey, work: UnitOfWork) -> Done:
        """Save the answer. Its event says whose it is neither in its body nor in its envelope."""
        meeting, programme = await self._meetings.find(command.target_id, work.now)
        before = await self._answers.of_person(command.target_id, command.person_id)
        decision = answer_survey(command, meeting, programme, before=before, new_id=self._new_id)
        work.actor = ""
        if decision.record is not None:
            await self._answers.put(decision.record)
        publish(decision, work)
        return decision.done
