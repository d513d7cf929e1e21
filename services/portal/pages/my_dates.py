"""Days that a person agrees and calls, as their own page lists them: what is to be chosen, and what is settled."""

import asyncio
import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar
from zoneinfo import ZoneInfo

from services.portal.domain import words
from services.portal.domain.dates import AgreedDay, AgreedVisit, Call, CallOffer, still_open
from services.portal.domain.records import School
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.portal import Portal, Visitor
from shared.commands.scheduling_dates import (
    AgreementRows,
    CallOfferRow,
    CallOfferRows,
    ListCallOffers,
    SlotRow,
)
from shared.commands.scheduling_own import ListOwnAgreements

PATIENCE = 2.0
"""Seconds that the page waits for what it can do without."""
OTHER = "the other"
"""Somebody whose name is not known, or not any more."""
Order = tuple[dt.date, dt.time, str]


@dataclass(frozen=True)
class DayLine:
    """A day on offer or agreed. `asked`: this person has yet to answer; `on`: the day that was settled."""

    kind: ClassVar[str] = "agreed-day"
    day: AgreedDay
    whom: str
    about: str
    asked: bool
    others_asked: bool
    deadline: dt.datetime | None
    over: bool

    @property
    def order(self) -> Order:
        """Where it stands among other dates: the day, or the first on offer."""
        return self.day.on or min(self.day.offers, default=dt.date.max), dt.time.min, self.day.agreement_id


@dataclass(frozen=True)
class VisitLine:
    """A visit or meeting on an agreed day. `where`: the school that it is at."""

    kind: ClassVar[str] = "agreed-visit"
    visit: AgreedVisit
    title: str
    where: str
    whom: str
    over: bool

    @property
    def order(self) -> Order:
        """Where it stands among other dates."""
        return self.visit.on, self.visit.starts, self.visit.visit_id


@dataclass(frozen=True)
class CallLine:
    """A call. `target_id`: the invitation whose page shows it, "" for who did not choose it."""

    kind: ClassVar[str] = "call"
    call: Call
    whom: str
    target_id: str
    over: bool

    @property
    def order(self) -> Order:
        """Where it stands among other dates."""
        return self.call.on, self.call.starts, self.call.call_id


@dataclass(frozen=True)
class CallChoice:
    """A call for which a time is to be chosen. `left`: how many there are and the last of them, where that is known."""

    kind: ClassVar[str] = "call-offer"
    offer: CallOffer
    whom: str
    left: int | None = None
    until: SlotRow | None = None

    @property
    def order(self) -> Order:
        """Where it stands among other calls: by the last time that is left."""
        last = (self.until.on, self.until.starts) if self.until else (dt.date.max, dt.time.max)
        return *last, self.offer.offer_id


@dataclass(frozen=True)
class Dates:
    """What is to be chosen, the most pressing first, and what stands in between the other dates."""

    days_to_choose: tuple[DayLine, ...]
    calls_to_choose: tuple[CallChoice, ...]
    lines: tuple[DayLine | CallLine | VisitLine, ...]


async def dates_of(portal: Portal, visitor: Visitor) -> Dates:
    """Return a person's agreed days and calls; those that were withdrawn, cancelled or ran out are left out."""
    read, me = portal.read, visitor.person_id
    agreements, booked, asked, agreed = await asyncio.gather(
        read.dates.agreements_of(me), read.dates.calls_of(me), read.dates.call_offers_of(me),
        read.dates.agreed_visits_of(me),
    )  # fmt: skip
    days = [one for one in agreements if one.state == "agreed" or one.open(visitor.now)]
    calls = [one for one in booked if one.state == "booked"]
    visits = [one for one in agreed if one.state != "cancelled"]
    offers = still_open(asked, calls)
    everybody = chain.from_iterable(
        [*(one.person_ids for one in days), *(one.person_ids for one in calls), *(one.person_ids for one in visits)]
    )
    subjects, left, names = await asyncio.gather(
        _subjects(portal, visitor, days), _left(portal, visitor, offers),
        read.people.names([*everybody, *(one.host_id for one in offers)]),
    )  # fmt: skip
    lines = [_day(one, visitor, names, subjects.get(one.agreement_id, "")) for one in days]
    own = {one.offer_id for one in asked}
    return Dates(
        tuple(sorted((one for one in lines if one.asked), key=lambda one: (one.day.deadline, one.order))),
        tuple(sorted(_choices(offers, names, left), key=lambda one: one.order)),
        (
            *(one for one in lines if not one.asked),
            *(_call(one, visitor, names, own) for one in calls),
            *await _visits(portal, visits, visitor, names),
        ),
    )


