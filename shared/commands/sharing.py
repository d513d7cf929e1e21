"""What may be asked of `matching` about a group by the schools in it: who shares what with whom.

It holds nothing about how well somebody is covered, about weights, or about how schools compare: coordinators see that.
"""

from typing import ClassVar

from pydantic import Field

from shared.commands.base import Query, Reply


class Shared(Reply):
    """A topic that one school of the group has to share and others of it want to learn."""

    topic: str = Field(description="the key of the topic")
    title: str
    from_school: str = Field(description="school id")
    to_schools: tuple[str, ...] = Field(description="school ids, in the order of the group")


class GroupSharing(Reply):
    """Who shares what with whom, the school's strongest topic first; how far apart the schools lie."""

    group_id: str
    shared: tuple[Shared, ...]
    nearest_km: float | None = Field(None, description="none: no two places are known")
    farthest_km: float | None = None


class ShowSharing(Query):
    """Who shares what with whom in a group, in what the schools of it may read."""

    service: ClassVar[str] = "matching"
    Reply: ClassVar[type[Reply]] = GroupSharing
    group_id: str
