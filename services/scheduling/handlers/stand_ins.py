"""The coordinator lets somebody stand in for an invited person, for one date."""

import datetime as dt
from dataclasses import dataclass

from services.scheduling.domain.agreed import changes
from services.scheduling.domain.agreed.records import Arrangement
from services.scheduling.domain.ids import AGREED_DAY
from services.scheduling.domain.stand_ins import must_be_of_the_place, place_of, whose
from services.scheduling.domain.visits.day_decisions import decide_substitute, must_be_free
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.handlers.agreed.commands import found_with
from services.scheduling.handlers.agreed.loading import Arranging
from services.scheduling.handlers.loading.cohorts import engaged, programme_of
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import AllowSubstitute
from shared.events.agreed_visits import Invited
from shared.events.scheduling_parts import Attendee

__all__ = ["StandIns"]


@dataclass(frozen=True, slots=True)
class _Dated:
    """When and at which school it is."""

    programme_id: str
    on: dt.date
    host: str


class StandIns:
    """One command for everything dated to which people are invited by name."""

    def __init__(self, stores: Stores, arranging: Arranging) -> None:
        self._stores, self._arranging = stores, arranging

    async def allow(self, command: AllowSubstitute, work: UnitOfWork) -> Done:
        """Somebody of the same school, who is free that day, comes in place of an invited person."""
        if command.visit_id.startswith(AGREED_DAY):
            return await self._at_agreed_day(await found_with(self._stores, command.visit_id), command, work)
        return await self._at_visit(await self._stores.visits.visit(command.visit_id), command, work)

    async def _at_visit(self, record: VisitRecord, command: AllowSubstitute, work: UnitOfWork) -> Done:
        visit = record.visit
        decision = decide_substitute(record, command.person_id, command.substitute_id)
        place = place_of(visit.attendees, command.person_id)
        dated = _Dated(visit.programme_id, visit.on, visit.host_school_id)
        await self._must_fit(place, command.substitute_id, dated, work.now)
        await self._stores.visits.put(decision.records)
        programme = await programme_of(self._stores.programmes, visit.programme_id)
        for event in decision.events:
            work.publish(programme.spoken(event))
        return Done(id=visit.visit_id, version=decision.record.version, sentence=decision.sentence)

    async def _at_agreed_day(self, record: Arrangement, command: AllowSubstitute, work: UnitOfWork) -> Done:
        setting = await self._arranging.setting(record, work.now)
        decision = changes.stand_in(record, command.visit_id, command.person_id, command.substitute_id, setting)
        day = record.visit(command.visit_id)
        assert day is not None, "the decision refuses a day that is not there"
        place = place_of(day.attendees, command.person_id)
        dated = _Dated(record.programme_id, day.on, record.host_school_id)
        await self._must_fit(place, command.substitute_id, dated, work.now)
        await self._arranging.keep(decision, record, work)
        return Done(id=command.visit_id, version=day.version + 1, sentence=decision.sentence)

    async def _must_fit(self, place: Attendee | Invited, substitute_id: str, dated: _Dated, now: dt.datetime) -> None:
        """Raise Rejected where the substitute is of another school, or is somewhere else that day."""
        roster = self._stores.roster
        if substitute_id != whose(place):
            must_be_of_the_place(
                place,
                await roster.of_person(dated.programme_id, whose(place)),
                await roster.of_person(dated.programme_id, substitute_id),
                await roster.parties(dated.programme_id),
                dated.on,
            )
        must_be_free(substitute_id, await self._elsewhere([substitute_id], dated, now))

    async def _elsewhere(self, people: list[str], dated: _Dated, now: dt.datetime) -> set[str]:
        """Those of these people whom something else has that day; days agreed at the same school are no hindrance."""
        away = await engaged(self._stores, people, OF_ALL_COHORTS, now, arranged=False)
        off = await self._stores.days_off.ruled_out(people)
        agreed = await self._stores.arrangements.taken(people, now)
        taken = {one for days in (away, off) for one in people if dated.on in days.get(one, ())}
        return taken | {one for one in people if agreed.get(one, {}).get(dated.on, dated.host) != dated.host}
