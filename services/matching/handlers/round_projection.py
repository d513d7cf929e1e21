"""Keeps what programmes and reporting publish for rounds; what changes a published round is acted on at once.

All of it comes through one durable, so that a round is closed after everything that was published before.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from services.matching.domain.rounds.decisions import closes, hand_over
from services.matching.domain.rounds.offering import settle
from services.matching.domain.rounds.pausing import pause, resume, successors
from services.matching.domain.rounds.records import EngineProgramme, EntryRecord, SchoolRecord
from services.matching.domain.rounds.standing import Standing
from services.matching.handlers.rounds import RoundLoader
from services.matching.ports.rounds import RoundStores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.base import Event
from shared.events.forms import EntryWithdrawn, FormAgreed
from shared.events.programme_states import (
    ProgrammeArchived,
    ProgrammeCompleted,
    ProgrammePostponed,
    ProgrammeResumed,
)
from shared.events.programmes_parts import (
    EnrolmentAmended,
    MomentReached,
    ProgrammeOpened,
    RoleLeft,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.roster import Membership, RosterProjection
from shared.template.resolving import Needed

__all__ = ["RoundProjection", "local_day"]

StateEvent = ProgrammePostponed | ProgrammeResumed | ProgrammeCompleted | ProgrammeArchived


def local_day(programme: EngineProgramme, now: dt.datetime) -> dt.date:
    """Today, where the programme takes place."""
    return now.astimezone(ZoneInfo(programme.template.timezone)).date()


class RoundProjection:
    """Handlers of facts. The newest fact wins, whatever the order of arrival."""

    def __init__(self, stores: RoundStores, loader: RoundLoader) -> None:
        self._stores = stores
        self._loader = loader
        self._roster = RosterProjection(stores.roster)

    async def opened(self, event: ProgrammeOpened, work: UnitOfWork) -> None:
        """A programme with its template."""
        known = await self._stores.programmes.get(event.programme_id)
        if known is None or known.version < event.version:
            await self._stores.programmes.put(EngineProgramme.model_validate(event.model_dump()))

    async def enrolled(self, event: SchoolEnrolled | EnrolmentAmended, work: UnitOfWork) -> None:
        """A school takes part."""
        known = await self._stores.schools.get(event.enrolment_id)
        if known is None or known.version < event.version:
            stated = event.model_dump(include={"enrolment_id", "programme_id", "version"})
            facts = event.school
            known_place = facts.easting is not None and facts.northing is not None
            place = (facts.easting, facts.northing) if known_place else None
            known_facts = facts.model_dump(include={"school_id", "name", "phase", "pupils"})
            await self._stores.schools.put(SchoolRecord.model_validate({**stated, **known_facts, "place": place}))

    async def withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school has left: its placements end, and what they leave free is offered."""
        known = await self._stores.schools.get(event.enrolment_id)
        if known is None:
            raise NotYet(f"The enrolment {event.enrolment_id} is not known yet.")
        if known.version < event.version:
            await self._stores.schools.put(known.model_copy(update={"withdrawn": True, "version": event.version}))
            await self._settle(event.programme_id, "", work)

    async def agreed(self, event: FormAgreed, work: UnitOfWork) -> None:
        """An entry counts, as it says now."""
        known = await self._stores.entries.get(event.entry_id)
        if known is None or known.version < event.version:
            since = known.since if known and known.since else work.now.isoformat()
            entry = {
                **event.model_dump(),
                "school_id": event.school_id or "",
                "since": since,
                "said": work.now.isoformat(),
            }
            await self._stores.entries.put(EntryRecord.model_validate(entry))
            await self._settle(event.programme_id, event.form, work)

    async def entry_withdrawn(self, event: EntryWithdrawn, work: UnitOfWork) -> None:
        """An entry counts no more; one that never counted is kept as such, in case it comes out of order."""
        known = await self._stores.entries.get(event.entry_id)
        if known is None or known.version < event.version:
            before = known.model_dump() if known else {}
            stated = {**event.model_dump(), "school_id": event.school_id or ""}
            entry = EntryRecord.model_validate({**before, **stated, "withdrawn": True})
            await self._stores.entries.put(entry)
            await self._settle(event.programme_id, event.form, work)

    async def role_left(self, event: RoleLeft, work: UnitOfWork) -> None:
        """Somebody has a role no longer: whoever follows them goes on with their placement."""
        await self._roster.left(event, work)
        programme = await self._stores.programmes.get(event.programme_id)
        if programme and programme.still:
            return
        matches = await self._stores.matches.of_person(event.programme_id, event.person_id)
        for key in {match.round for match in matches if match.role == event.role}:
            of = programme.round(key) if programme else None
            if programme and of:
                record = await self._loader.record(event.programme_id, key)
                standing = await self._loader.standing(programme, of, record)
                today = local_day(programme, work.now)
                decision = hand_over(standing, event.person_id, event.successor_id, today)
                await self._loader.save(programme, decision, work)

    async def moment(self, event: MomentReached, work: UnitOfWork) -> None:
        """A moment of the clock; the ends of windows close rounds."""
        programme = await self._stores.programmes.get(event.programme_id)
        if programme is None or event.state != "closes":
            return
        for of in programme.rounds():
            record = await self._loader.record(event.programme_id, of.key)
            decision = closes(record, programme.template, of, event.moment)
            await self._loader.save(programme, decision, work)

    def states(self) -> dict[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler, of how the programme stands."""
        return {
            ProgrammePostponed: self.postponed,
            ProgrammeCompleted: self.postponed,
            ProgrammeArchived: self.postponed,
            ProgrammeResumed: self.resumed,
        }

    async def postponed(
        self, event: ProgrammePostponed | ProgrammeCompleted | ProgrammeArchived, work: UnitOfWork
    ) -> None:
        """The programme stands still, or is over: offers fall away, and nothing is decided until it goes on."""
        programme = await self._stands(event)
        for of in programme.rounds() if programme else ():
            assert programme is not None
            standing = await self._loader.standing(programme, of, await self._loader.record(event.programme_id, of.key))
            await self._loader.save(programme, pause(standing), work)

    async def resumed(self, event: ProgrammeResumed, work: UnitOfWork) -> None:
        """The programme goes on: leavers' places are handed over, and what is free is offered."""
        programme = await self._stands(event)
        for of in programme.rounds() if programme else ():
            assert programme is not None
            standing = await self._loader.standing(programme, of, await self._loader.record(event.programme_id, of.key))
            today = local_day(programme, work.now)
            left = successors(standing, await self._members(event.programme_id, standing), today)
            await self._loader.save(programme, resume(standing, left, today), work)

    async def _stands(self, event: StateEvent) -> EngineProgramme | None:
        """Keep how the programme stands; None for what is known already. Raises NotYet before it was opened."""
        programme = await self._stores.programmes.get(event.programme_id)
        if programme is None:
            raise NotYet(f"The programme {event.programme_id} is not known yet.")
        if programme.version >= event.version:
            return None
        after = programme.model_copy(update={"state": event.state, "version": event.version})
        await self._stores.programmes.put(after)
        return after

    async def _members(self, programme_id: str, standing: Standing) -> list[Membership]:
        """Everybody who holds, or held, a role at a school whose people are placed."""
        schools = frozenset(match.school_id for match in standing.in_force)
        return await self._stores.roster.members(programme_id, Needed(school_ids=schools))

    async def _settle(self, programme_id: str, form: str, work: UnitOfWork) -> None:
        """Look again at the published rounds that an entry of this form is about; at all of them for a blank one."""
        programme = await self._stores.programmes.get(programme_id)
        if programme is None or programme.still:
            return
        for of in programme.rounds():
            declared = programme.template.form(form)
            about = {form, declared.about if declared else ""}
            record = await self._loader.record(programme_id, of.key)
            if record.state == "published" and (not form or about & {of.people, of.things}):
                standing = await self._loader.standing(programme, of, record)
                await self._loader.save(programme, settle(standing, local_day(programme, work.now)), work)
