"""What an answer to an invitation means."""

import datetime as dt

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.records import AnswerRecord, EventRecord, VisitRecord
from shared.errors import Rejected
from shared.events.scheduling import Answer

Target = VisitRecord | EventRecord


def target_id(target: Target) -> str:
    """The id of what was invited to."""
    return target.visit.visit_id if isinstance(target, VisitRecord) else target.event.event_id


def sequence_of(target: Target) -> int:
    """The SEQUENCE of the invitation that stands."""
    return target.visit.sequence if isinstance(target, VisitRecord) else target.event.sequence


def still_to_come(target: Target, now: dt.datetime) -> bool:
    """Whether it is published and its day is not over."""
    happening = target.visit if isinstance(target, VisitRecord) else target.event
    return target.state == "published" and local_date(now, happening.timezone) <= happening.on


def may_answer(target: Target, person_id: str, sequence: int | None) -> None:
    """Raises Rejected when this person cannot answer this invitation."""
    if person_id not in target.invited:
        raise Rejected("not-invited", "Only people who are invited can answer.")
    if target.state in {"held", "cancelled"}:
        raise Rejected("already-over", "This has taken place or been cancelled; there is nothing to answer.")
    if target.state == "draft":
        raise Rejected("not-published", "This date has not been published.")
    if sequence is not None and sequence < sequence_of(target):
        raise Rejected("out-of-date-invitation", "The date has changed since; please answer the newer invitation.")


def given(
    target: Target, before: AnswerRecord | None, person_id: str, *, answer: Answer, via: str, at: dt.datetime
) -> AnswerRecord | None:
    """The answer to be kept, or None when the same one stands already."""
    sequence = sequence_of(target)
    if before and (before.answer, before.sequence) == (answer, sequence):
        return None
    return AnswerRecord.model_validate(
        {
            "target_id": target_id(target),
            "person_id": person_id,
            "version": before.version + 1 if before else 1,
            "answer": answer,
            "via": via,
            "sequence": sequence,
            "at": at,
        }
    )


def unanswered(target: Target, latest: dict[str, AnswerRecord]) -> tuple[str, ...]:
    """Who has not answered the invitation that stands."""
    sequence = sequence_of(target)
    return tuple(one for one in target.invited if one not in latest or latest[one].sequence < sequence)


def declined(target: Target, latest: dict[str, AnswerRecord]) -> frozenset[str]:
    """Who has declined the invitation that stands."""
    sequence = sequence_of(target)
    return frozenset(
        one for one, answer in latest.items() if answer.answer == "declined" and answer.sequence == sequence
    )
