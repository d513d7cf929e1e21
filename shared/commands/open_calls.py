"""What may be asked of `scheduling` about the call that anybody books on a programme's public page.

Its template declares it (`kind: call`): who offers times, and how long it takes. Whoever books takes no part yet.
"""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from shared.commands.base import Command, Query, Reply
from shared.commands.scheduling_dates import CallRow, PersonId, SlotRow


class OpenSlots(Reply):
    """The call of a programme with the times that are left, of everybody who offers any."""

    programme_id: str
    activity: str
    title: str
    purpose: str
    minutes: int
    asks: str = Field(description="the form whose questions are answered with it")
    timezone: str
    total: int
    slots: tuple[SlotRow, ...]


class ShowOpenSlots(Query):
    """When a call can still be booked. Rejected("no-open-call") where the programme has none."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = OpenSlots
    programme_id: str
    limit: int = Field(60, ge=1, le=1000)


class BookOpenCall(Command):
    """Somebody books a call with whoever is free then. Refused where nobody is, or a call of theirs stands."""

    service: ClassVar[str] = "scheduling"
    programme_id: str
    person_id: PersonId
    start: AwareDatetime = Field(description="on a full five minutes")


class GiveUpCall(Command):
    """Somebody in a call cannot come: it does not take place, and whoever chose its time can choose another."""

    service: ClassVar[str] = "scheduling"
    call_id: str
    person_id: PersonId


class CallShown(CallRow):
    """A call for somebody who is in it. `offer_id`: by which another time is chosen; `chooser_id`: who may."""

    offer_id: str = ""
    chooser_id: str = ""
    programme_id: str = Field("", description="the programme by whose public page it was booked, if it was")


class ShowCall(Query):
    """A call, for somebody who is in it; where another time was chosen since, the call at that time."""

    service: ClassVar[str] = "scheduling"
    Reply: ClassVar[type[Reply]] = CallShown
    call_id: str
    person_id: PersonId
