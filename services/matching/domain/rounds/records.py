"""What matching keeps of rounds: what others publish that matters to them, the rounds, placements and offers."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from services.matching.domain.records import Record
from shared.events.forms import Told
from shared.events.placements import EndReason
from shared.events.programmes_parts import ProgrammeState
from shared.template import Template
from shared.template.kinds import PAIRINGS
from shared.template.rounds import Round

__all__ = [
    "DraftedPlacement",
    "EngineProgramme",
    "EntryRecord",
    "MatchRecord",
    "OfferRecord",
    "OutsideAgreement",
    "Pin",
    "RoundRecord",
    "Side",
]
__all__ += ["SchoolRecord", "match_id", "offer_id", "round_id"]

_SPACE = uuid.UUID("7f0f1a52-3f0c-4f63-9b53-6a1d2c9c5b18")


def round_id(programme_id: str, key: str) -> str:
    """A round of a programme; its drafts are revisions of it."""
    return f"rnd-{uuid.uuid5(_SPACE, f'round|{programme_id}|{key}').hex}"


def match_id(of_round: str, person_entry_id: str, thing_entry_id: str) -> str:
    """A placement. The same two placed again go on with it."""
    return f"mat-{uuid.uuid5(_SPACE, f'match|{of_round}|{person_entry_id}|{thing_entry_id}').hex}"


def offer_id(of_round: str, person_entry_id: str, thing_entry_id: str) -> str:
    """An offer; nobody is offered the same thing twice."""
    return f"ofr-{uuid.uuid5(_SPACE, f'offer|{of_round}|{person_entry_id}|{thing_entry_id}').hex}"


class EngineProgramme(Record):
    """A programme whose template says everything. `state`: how it stands; rounds act while it recruits or runs."""

    programme_id: str
    version: int
    template: Template
    state: ProgrammeState = "recruiting"

    def local_day(self, now: dt.datetime) -> dt.date:
        """The day that it is where the programme takes place."""
        return now.astimezone(ZoneInfo(self.template.timezone)).date()

    @property
    def still(self) -> str:
        """Why nothing is decided in it now; blank where it recruits or runs."""
        return "" if self.state in {"recruiting", "running"} else self.state

    def rounds(self) -> tuple[Round, ...]:
        """Its rounds in which people are placed to things."""
        return tuple(one for one in self.template.matching if one.people and one.things)

    def pair_rounds(self) -> tuple[Round, ...]:
        """Its rounds in which people are brought together."""
        return tuple(one for one in self.template.matching if one.kind in PAIRINGS)

    def pairs(self, key: str) -> Round | None:
        """The round of pairs or rings with that key; for a blank one, the only one there is."""
        found = [one for one in self.pair_rounds() if key in {"", one.key}]
        return found[0] if len(found) == 1 else None

    def round(self, key: str) -> Round | None:
        """The round with that key; for a blank one, the only round there is."""
        found = [one for one in self.rounds() if key in {"", one.key}]
        return found[0] if len(found) == 1 else None


class SchoolRecord(Record):
    """A school's part in such a programme. `phase` as in the register; `pupils`: None where it does not say."""

    enrolment_id: str
    programme_id: str
    version: int
    school_id: str
    name: str
    place: tuple[float, float] | None = None
    pupils: int | None = None
    phase: str = "not-applicable"
    withdrawn: bool = False


class EntryRecord(Record):
    """An entry of a form that counts, by what events tell of it.

    `since`, `said`: the moments at which it first counted, and last said what it says, ISO.
    """

    entry_id: str
    programme_id: str
    form: str
    about_id: str
    school_id: str = ""
    author_ids: tuple[str, ...] = ()
    answers: dict[str, Told] = Field({})
    since: str = ""
    said: str = ""
    withdrawn: bool = False
    version: int


class Pin(Record):
    """The coordinator's word about a person and a thing, by their entries."""

    person_entry_id: str
    thing_entry_id: str
    how: Literal["pinned", "forbidden"]

    @property
    def pair(self) -> tuple[str, str]:
        """The person's entry and the thing's."""
        return self.person_entry_id, self.thing_entry_id


Side = Literal["sends", "receives"]
"""The school that named the person, and the school of the thing."""


class OutsideAgreement(Record):
    """Two schools that agree between themselves, and which of them have said so."""

    person_entry_id: str
    thing_entry_id: str
    sides: tuple[Side, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """The person's entry and the thing's."""
        return self.person_entry_id, self.thing_entry_id


class DraftedPlacement(Record):
    """A line of a draft."""

    person_entry_id: str
    thing_entry_id: str
    wish: int | None = None


class RoundRecord(Record):
    """A round and its latest draft.

    `over`: the windows of the clock that have closed; `out`: entries of people and things that do not come back after
    a placement has ended. Every change raises `version`, so two that happen at once are put in order.
    """

    round_id: str
    programme_id: str
    round: str
    version: int = 0
    state: Literal["open", "draft", "published"] = "open"
    revision: int = 0
    over: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    agreed: tuple[OutsideAgreement, ...] = ()
    draft: tuple[DraftedPlacement, ...] = ()
    out: tuple[str, ...] = ()

    def changed(self, **fields: object) -> RoundRecord:
        """The next version, with these fields."""
        return self.model_copy(update={**fields, "version": self.version + 1})

    def agreement(self, pair: tuple[str, str]) -> OutsideAgreement | None:
        """What the schools of this person and thing have said of it."""
        return next((one for one in self.agreed if one.pair == pair), None)

    def said(self, pair: tuple[str, str]) -> str:
        """What the coordinator said of this person and thing; blank for nothing."""
        return next((pin.how for pin in self.pins if pin.pair == pair), "")


class MatchRecord(Record):
    """A published placement; `told`: whether its latest version has been published."""

    match_id: str
    round_id: str
    programme_id: str
    round: str
    version: int = 1
    person_id: str
    role: str
    school_id: str
    host_school_id: str
    person_entry_id: str
    thing_entry_id: str
    wish: int | None = None
    ended: bool = False
    reason: EndReason = "coordinator"
    told: bool = False


class OfferRecord(Record):
    """A place that was offered to somebody who waited. The next version ends it.

    `paused`: it fell away because the programme was postponed, and may be made again.
    """

    offer_id: str
    round_id: str
    programme_id: str
    round: str
    version: int = 1
    person_id: str
    school_id: str
    host_school_id: str
    person_entry_id: str
    thing_entry_id: str
    wish: int | None = None
    until: dt.date
    state: Literal["open", "accepted", "declined", "silent", "withdrawn"] = "open"
    paused: bool = False
