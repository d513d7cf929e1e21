"""What an answer to an invitation means, and what it leads to."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.records import AnswerRecord, EventRecord, VisitRecord
from shared.errors import Rejected
from shared.events.scheduling import Answer, InvitationAnswered, TargetKind

Target = VisitRecord | EventRecord


def target_id(target: Target) -> str:
    """The id of what was invited to."""
    return target.visit.visit_id if isinstance(target, VisitRecord) else target.event.event_id


def sequence_of(target: Target) -> int:
    """The SEQUENCE of the invitation that stands."""
    return target.visit.sequence if isinstance(target, VisitRecord) else target.event.sequence


def kind_of(target: Target) -> TargetKind:
    """Whether it is a visit or a cohort event."""
    return "visit" if isinstance(target, VisitRecord) else "cohort-event"


def programme_of(target: Target) -> str:
    """The programme that it belongs to."""
    return target.visit.programme_id if isinstance(target, VisitRecord) else target.event.programme_id


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


ANSWERED_SINCE = "A later answer is here already, so this one does not count."
Via = Literal["page", "calendar", "coordinator"]
Reason = Literal["decline", "illness"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers, on which way, and to which invitation (SEQUENCE) where they name one.

    `at`: when it reached us, where that was before now.
    """

    person_id: str
    answer: Answer
    via: Via
    sequence: int | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerDecision:
    """The answer to be kept, and the event to publish; neither where the same answer stands already.

    `moves`: for what reason the visit must get another date, or None; `sentence`: for whoever answered, unless it does.
    """

    answer: AnswerRecord | None
    events: tuple[InvitationAnswered, ...]
    sentence: str
    moves: Reason | None = None


def way_of(actor: str, person_id: str) -> Via:
    """Whether a person answers on their own page, or the coordinator answers for them."""
    return "page" if actor in {"", person_id} or "portal" in actor else "coordinator"


def decide_answer(target: Target, latest: dict[str, AnswerRecord], said: Said, now: dt.datetime) -> AnswerDecision:
    """Keep an answer; the decline of somebody without whom a visit cannot be moves it.

    Raises Rejected when this person cannot answer this invitation.
    """
    may_answer(target, said.person_id, said.sequence)
    before, at = latest.get(said.person_id), said.at or now
    if before is not None and before.sequence == sequence_of(target) and at < before.at:
        return AnswerDecision(None, (), ANSWERED_SINCE)
    kept = given(target, before, said.person_id, answer=said.answer, via=said.via, at=at)
    if kept is None:
        return AnswerDecision(None, (), "This is the answer we already had.")
    events = (_answered(target, kept),)
    if kept.answer != "declined":
        return AnswerDecision(kept, events, "Thank you, your answer is saved.")
    if not isinstance(target, VisitRecord) or kept.person_id not in target.required:
        return AnswerDecision(kept, events, "Thank you for telling us. The date stays as it is.")
    sentence = "Thank you for telling us. The coordinator will be in touch about the date."
    leads = kept.person_id == target.visit.facilitator_id
    return AnswerDecision(kept, events, sentence, "illness" if leads else "decline")


def _answered(target: Target, kept: AnswerRecord) -> InvitationAnswered:
    return InvitationAnswered(
        version=kept.version,
        target_id=kept.target_id,
        target_kind=kind_of(target),
        programme_id=programme_of(target),
        person_id=kept.person_id,
        answer=kept.answer,
        via=kept.via,
        sequence=kept.sequence,
    )
