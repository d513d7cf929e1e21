"""Two neighbours are asked: once both accept, their schools share a place; where one says no, they do not. Pure."""

from __future__ import annotations

import datetime as dt

from services.matching.domain.pairs.decisions import PairDecision, ended
from services.matching.domain.pairs.events import pair_event
from services.matching.domain.pairs.records import PairPin, PairRecord, PairRoundRecord, place_id
from shared.events.pairs import PlaceShared

__all__ = ["answered"]


def answered(record: PairRoundRecord, pair: PairRecord, person_id: str, *, accepts: bool, on: dt.date) -> PairDecision:
    """What one of both has said. Of a pair that is over, or shares a place already, nothing changes any more.

    Two of whom one has said no are not proposed to each other again.
    """
    if pair.ended or pair.shared or person_id not in pair.person_ids:
        return PairDecision()
    if not accepts:
        over = ended(pair, "coordinator").model_copy(update={"declined": True})
        after = record.changed(pins=(*record.pins, PairPin(person_ids=pair.person_ids, how="apart")))
        return PairDecision(after, (over,), (pair_event(over),))
    accepted = tuple(one for one in pair.person_ids if one in {*pair.accepted, person_id})
    if accepted == pair.accepted:
        return PairDecision()
    both = accepted == pair.person_ids
    asked = pair.model_copy(update={"accepted": accepted, "shared": both})
    return PairDecision(record.changed(), (asked,), (_shared(asked, on),) if both else ())


def _shared(pair: PairRecord, on: dt.date) -> PlaceShared:
    return PlaceShared(
        version=1,
        place_id=place_id(pair.pair_id),
        programme_id=pair.programme_id,
        round=pair.round,
        pair_id=pair.pair_id,
        school_ids=pair.school_ids,
        on=on,
    )
