"""What other services published about programmes, schools, groups and visits."""

from collections.abc import Sequence
from typing import Protocol

from services.reporting.domain.facts import Group, Meeting, Member, Programme


class Facts(Protocol):
    """What others told."""

    async def programme(self, programme_id: str) -> Programme | None:
        """The programme, once told."""
        ...

    async def put_programme(self, programme: Programme) -> None:
        """Keep it, in place of an older one."""
        ...

    async def enrolled(self, enrolment_id: str) -> Member | None:
        """The school of an enrolment."""
        ...

    async def member(self, programme_id: str, school_id: str) -> Member | None:
        """A school in a programme."""
        ...

    async def members(self, programme_id: str, school_ids: Sequence[str]) -> dict[str, Member]:
        """Schools of a programme by school id."""
        ...

    async def put_member(self, member: Member) -> None:
        """Keep it."""
        ...

    async def group(self, group_id: str) -> Group | None:
        """A group."""
        ...

    async def groups(self, cohort_id: str) -> list[Group]:
        """The groups of a cohort by number."""
        ...

    async def put_group(self, group: Group) -> None:
        """Keep it."""
        ...

    async def meeting(self, target_id: str) -> Meeting | None:
        """A visit or event."""
        ...

    async def meetings(self, cohort_id: str) -> list[Meeting]:
        """The visits and events of a cohort by date."""
        ...

    async def put_meeting(self, meeting: Meeting) -> None:
        """Keep it."""
        ...

    async def forget(self, person_id: str) -> None:
        """Drop whoever this was from everything kept of what others told."""
        ...
