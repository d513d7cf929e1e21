"""The command with which somebody answers an invitation on their page, or the coordinator for them."""

from services.scheduling.domain.calendars.common_days import days_named
from services.scheduling.domain.visits.answers import Said, way_of
from services.scheduling.handlers.answers import Answers
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import AnswerInvitation

__all__ = ["AnswerCommands"]


class AnswerCommands:
    """The command about answers."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def answer(self, command: AnswerInvitation, work: UnitOfWork) -> Done:
        """Take the answer, with the days that the person names."""
        target = await self._answers.target(command.target_id, command.target_kind)
        via = way_of(work.actor, command.person_id)
        said = Said(command.person_id, command.answer, via, command.sequence)
        return await self._answers.take(target, said, work, days_named(command.dates_not_possible))