def _day(day: AgreedDay, visitor: Visitor, names: Mapping[str, str], about: str) -> DayLine:
    me = visitor.person_id
    waiting = set(day.person_ids) - set(day.answered) if day.state == "offered" else set()
    return DayLine(
        day,
        _whom(day.person_ids, me, names),
        about,
        me in waiting,
        bool(waiting - {me}),
        day.deadline.astimezone(ZoneInfo(day.timezone)) if day.deadline else None,
        day.over(visitor.now),
    )


async def _visits(
    portal: Portal, visits: Sequence[AgreedVisit], visitor: Visitor, names: Mapping[str, str]
) -> list[VisitLine]:
    """Return them by programme; each programme and its schools are looked up once."""
    lines = []
    for programme_id in dict.fromkeys(one.programme_id for one in visits):
        programme = await portal.read.whole.get(programme_id)
        of_it = [one for one in visits if one.programme_id == programme_id]
        schools = await portal.read.schools.of_programme(programme_id, {one.host_school_id for one in of_it})
        hosts = {one.school_id: one for one in schools}
        lines += [_visit(one, visitor, names, programme, hosts.get(one.host_school_id)) for one in of_it]
    return lines


def _visit(
    visit: AgreedVisit, visitor: Visitor, names: Mapping[str, str], programme: WholeProgramme | None,
    host: School | None,
) -> VisitLine:  # fmt: skip
    activity = programme.template.activity(visit.activity) if programme else None
    return VisitLine(
        visit,
        activity.title if activity else "Visit",
        ", ".join(filter(None, (host.name, host.place))) if host else "",
        _whom(visit.person_ids, visitor.person_id, names),
        visit.over(visitor.now),
    )


def _call(call: Call, visitor: Visitor, names: Mapping[str, str], own: Container[str]) -> CallLine:
    target = call.offer_id if call.offer_id and call.offer_id in own else ""
    return CallLine(call, _whom(call.person_ids, visitor.person_id, names), target, call.over(visitor.now))


def _choices(
    offers: Sequence[CallOffer], names: Mapping[str, str], left: Mapping[str, CallOfferRow] | None
) -> Iterator[CallChoice]:
    """Leave out those for which no time is left, or none is to be chosen any more."""
    for offer in offers:
        whom = names.get(offer.host_id) or OTHER
        row = left.get(offer.offer_id) if left is not None else None
        if left is None:
            yield CallChoice(offer, whom)
        elif row is not None and row.total:
            yield CallChoice(offer, whom, row.total, row.until)


def _whom(person_ids: Sequence[str], me: str, names: Mapping[str, str]) -> str:
    return words.listed([names.get(one) or OTHER for one in person_ids if one != me])


async def _subjects(portal: Portal, visitor: Visitor, days: Sequence[AgreedDay]) -> dict[str, str]:
    """Return what each day is for, by agreement."""
    query = ListOwnAgreements(person_id=visitor.person_id, limit=500)
    found: AgreementRows | None = await portal.perhaps(query, visitor, within=PATIENCE) if days else None
    return {one.agreement_id: one.about for one in found.agreements} if found else {}


async def _left(portal: Portal, visitor: Visitor, offers: Sequence[CallOffer]) -> dict[str, CallOfferRow] | None:
    """Return the invitations that are open, by id; None where their owner does not say."""
    query = ListCallOffers(person_id=visitor.person_id, state="open", limit=500)
    found: CallOfferRows | None = await portal.perhaps(query, visitor, within=PATIENCE) if offers else None
    return {one.offer_id: one for one in found.offers} if found else None
