"""Days that people agree, and calls: what is known of them from events. What a day is for stays with its owner."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class AgreedDay:
    """Days on offer to people until the deadline, who has answered, and the day that was settled."""

    agreement_id: str
    person_ids: tuple[str, ...]
    timezone: str
    state: Literal["offered", "refused", "agreed", "withdrawn"]
    offers: tuple[dt.date, ...] = ()
    deadline: dt.datetime | None = None
    answered: tuple[str, ...] = ()
    on: dt.date | None = None

    def open(self, now: dt.datetime) -> bool:
        """Whether it can be answered: no day is settled, and the deadline is to come."""
        return self.state in {"offered", "refused"} and self.deadline is not None and now < self.deadline

    def over(self, now: dt.datetime) -> bool:
        """Whether the settled day has passed where it takes place."""
        return self.on is not None and self.on < now.astimezone(ZoneInfo(self.timezone)).date()


@dataclass(frozen=True)
class CallOffer:
    """Somebody is asked to choose a time for a call with the host."""

    offer_id: str
    host_id: str
    person_id: str
    minutes: int


@dataclass(frozen=True)
class Call:
    """A call in local time; `offer_id`: the invitation for which it was chosen."""

    call_id: str
    person_ids: tuple[str, ...]
    on: dt.date
    starts: dt.time
    minutes: int
    timezone: str
    state: Literal["booked", "cancelled"]
    offer_id: str | None = None

    @property
    def ends(self) -> dt.datetime:
        """When it ends (aware, local)."""
        zone = ZoneInfo(self.timezone)
        begins = dt.datetime.combine(self.on, self.starts, zone).astimezone(dt.UTC)
        return (begins + dt.timedelta(minutes=self.minutes)).astimezone(zone)

    def over(self, now: dt.datetime) -> bool:
        """Whether its time has passed."""
        return now >= self.ends


@dataclass(frozen=True)
class AgreedVisit:
    """A visit or meeting on a day that people have agreed, in local time. `person_ids`: who is invited to it."""

    visit_id: str
    programme_id: str
    activity: str
    host_school_id: str
    person_ids: tuple[str, ...]
    on: dt.date
    starts: dt.time
    ends: dt.time
    timezone: str
    state: Literal["agreed", "held", "cancelled"]

    def over(self, now: dt.datetime) -> bool:
        """Whether its time has passed where it takes place."""
        return now >= dt.datetime.combine(self.on, self.ends, ZoneInfo(self.timezone))


def still_open(offers: Iterable[CallOffer], booked: Iterable[Call]) -> list[CallOffer]:
    """The offers for which no call is booked; after a cancelled one another time can be chosen."""
    chosen = {call.offer_id for call in booked}
    return [offer for offer in offers if offer.offer_id not in chosen]
