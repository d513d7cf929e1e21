"""What may be asked of `matching` about rounds in which people are placed to things in other schools.

`round` is the key of a round in the template; blank where the programme has only one such round. People and things are
named by the entries of the forms that brought them in.
"""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Command, Concerning, Query, Reply

RoundState = Literal["open", "draft", "published"]


class DraftRound(Command):
    """Work out who is placed where, with entries, agreements and pins as they are now. Refused once it is published.

    Of a round of pairs or rings: who is with whom the next time; it may be published time after time.
    """

    service: ClassVar[str] = "matching"
    seconds: ClassVar[float] = 60.0
    programme_id: str
    round: str = ""
    keep: bool = Field(False, description="pairs that stand go on, and only who is alone is matched")


class PinPlacement(Command):
    """Place this person there: the coordinator's word, or two schools that agreed between themselves."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_entry_id: str
    thing_entry_id: str


class ForbidPlacement(Command):
    """Never place this person there."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_entry_id: str
    thing_entry_id: str


class FreePlacement(Command):
    """Take back a pin, or what was forbidden."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_entry_id: str
    thing_entry_id: str


class PickThing(Command):
    """A school picks a thing for somebody it named, where the template lets schools pick: first come, at once."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_entry_id: str
    thing_entry_id: str
    person_id: str = Field("", description="who picks: whoever named the person; blank: the coordinator")


class AgreeOutside(Command):
    """Two schools have agreed between themselves: one says so here, and when the other has, too, it is a pin."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    person_entry_id: str
    thing_entry_id: str
    person_id: str = Field(description="who says so: whoever named the person, or whoever answers for the thing")


class PublishRound(Command):
    """Let the draft stand. Refused where `revision` is not the latest draft, or part of it cannot be any more."""

    service: ClassVar[str] = "matching"
    programme_id: str
    round: str = ""
    revision: int = Field(ge=1)


class WithdrawPlacement(Command):
    """End a placement. Nobody else moves: what becomes free is offered to who waits.

    `leaving` says what does not come back: the person, the thing or both; what stays is matched again from the list.
    """

    service: ClassVar[str] = "matching"
    match_id: str
    leaving: Literal["person", "thing", "both"] = "person"


class AcceptOffer(Command):
    """Take the place on offer."""

    service: ClassVar[str] = "matching"
    offer_id: str
    person_id: str = Field("", description="who says so: the person, or who named them; blank: the coordinator")


class DeclineOffer(Command):
    """Do not take the place on offer; it passes on."""

    service: ClassVar[str] = "matching"
    offer_id: str
    person_id: str = Field("", description="who says so: the person, or who named them; blank: the coordinator")


class RoundRow(Reply):
    """A round in short."""

    round_id: str
    programme_id: str
    round: str
    title: str
    state: RoundState
    revision: int = Field(description="of the latest draft; 0 while there is none")
    placed: int
    people_without: int
    things_without: int
    sentence: str = Field("", description="what the coordinator should know first")


class PlacementRow(Reply):
    """One placement with its reasons. `match_id` is blank while it is a draft."""

    match_id: str = ""
    person_entry_id: str
    person_id: str
    school_id: str
    school: str
    thing_entry_id: str
    thing: str = Field(description="what the thing is, by what events tell of it")
    host_school_id: str
    host: str
    wish: int | None = None
    pinned: bool = False
    reasons: tuple[str, ...] = ()


class PersonWithout(Reply):
    """Somebody who is not placed: the rule, and a sentence with what would help."""

    person_entry_id: str
    person_id: str = ""
    school_id: str
    school: str
    rule: str
    sentence: str


class ThingWithout(Reply):
    """A thing that nobody is placed to: the rule, and a sentence with what would help."""

    thing_entry_id: str
    thing: str
    host_school_id: str
    host: str
    rule: str
    sentence: str


class OfferRow(Reply):
    """A place that is kept for somebody who waits."""

    offer_id: str
    person_entry_id: str
    person_id: str
    school: str
    thing_entry_id: str
    thing: str
    host: str
    wish: int | None = None
    until: dt.date


class LedgerRow(Reply):
    """What a school gives and receives: in this round, and in all others that stand."""

    school_id: str
    school: str
    gives: int
    receives: int
    gave_before: int = 0
    received_before: int = 0


class PinRow(Reply):
    """What the coordinator holds to."""

    person_entry_id: str
    school: str
    thing_entry_id: str
    thing: str
    host: str
    how: Literal["pinned", "forbidden"]


class AgreementRow(Reply):
    """Two schools that agree between themselves; `waits_for` names the one that has not said so yet."""

    person_entry_id: str
    school: str
    thing_entry_id: str
    thing: str
    host: str
    waits_for: str = ""


class RoundDetail(Reply):
    """A round by school: a page of each list that grows with it; `round` has their totals, `schools` the ledger's."""

    round: RoundRow
    placements: tuple[PlacementRow, ...]
    people_without: tuple[PersonWithout, ...]
    things_without: tuple[ThingWithout, ...]
    offers: tuple[OfferRow, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    schools: int = 0
    fitting: int = Field(0, description="how long the longest of the lists is that come by the page")
    pins: tuple[PinRow, ...] = ()
    agreed: tuple[AgreementRow, ...] = ()
    first_three: float | None = Field(None, description="the share of those placed who have one of three first wishes")


class ShowRound(Query):
    """The draft of a round, or what stands of it; placements, who and what is without, and the ledger by the page."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = RoundDetail
    seconds: ClassVar[float] = 30.0
    programme_id: str
    round: str = ""
    search: str = Field("", max_length=100, description="part of a place's words or of either school's name")
    concerning: Concerning = ()
    limit: int = Field(200, ge=1, le=500)
    offset: int = Field(0, ge=0)
