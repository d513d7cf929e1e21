"""What may be asked of `matching` about rounds of pairs and rings. `DraftRound` and `PublishRound` serve them, too.

`round` is the key of a round in the template; blank where the programme has only one such round.
"""

from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Query, Reply
from shared.commands.rounds import RoundState


class PairPeople(Command):
    """Bring these people together from the next draft on: two, or three in a ring."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_ids: tuple[str, ...]


class KeepApart(Command):
    """Never bring these two together: what one of them has said, or what the coordinator knows."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_ids: tuple[str, ...]


class FreePeople(Command):
    """Take back that people are to be together, or apart."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_ids: tuple[str, ...]


class EndPair(Command):
    """End a pair, and keep its people apart. Nobody is told why; nobody else moves."""

    service: ClassVar[str] = "matching"
    pair_id: str


class PartnerRow(Reply):
    """Somebody in a pair."""

    person_id: str
    school_id: str
    school: str


class PairRow(Reply):
    """People who are together; `pair_id` is blank while they are new in a draft."""

    pair_id: str = ""
    people: tuple[PartnerRow, ...]
    change: Literal["", "new", "goes-on", "changed"] = Field("", description="in a draft, beside what stands")
    again: bool = Field(False, description="whether two of them were together before")
    pinned: bool = False
    reasons: tuple[str, ...] = ()


class PersonAlone(Reply):
    """Somebody who is with nobody: the rule, and a sentence with what would help."""

    person_id: str
    school: str
    rule: str
    sentence: str


class PairPinRow(Reply):
    """What the coordinator holds to."""

    people: tuple[PartnerRow, ...]
    how: Literal["together", "apart"]


class PairsDetail(Reply):
    """A round of pairs or rings: its draft, or what stands. `ends`: how many pairs that stand the draft would end."""

    round_id: str
    programme_id: str
    round: str
    title: str
    state: RoundState
    run: int = Field(description="how often it was published")
    revision: int = Field(description="of the latest draft; 0 while there is none")
    placed: int
    total: int = Field(description="how many pairs and rings")
    people_alone: int = Field(0, description="how many are with nobody")
    fitting: int = Field(0, description="how many pairs, or people with nobody, whichever are more, fit what was asked")
    pairs: tuple[PairRow, ...] = ()
    alone: tuple[PersonAlone, ...] = ()
    skipping: tuple[PartnerRow, ...] = Field((), description="who has said not this time")
    pins: tuple[PairPinRow, ...] = ()
    ends: int = 0
    sentence: str = Field("", description="what the coordinator should know first")


class ShowPairs(Query):
    """The draft of a round of pairs, or what stands of it; pairs, and who is with nobody, by the page."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = PairsDetail
    seconds: ClassVar[float] = 30.0
    programme_id: str
    round: str = ""
    standing: bool = Field(False, description="what stands, also while there is a draft")
    concerning: Concerning = ()
    limit: int = Field(200, ge=1, le=500)
    offset: int = Field(0, ge=0)
