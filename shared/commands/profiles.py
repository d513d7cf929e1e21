"""What may be asked of `programmes` about a school's profile: what its own people keep about it in a programme."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, Query, Reply
from shared.commands.programmes import TopicClaim
from shared.events.base import DateSpan


class TopicOffered(Reply):
    """A topic of the programme's list."""

    key: str
    title: str


class ProfileShown(Reply):
    """A school's profile for its own people, and what of it can still be changed.

    `version`: of what is shown; `kept_from`: the programme of an earlier year from which it is taken over.
    """

    programme: str
    urn: int
    school: str
    version: int = Field(description="0: the school is not enrolled yet")
    open: bool = Field(description="whether strengths and needs can be changed; days can be, in any case")
    until: dt.date | None = Field(None, description="the last day on which they can be, where that is known")
    kept_from: str = ""
    topics: tuple[TopicOffered, ...]
    strengths: tuple[TopicClaim, ...]
    needs: tuple[TopicClaim, ...]
    most_strengths: int = Field(description="0: the programme asks for none")
    least_strengths: int
    most_needs: int = Field(description="0: the programme asks for none")
    least_needs: int
    dates_not_possible: tuple[DateSpan, ...] = ()
    farthest_travel_km: float | None = Field(None, description="none: the programme does not ask, or there is no limit")
    asks_travel: bool = False
    people: tuple[str, ...] = Field((), description="who takes part or took part, with their role")


class ShowProfile(Query):
    """A school's profile as somebody sees it who takes part for it, or was asked; unknown for everybody else."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = ProfileShown
    programme_id: str
    school_id: str
    person_id: str


class ChangeProfile(Command):
    """Somebody changes their own school's profile; what is left out stays. A school that comes back is enrolled.

    `version`: of the profile that they saw. Refused where it has changed since.
    """

    service: ClassVar[str] = "programmes"
    programme_id: str
    urn: int
    person_id: str
    version: int = Field(ge=0)
    strengths: tuple[TopicClaim, ...] | None = None
    needs: tuple[TopicClaim, ...] | None = None
    dates_not_possible: tuple[DateSpan, ...] | None = None
    farthest_travel_km: float | None = Field(None, gt=0, le=1000, description="none: as it stands")
