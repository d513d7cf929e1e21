"""Days that people agree and calls: who is in them gets the days on offer, then what is settled for their calendar."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain import completions, targets
from services.notifications.domain.details import NOTHING, CallLength, Details, Offers
from services.notifications.domain.directory import Programme
from services.notifications.domain.programme_roles import concerned, shared_programme
from services.notifications.domain.routing import DATES
from services.notifications.domain.targets import Concerned, Target
from services.notifications.handlers.mailings import Mailings, Occasion
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling_dates import (
    CallBooked,
    CallCancelled,
    CallOffered,
    DatesAgreed,
    DatesOffered,
    DatesRefused,
    DatesWithdrawn,
)


@dataclass(frozen=True)
class _Met:
    """People with their part in the programme that they share, if they share one."""

    programme: Programme | None
    people: Sequence[Concerned]

    @property
    def programme_id(self) -> str:
        return self.programme.programme_id if self.programme else ""


class Dates:
    """Mails about agreed days and calls."""

    def __init__(self, mailings: Mailings) -> None:
        self._mailings = mailings

    async def offered(self, event: DatesOffered, work: UnitOfWork) -> None:
        """List the days on offer and ask for an answer."""
        about = await self._who(event.person_ids)
        offers = Offers(offers=event.offers, deadline=event.deadline, timezone=event.timezone)
        refs = _refs(event.agreement_id, "agreed-day", about.people)
        occasion = Occasion("DatesOffered", event.agreement_id, event.version, refs, offers)
        await self._mailings.queue(work, about.programme, occasion, {"asked": about.people}, DATES)

    async def refused(self, event: DatesRefused, work: UnitOfWork) -> None:
        """Tell the coordinator of the programme that they share, if they share one, that other days are needed."""
        about = await self._who(event.person_ids)
        if about.programme is None:
            return
        refs = {"target": event.agreement_id, "people": " ".join(event.person_ids)}
        occasion = Occasion("DatesRefused", event.agreement_id, event.version, refs)
        await self._mailings.queue(
            work, about.programme, occasion, {"coordinator": self._mailings.coordinator(about.programme)}, DATES
        )

    async def agreed(self, event: DatesAgreed | DatesWithdrawn, work: UnitOfWork) -> None:
        """Put the day into everybody's calendar, or take it out."""
        about = await self._who(event.person_ids)
        await self._mailings.completions.put(completions.settled(event.agreement_id))
        await self._announce(
            work, type(event).__name__, targets.of_agreement(event, about.people, about.programme_id), about
        )

    async def call_offered(self, event: CallOffered, work: UnitOfWork) -> None:
        """Ask somebody to choose a time for a call with the host."""
        about = await self._who((event.host_id, event.person_id))
        refs = {
            "target": event.offer_id, "target_kind": "call-offer", "people": f"{event.host_id} {event.person_id}",
        }  # fmt: skip
        occasion = Occasion("CallOffered", event.offer_id, event.version, refs, CallLength(minutes=event.minutes))
        asked = [person for person in about.people if person.person_id == event.person_id]
        await self._mailings.queue(work, about.programme, occasion, {"asked": asked}, DATES)

    async def call(self, event: CallBooked | CallCancelled, work: UnitOfWork) -> None:
        """Put a call into everybody's calendar, or take it out."""
        about = await self._who(event.person_ids)
        state: targets.State = "cancelled" if isinstance(event, CallCancelled) else "scheduled"
        target = targets.of_call(event, about.people, about.programme_id, event.version, state)
        await self._announce(work, type(event).__name__, target, about, CallLength(minutes=event.minutes))

    async def _announce(
        self,
        work: UnitOfWork,
        name: str,
        target: Target,
        about: _Met,
        details: Details = NOTHING,
    ) -> None:
        before = (await self._mailings.targets.find([target.target_id])).get(target.target_id)
        if before is not None and before.version >= target.version:
            return
        await self._mailings.targets.put(target)
        refs = _refs(target.target_id, target.kind, about.people)
        occasion = Occasion(name, target.target_id, target.version, refs, details, sequence=target.sequence)
        await self._mailings.queue(work, about.programme, occasion, {"attendees": about.people}, DATES)

    async def _who(self, person_ids: Sequence[str]) -> _Met:
        parts = await self._mailings.programmes.roles(person_ids)
        programmes = await self._mailings.programmes.find({part.programme_id for part in parts})
        programme = shared_programme(person_ids, parts, programmes.values())
        return _Met(programme, concerned(person_ids, parts, programme))


def _refs(target_id: str, kind: targets.Kind, people: Sequence[Concerned]) -> dict[str, str]:
    return {"target": target_id, "target_kind": kind, "people": " ".join(person.person_id for person in people)}
