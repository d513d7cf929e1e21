"""Answers to invitations in memory."""

from collections.abc import Iterable

from services.scheduling.domain.visits.records import AnswerRecord
from shared.errors import Retryable
from tests.fakes.memory import Memory


class MemoryAnswers:
    def __init__(self, memory: Memory) -> None:
        self._kept, self._answered = memory["answers"], (memory["visits"], memory["events"])

    async def latest(self, target_id: str) -> dict[str, AnswerRecord]:
        found = sorted((each for each in self._kept.values() if each.target_id == target_id), key=lambda a: a.version)
        return {each.person_id: each for each in found}

    async def latest_of(self, target_ids: Iterable[str]) -> dict[str, dict[str, AnswerRecord]]:
        found = {name: await self.latest(name) for name in target_ids}
        return {name: latest for name, latest in found.items() if latest}

    async def latest_by(self, person_id: str, target_ids: Iterable[str]) -> dict[str, AnswerRecord]:
        found = {name: (await self.latest(name)).get(person_id) for name in target_ids}
        return {name: answer for name, answer in found.items() if answer}

    async def add(self, answer: AnswerRecord) -> None:
        key = answer.target_id, answer.person_id, answer.version
        if key in self._kept:
            raise Retryable("This person has meanwhile answered.", after=0.1)
        self._kept[key] = answer
        for targets in self._answered:
            if target := targets.get(answer.target_id):
                targets[answer.target_id] = target.model_copy(update={"answers": target.answers + 1})
