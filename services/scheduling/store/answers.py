"""Answers to invitations in MongoDB: one a person and version, guarded by the key."""

from collections import defaultdict
from collections.abc import Iterable

from services.scheduling.domain.visits.records import AnswerRecord
from shared.errors import Retryable
from shared.mongo import ASCENDING, Database, DuplicateKey

__all__ = ["MongoAnswers"]


class MongoAnswers:
    """Port `Answers`."""

    def __init__(self, database: Database) -> None:
        self._answers = database["invitation_answers"]
        self._answered = database["visits"], database["cohort_events"]

    async def latest(self, target_id: str) -> dict[str, AnswerRecord]:
        """Each person's latest answer."""
        found = self._answers.find({"target_id": target_id}, sort=[("version", ASCENDING)])
        answers = [AnswerRecord.model_validate(document) async for document in found]
        return {answer.person_id: answer for answer in answers}

    async def latest_of(self, target_ids: Iterable[str]) -> dict[str, dict[str, AnswerRecord]]:
        """The same of several, by what was answered; those without answers are left out."""
        found = self._answers.find({"target_id": {"$in": list(target_ids)}}, sort=[("version", ASCENDING)])
        answers = defaultdict[str, dict[str, AnswerRecord]](dict)
        async for document in found:
            answer = AnswerRecord.model_validate(document)
            answers[answer.target_id][answer.person_id] = answer
        return dict(answers)

    async def latest_by(self, person_id: str, target_ids: Iterable[str]) -> dict[str, AnswerRecord]:
        """One person's latest answers, by what was answered."""
        where = {"target_id": {"$in": list(target_ids)}, "person_id": person_id}
        found = self._answers.find(where, sort=[("version", ASCENDING)])
        answers = [AnswerRecord.model_validate(document) async for document in found]
        return {answer.target_id: answer for answer in answers}

    async def add(self, answer: AnswerRecord) -> None:
        """Save an answer, and count it on what was answered.

        Raises Retryable when another answer of this person and version is there.
        """
        key = f"{answer.target_id}:{answer.person_id}:{answer.version}"
        try:
            await self._answers.insert_one({"_id": key, **answer.model_dump(mode="json")})
        except DuplicateKey as error:
            raise Retryable("This person has meanwhile answered.", after=0.1) from error
        for collection in self._answered:
            if await collection.update_one({"_id": answer.target_id}, {"$inc": {"answers": 1}}):
                return
