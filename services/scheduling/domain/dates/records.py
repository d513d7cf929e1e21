"""Agreed days, calls and offers of calls, as they are stored."""

import datetime as dt
from typing import Literal

from pydantic import Field

from services.scheduling.domain.dates.agreement import Agreement, Reply
from services.scheduling.domain.dates.booking import cells
from services.scheduling.domain.local_time import instant, local_date, local_time
from services.scheduling.domain.record import Record


class SaidRecord(Record):
    """What a person has said of one day on offer."""

    person_id: str
    on: dt.date
    answer: Reply


class NoteRecord(Record):
    """What a person has added to their answer."""

    person_id: str
    note: str


class AgreementRecord(Record):
    """Days on offer to people; `version` counts published events; answers publish none."""

    agreement_id: str
    people: tuple[str, ...]
    offers: tuple[dt.date, ...]
    deadline: dt.datetime
    said: tuple[SaidRecord, ...] = ()
    settled: dt.date | None = None
    withdrawn: bool = False
    version: int = 1
    about: str = ""
    notes: tuple[NoteRecord, ...] = ()

    @classmethod
    def of(cls, agreement_id: str, agreement: Agreement, version: int = 1) -> "AgreementRecord":
        """The record of an agreement."""
        return cls(
            agreement_id=agreement_id,
            people=agreement.people,
            offers=agreement.offers,
            deadline=agreement.deadline,
            said=tuple(
                SaidRecord(person_id=person, on=day, answer=answer)
                for person, days in agreement.replies.items()
                for day, answer in days.items()
            ),
            settled=agreement.settled,
            withdrawn=agreement.withdrawn,
            version=version,
            about=agreement.about,
            notes=tuple(NoteRecord(person_id=person, note=note) for person, note in agreement.notes.items()),
        )

    @property
    def agreement(self) -> Agreement:
        """The agreement that the rules read."""
        replies: dict[str, dict[dt.date, Reply]] = {}
        for one in self.said:
            replies.setdefault(one.person_id, {})[one.on] = one.answer
        return Agreement(
            self.people,
            self.offers,
            self.deadline,
            replies,
            settled=self.settled,
            withdrawn=self.withdrawn,
            about=self.about,
            notes={one.person_id: one.note for one in self.notes},
        )


class CallRecord(Record):
    """A call: local date and time with the zone, so that 9:00 stays 9:00 when the clocks change."""

    call_id: str
    people: tuple[str, ...]
    on: dt.date
    starts: dt.time
    minutes: int
    timezone: str
    state: Literal["booked", "cancelled"] = "booked"
    version: int = 1
    offer_id: str | None = None
    chosen_by: str | None = None
    programme_id: str | None = None

    @classmethod
    def at(cls, call_id: str, people: tuple[str, ...], start: dt.datetime, minutes: int, timezone: str) -> "CallRecord":
        """A call that begins at an instant; nobody is in it twice."""
        return cls(
            call_id=call_id,
            people=tuple(sorted(set(people))),
            on=local_date(start, timezone),
            starts=local_time(start, timezone),
            minutes=minutes,
            timezone=timezone,
        )

    @property
    def start(self) -> dt.datetime:
        """The instant (UTC) at which it begins."""
        return instant(self.on, self.starts, self.timezone)

    @property
    def cells(self) -> tuple[dt.datetime, ...]:
        """The instants at which its cells begin."""
        return cells(self.start, self.minutes)

    def standing(self, now: dt.datetime) -> Literal["booked", "over", "cancelled"]:
        """How it stands at an instant; over once its time has passed."""
        ended = now >= self.start + dt.timedelta(minutes=self.minutes)
        return "over" if ended and self.state == "booked" else self.state


class CallOfferRecord(Record):
    """Somebody is asked to choose a time for a call with the host; `call_id`: the last that was booked for it."""

    offer_id: str
    host_id: str
    person_id: str
    minutes: int
    asked_at: dt.datetime | None = None
    call_id: str = ""
    programme_id: str = Field("", description="the programme by whose public page it was booked; empty: who was asked")
    activity: str = ""
