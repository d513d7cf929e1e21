"""What a decision comes to; `handlers.saving` carries it out in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from services.matching.domain.pin_records import PinsRecord
from services.matching.domain.records import (
    CohortRecord,
    EnrolmentRecord,
    GroupRecord,
    OptionRecord,
    ProgrammeRecord,
)
from shared.events.base import Event

__all__ = ["Decision", "DraftGroups"]


@dataclass(frozen=True, slots=True)
class DraftGroups:
    """The draft groups of a cohort, in place of those it has. Proposals for published groups are dropped."""

    cohort_id: str
    groups: tuple[GroupRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be saved, and the events to publish, in this order. None and () leave what is there.

    `groups` are saved after `drafts` are replaced; `options` replace those of `cohort`; `publishes`: the draft groups
    of `cohort` become published ones. `sentence` is for the person who asked.
    """

    cohort: CohortRecord | None = None
    drafts: DraftGroups | None = None
    groups: tuple[GroupRecord, ...] = ()
    options: tuple[OptionRecord, ...] | None = None
    pins: PinsRecord | None = None
    enrolment: EnrolmentRecord | None = None
    programme: ProgrammeRecord | None = None
    publishes: bool = False
    events: tuple[Event, ...] = ()
    sentence: str = ""
