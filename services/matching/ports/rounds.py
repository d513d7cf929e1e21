"""What rounds of placements are kept by."""

from collections.abc import Collection, Sequence
from typing import Protocol

from services.matching.domain.pairs.records import PairRecord, PairRoundRecord
from services.matching.domain.rounds.facts import Balance
from services.matching.domain.rounds.records import (
    EngineProgramme,
    EntryRecord,
    MatchRecord,
    OfferRecord,
    RoundRecord,
    SchoolRecord,
)
from shared.roster import Roster

__all__ = ["EngineProgrammes", "Entries", "Matches", "Offers", "PairRounds", "Pairs", "RoundStores", "Rounds"]
__all__ += ["Schools"]


class EngineProgrammes(Protocol):
    """Programmes whose templates say everything."""

    async def get(self, programme_id: str) -> EngineProgramme | None:
        """A programme."""
        ...

    async def put(self, programme: EngineProgramme) -> None:
        """Save a programme."""
        ...


class Schools(Protocol):
    """Schools of such programmes."""

    async def get(self, enrolment_id: str) -> SchoolRecord | None:
        """A school's part in a programme."""
        ...

    async def put(self, school: SchoolRecord) -> None:
        """Save it."""
        ...

    async def of_programme(self, programme_id: str) -> list[SchoolRecord]:
        """All schools of a programme, withdrawn ones too, by school id."""
        ...


class Entries(Protocol):
    """Entries of forms that count, by what is told of them."""

    async def get(self, entry_id: str) -> EntryRecord | None:
        """An entry."""
        ...

    async def put(self, entry: EntryRecord) -> None:
        """Save it."""
        ...

    async def of_forms(self, programme_id: str, forms: Collection[str]) -> list[EntryRecord]:
        """The entries of these forms in a programme, withdrawn ones too, by id."""
        ...


class Rounds(Protocol):
    """Rounds with their latest drafts."""

    async def get(self, round_id: str) -> RoundRecord | None:
        """A round."""
        ...

    async def put(self, record: RoundRecord) -> None:
        """Save a round. Raises Retryable when this version, or a later one, has been saved already."""
        ...


class Matches(Protocol):
    """Placements that were published."""

    async def get(self, match_id: str) -> MatchRecord | None:
        """A placement."""
        ...

    async def put(self, match: MatchRecord) -> None:
        """Save a placement."""
        ...

    async def add(self, matches: Sequence[MatchRecord]) -> None:
        """Save new placements at once."""
        ...

    async def of_round(self, round_id: str) -> list[MatchRecord]:
        """The placements of a round, ended ones too, by the person's entry, then the thing's."""
        ...

    async def of_person(self, programme_id: str, person_id: str) -> list[MatchRecord]:
        """The placements of somebody in a programme that stand."""
        ...

    async def balances(self, school_ids: Collection[str], without_round: str) -> dict[str, Balance]:
        """School -> what it gave and received in all other rounds, as far as that stands; none: left out."""
        ...

    async def untold(self, limit: int) -> list[MatchRecord]:
        """The next placements that nobody has been told of, by id; marks them as told."""
        ...


class Offers(Protocol):
    """Places on offer, settled ones too."""

    async def get(self, offer_id: str) -> OfferRecord | None:
        """An offer."""
        ...

    async def put(self, offer: OfferRecord) -> None:
        """Save an offer."""
        ...

    async def of_round(self, round_id: str) -> list[OfferRecord]:
        """The offers of a round, by id."""
        ...


class PairRounds(Protocol):
    """Rounds of pairs and rings with their latest drafts."""

    async def get(self, round_id: str) -> PairRoundRecord | None:
        """A round."""
        ...

    async def put(self, record: PairRoundRecord) -> None:
        """Save a round. Raises Retryable when this version, or a later one, has been saved already."""
        ...


class Pairs(Protocol):
    """People who are, or were, together."""

    async def get(self, pair_id: str) -> PairRecord | None:
        """A pair."""
        ...

    async def save(self, pairs: Sequence[PairRecord]) -> None:
        """Save pairs at once, new ones and those that change."""
        ...

    async def of_round(self, round_id: str) -> list[PairRecord]:
        """The pairs of a round, ended ones too, by id."""
        ...

    async def of_people(self, person_ids: Collection[str]) -> list[PairRecord]:
        """Every pair that somebody of these is or was in, in whatever programme, by id."""
        ...

    async def untold(self, limit: int) -> list[PairRecord]:
        """The next pairs that nobody has been told of, ended ones first, by id; marks them as told."""
        ...


class RoundStores(Protocol):
    """All of them."""

    @property
    def programmes(self) -> EngineProgrammes:
        """Programmes."""
        ...

    @property
    def schools(self) -> Schools:
        """Schools."""
        ...

    @property
    def entries(self) -> Entries:
        """Entries."""
        ...

    @property
    def roster(self) -> Roster:
        """Who is who."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Rounds."""
        ...

    @property
    def matches(self) -> Matches:
        """Placements."""
        ...

    @property
    def offers(self) -> Offers:
        """Offers."""
        ...

    @property
    def pair_rounds(self) -> PairRounds:
        """Rounds of pairs and rings."""
        ...

    @property
    def pairs(self) -> Pairs:
        """Pairs."""
        ...
