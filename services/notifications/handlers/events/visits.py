"""Visits: invitations and their changes to those affected and nobody else, what to prepare, what to do afterwards."""

from typing import Literal

from services.notifications.domain import completions, targets
from services.notifications.domain.details import Change
from services.notifications.domain.recipients import Cast
from services.notifications.domain.targets import Concerned, Target
from services.notifications.handlers.mailings import Mailings, Occasion
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling import (
    VisitBriefDue,
    VisitBriefWritten,
    VisitCancelled,
    VisitChanged,
    VisitDayEnded,
    VisitHeld,
    VisitMoved,
    VisitScheduled,
)

VisitEvent = VisitScheduled | VisitMoved | VisitChanged | VisitCancelled


class Visits:
    """Mails about visits."""

    def __init__(self, mailings: Mailings) -> None:
        self._mailings = mailings

    async def scheduled(self, event: VisitScheduled, work: UnitOfWork) -> None:
        """Invite everybody who comes, and tell the host."""
        await self._announce(event, work, "scheduled", Change())

    async def moved(self, event: VisitMoved, work: UnitOfWork) -> None:
        """Send the new date; who is no longer needed gets a cancellation."""
        await self._announce(event, work, "scheduled", Change(moved_from=event.moved_from, why=event.why))

    async def changed(self, event: VisitChanged, work: UnitOfWork) -> None:
        """Write to who joined or left; to everybody only if the hours differ."""
        before = (await self._mailings.targets.find([event.visit_id])).get(event.visit_id)
        after = targets.of_visit(event, event.version)
        people = targets.affected_by_change(before, after, event.joined, event.left)
        cast: Cast = {
            "attendees": [person for person in people if person.role != "facilitator"],
            "facilitator": [person for person in people if person.role == "facilitator"],
        }
        if not targets.same_time(before, after):
            cast = {**cast, "host": await self._host(after)}
        await self._announce(event, work, "scheduled", Change(why=event.why), cast)

    async def cancelled(self, event: VisitCancelled, work: UnitOfWork) -> None:
        """Take it out of everybody's calendar."""
        await self._announce(event, work, "cancelled", Change(why=event.why))

    async def _announce(
        self,
        event: VisitEvent,
        work: UnitOfWork,
        state: Literal["scheduled", "cancelled"],
        change: Change,
        cast: Cast | None = None,
    ) -> None:
        before = (await self._mailings.targets.find([event.visit_id])).get(event.visit_id)
        if before is not None and before.version >= event.version:
            return
        after = targets.of_visit(event, event.version, state)
        await self._mailings.targets.put(after)
        programme = await self._mailings.programme(event.programme_id)
        occasion = Occasion(
            type(event).__name__, event.visit_id, event.version, refs_of(after), change, sequence=event.sequence
        )
        await self._mailings.queue(work, programme, occasion, cast or await self._everybody(before, after))

    async def _everybody(self, before: Target | None, after: Target) -> Cast:
        people = [*targets.invited(after), *targets.no_longer_invited(before, after)]
        return {
            "attendees": [person for person in people if person.role != "facilitator"],
            "facilitator": [person for person in people if person.role == "facilitator"],
            "host": await self._host(after),
        }

    async def _host(self, visit: Target) -> list[Concerned]:
        return await self._mailings.school_people(visit.programme_id, [visit.host_school_id or ""])

    async def brief_written(self, event: VisitBriefWritten, work: UnitOfWork) -> None:
        """Send the brief to who comes from elsewhere: the first one, and later ones that change how to get in."""
        written_before = bool(await self._mailings.completions.find([completions.brief(event.visit_id)]))
        await self._mailings.completions.put(completions.brief(event.visit_id))
        visit = (await self._mailings.targets.find([event.visit_id])).get(event.visit_id)
        if visit is None or visit.state != "scheduled":
            return
        visit = visit.model_copy(update={"sequence": max(visit.sequence, event.sequence)})
        await self._mailings.targets.put(visit)
        if written_before and not event.notes_changed:
            return
        guests = [person for person in targets.invited(visit) if person.school_id != visit.host_school_id]
        programme = await self._mailings.programme(event.programme_id)
        occasion = Occasion("VisitBriefWritten", event.visit_id, event.version, refs_of(visit), sequence=visit.sequence)
        cast: Cast = {
            "attendees": [person for person in guests if person.role != "facilitator"],
            "facilitator": [person for person in guests if person.role == "facilitator"],
        }
        await self._mailings.queue(work, programme, occasion, cast)

    async def brief_due(self, event: VisitBriefDue, work: UnitOfWork) -> None:
        """Remind the host."""
        visit = (await self._mailings.targets.find([event.visit_id])).get(event.visit_id)
        if visit is not None:
            await self._after(work, "VisitBriefDue", event.version, visit, {"host": await self._host(visit)})

    async def day_ended(self, event: VisitDayEnded, work: UnitOfWork) -> None:
        """Ask the facilitator who came."""
        visit = (await self._mailings.targets.find([event.visit_id])).get(event.visit_id)
        if visit is not None:
            leads = [Concerned(event.facilitator_id, "facilitator")] if event.facilitator_id else []
            await self._after(work, "VisitDayEnded", event.version, visit, {"facilitator": leads})

    async def held(self, event: VisitHeld, work: UnitOfWork) -> None:
        """Ask the facilitator for the appraisal and those present what they take home."""
        visit = (await self._mailings.targets.find([event.visit_id])).get(event.visit_id)
        if visit is None:
            return
        await self._mailings.targets.put(visit.model_copy(update={"state": "held", "version": event.version}))
        leads = [Concerned(event.facilitator_id, "facilitator")] if event.facilitator_id else []
        present = [
            Concerned(each.person_id, each.role, each.school_id, stands_in=each.substitute_for is not None)
            for each in event.present
        ]
        await self._after(work, "VisitHeld", event.version, visit, {"facilitator": leads, "present": present})

    async def _after(self, work: UnitOfWork, name: str, version: int, visit: Target, cast: Cast) -> None:
        programme = await self._mailings.programme(visit.programme_id)
        await self._mailings.queue(work, programme, Occasion(name, visit.target_id, version, refs_of(visit)), cast)


def refs_of(target: Target) -> dict[str, str]:
    """Return the ids that mails about a visit or event need."""
    refs = {"target": target.target_id, "target_kind": target.kind, "cohort": target.cohort_id}
    return {**refs, "group": target.group_id} if target.group_id else refs
