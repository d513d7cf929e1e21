"""Answers to invitations."""

from collections.abc import Iterable
from typing import Protocol

from services.scheduling.domain.visits.records import AnswerRecord

__all__ = ["Answers"]


class Answers(Protocol):
    """Answers to invitations."""

    async def latest(self, target_id: str) -> dict[str, AnswerRecord]:
        """Each person's latest answer."""
        ...

    async def latest_of(self, target_ids: Iterable[str]) -> dict[str, dict[str, AnswerRecord]]:
        """The same of several, by what was answered; those without answers are left out."""
        ...

    async def latest_by(self, person_id: str, target_ids: Iterable[str]) -> dict[str, AnswerRecord]:
        """One person's latest answers, by what was answered."""
        ...

    async def add(self, answer: AnswerRecord) -> None:
        """Save an answer, and count it on what was answered: of an answer and a change at a time, one sees the other.

        Raises Retryable when another answer of this person and version is there.
        """
        ...
