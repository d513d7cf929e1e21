"""From what the search found to what is kept: the cohort's record, its groups, the points of a curve."""

from collections.abc import Sequence

from services.matching.domain.exchange import middle
from services.matching.domain.explain import without_givers
from services.matching.domain.records import (
    BlockedRecord,
    CohortRecord,
    OptionRecord,
    PointRecord,
    Proposal,
    WaitingRecord,
)
from services.matching.domain.score import percentile
from services.matching.forming.formation import Formed
from services.matching.forming.rematch import Option

__all__ = ["blocks", "options", "outcome", "points", "proposals"]


def outcome(cohort: CohortRecord, formed: Formed) -> CohortRecord:
    """The cohort with the result of a draft. A published cohort does not fail: it stays as it is."""
    blocking = blocks(formed)
    if blocking:
        sentence = " ".join(block.sentence for block in blocking)
        if cohort.published:
            return cohort.again().model_copy(update={"sentence": sentence})
        return cohort.model_copy(
            update={"state": "failed", "sentence": sentence, "blocking": blocking} | _figures(formed)
        )
    placed = sum(len(group) for group in formed.groups)
    count = len(formed.groups)
    sentence = f"{placed} schools in {count} group{'' if count == 1 else 's'}; {len(formed.waiting)} wait."
    sentence = " ".join(filter(None, (sentence, without_givers(formed.groups))))
    return cohort.model_copy(
        update={"state": "draft", "sentence": sentence, "blocking": (), "chosen": 0, "curve": ()} | _figures(formed)
    )


def blocks(formed: Formed) -> tuple[BlockedRecord, ...]:
    """The rules that keep a cohort from forming, as they are kept."""
    return tuple(BlockedRecord(rule=b.rule, school_ids=b.school_ids, sentence=b.sentence) for b in formed.blocking)


def _figures(formed: Formed) -> dict[str, object]:
    parts, prices = formed.parts, list(formed.prices.values())
    return {
        "groups": len(formed.groups),
        "schools": sum(len(group) for group in formed.groups),
        "waiting": tuple(
            WaitingRecord(school_id=one.school.id, rule=one.rule, sentence=one.sentence) for one in formed.waiting
        ),
        "parts": {
            "coverage": parts.coverage,
            "weakest": parts.weakest,
            "diversity": parts.diversity,
            "travel": parts.travel,
        },
        "score": parts.total,
        "minimum": formed.minimum,
        "p5": formed.p5,
        "median": formed.median,
        "engine": formed.engine,
        "seconds": round(formed.seconds, 3),
        "estimated": {s.id: s.place for group in formed.groups for s in group if s.estimated and s.place},
        "bound": formed.bound,
        "bound_kind": formed.bound_kind,
        "middle_price": percentile(prices, 0.5) if prices else None,
    }


def proposals(formed: Formed, frozen: Sequence[tuple[str, ...]] = ()) -> tuple[Proposal, ...]:
    """The groups found, without those that have met and stay as they are."""
    stays = {frozenset(group) for group in frozen}
    prices = formed.prices
    found = (
        Proposal(
            school_ids=tuple(s.id for s in group),
            middle=middle(group),
            prices={s.id: prices[s.id] for s in group if s.id in prices},
        )
        for group in formed.groups
    )
    return tuple(one for one in found if frozenset(one.school_ids) not in stays)


def options(cohort: CohortRecord, found: Sequence[Option], frozen: Sequence[tuple[str, ...]]) -> list[OptionRecord]:
    """Every point of the curve with its draft, numbered from 1."""
    return [
        OptionRecord(
            cohort_id=cohort.cohort_id,
            number=number,
            outcome=outcome(cohort, option.formed),
            groups=proposals(option.formed, frozen),
        )
        for number, option in enumerate(found, start=1)
    ]


def points(found: Sequence[Option]) -> tuple[PointRecord, ...]:
    """The curve as it is kept."""
    return tuple(
        PointRecord(keeping=p.keeping, ended=p.ended, moved=p.moved, waiting=p.waiting, score=p.score)
        for p in (option.point for option in found)
    )
