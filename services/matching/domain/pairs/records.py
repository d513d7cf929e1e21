"""What matching keeps of rounds of pairs and rings, and the ids that follow from what a thing is."""

from __future__ import annotations

import uuid
from typing import Literal

from services.matching.domain.records import Record
from shared.events.pairs import EndReason

__all__ = ["DraftedPair", "PairPin", "PairRecord", "PairRoundRecord", "pair_id", "place_id"]

_SPACE = uuid.UUID("3a6cf0de-58a1-4b7e-9d5c-0a4fb4a7f1c2")


def pair_id(of_round: str, run: int, person_ids: tuple[str, ...]) -> str:
    """People who are together in a run of a round; who joins or leaves later does not change it."""
    return f"par-{uuid.uuid5(_SPACE, f'{of_round}|{run}|' + '|'.join(sorted(person_ids))).hex}"


def place_id(pair: str) -> str:
    """The place that the schools of a pair share."""
    return f"plc-{uuid.uuid5(_SPACE, f'place|{pair}').hex}"


class PairPin(Record):
    """The coordinator's word about people: together, or never."""

    person_ids: tuple[str, ...]
    how: Literal["together", "apart"]


class DraftedPair(Record):
    """A line of a draft. `pair_id`: the pair that goes on, with these people; blank for a new one."""

    pair_id: str = ""
    person_ids: tuple[str, ...]


class PairRoundRecord(Record):
    """A round and its latest draft. Every change raises `version`, so two that happen at once are put in order.

    `run`: how often it was published; the draft is for the next run, or `keeps` the pairs that stand and mends them.
    `begun`: the moments of the clock that have come. `since`: when the run that stands was published, ISO.
    """

    round_id: str
    programme_id: str
    round: str
    version: int = 0
    state: Literal["open", "draft", "published"] = "open"
    run: int = 0
    revision: int = 0
    keeps: bool = False
    begun: tuple[str, ...] = ()
    since: str = ""
    pins: tuple[PairPin, ...] = ()
    draft: tuple[DraftedPair, ...] = ()

    def changed(self, **fields: object) -> PairRoundRecord:
        """The next version, with these fields."""
        return self.model_copy(update={**fields, "version": self.version + 1})

    def said(self, how: str) -> list[tuple[str, ...]]:
        """Whom the coordinator wants together, or apart."""
        return [pin.person_ids for pin in self.pins if pin.how == how]


class PairRecord(Record):
    """People who are, or were, together; `told`: whether the latest version has been published.

    `again`: whether two of them were together before. Of neighbours: who has `accepted`, whether one has
    `declined`, and whether their schools share a place (`shared`).
    """

    pair_id: str
    round_id: str
    programme_id: str
    round: str
    run: int
    version: int = 1
    person_ids: tuple[str, ...]
    school_ids: tuple[str, ...]
    joined: tuple[str, ...] = ()
    again: bool = False
    ended: bool = False
    reason: EndReason = "coordinator"
    told: bool = False
    declined: bool = False
    accepted: tuple[str, ...] = ()
    shared: bool = False
