"""Days that named people agree, and the facts about programmes, schools and placements that they depend on."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from services.scheduling.domain.agreed.records import Answers, Arrangement, EngineProgramme, HostSchool, Placement
from shared.commands.agreed_visits import ListDays

__all__ = ["Arrangements", "EngineFacts", "Taken"]

Taken = Mapping[str, Mapping[dt.date, str]]
"""Person -> day -> the school at which they are that day."""


class EngineFacts(Protocol):
    """Programmes in the language of templates, with their schools, placements and told answers."""

    async def programme(self, programme_id: str) -> EngineProgramme | None:
        """A programme, or None before its event has come."""
        ...

    async def put_programme(self, programme: EngineProgramme) -> None:
        """Save it in place of an older one."""
        ...

    async def school(self, programme_id: str, school_id: str) -> HostSchool | None:
        """A school in a programme."""
        ...

    async def schools(self, programme_id: str, school_ids: Collection[str]) -> Mapping[str, HostSchool]:
        """These schools in a programme, by id; what is not known is left out."""
        ...

    async def enrolment(self, enrolment_id: str) -> HostSchool | None:
        """A school by its enrolment."""
        ...

    async def programmes_with(self, *, school_id: str = "", authority_code: str = "") -> list[str]:
        """The programmes in which that school, or a school of that authority, takes part; all where none is named."""
        ...

    async def all_schools(self, programme_id: str) -> list[HostSchool]:
        """All schools of a programme, those that have withdrawn too, by id."""
        ...

    async def put_school(self, school: HostSchool) -> None:
        """Save it, unless a later version is there."""
        ...

    async def placement(self, match_id: str) -> Placement | None:
        """A placement."""
        ...

    async def put_placement(self, placement: Placement) -> None:
        """Save it in place of an older one."""
        ...

    async def answers(self, entry_ids: Iterable[str]) -> list[Answers]:
        """The told answers of those of these entries that are known."""
        ...

    async def put_answers(self, answers: Answers) -> None:
        """Save them, unless a later version is there."""
        ...

    async def placed_by(self, entry_id: str) -> list[Placement]:
        """The placements that an entry named somebody or something for."""
        ...


class Arrangements(Protocol):
    """Arrangements, and the days that they take from people."""

    async def get(self, arrangement_id: str) -> Arrangement | None:
        """An arrangement."""
        ...

    async def with_visit(self, visit_id: str) -> Arrangement | None:
        """The arrangement that a day is of."""
        ...

    async def of_match(self, match_id: str) -> list[Arrangement]:
        """All of a placement, by activity."""
        ...

    async def of_programme(self, programme_id: str, *, person_id: str = "", match_id: str = "") -> list[Arrangement]:
        """All of a programme, of somebody who is placed or invited, or of a placement; by host school."""
        ...

    async def page(self, wanted: ListDays) -> tuple[int, list[Arrangement]]:
        """How many fit, and a page of them: those in which nothing suits first, then by host school."""
        ...

    async def at_school(self, programme_id: str, school_id: str) -> list[Arrangement]:
        """Those that a school hosts, or sends somebody to."""
        ...

    async def put(self, record: Arrangement, now: dt.datetime) -> None:
        """Save it with the days that it takes at this time, and no others.

        Raises Retryable when somebody is just given one of these days elsewhere.
        """
        ...

    async def taken(self, people: Collection[str], now: dt.datetime, *, without: str = "") -> Taken:
        """The days that arrangements take from these people at this time, all but the one `without`."""
        ...

    async def forget(self, person_id: str) -> None:
        """Keep no day free for a person any more, and drop what they wrote."""
        ...
