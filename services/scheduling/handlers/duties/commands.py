"""Ticking off."""

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.domain.duties.records import monday
from services.scheduling.domain.duties.ticking import theirs, ticked
from services.scheduling.domain.duties.weeks import paused, school_week
from services.scheduling.domain.ids import duty_week_id
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.duties import TickDuties
from shared.errors import Rejected

__all__ = ["DutyCommands", "programme_of"]


async def programme_of(stores: Stores, programme_id: str) -> EngineProgramme:
    """A programme. Raises Rejected("unknown-programme")."""
    found = await stores.engine.programme(programme_id)
    if found is None:
        raise Rejected("unknown-programme", "There is no such programme with duties.")
    return found


class DutyCommands:
    """One method a command."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def tick(self, command: TickDuties, work: UnitOfWork) -> Done:
        """Somebody's duties of a week are done, except some."""
        programme, stores = await programme_of(self._stores, command.programme_id), self._stores.duties
        week = monday(command.week)
        duties = await stores.of_programme(command.programme_id, school_year(week), person_id=command.person_id)
        skipped = [day for day in school_week(week) if paused(day, programme.pauses)]
        own = theirs(duties, command.person_id, week, skipped)
        known = await stores.week(duty_week_id(command.programme_id, command.person_id, week.isoformat()))
        before = await stores.ticked({*own.days, *own.as_needed}, [week])
        not_done = [(one.duty_id, one.on) for one in command.not_done]
        today = programme.today(work.now)
        found = ticked(own, known, today, before=before, not_done=not_done, also=command.also)
        await stores.put_ticked(found.weeks)
        await stores.put_weeks([found.person_week])
        work.publish(found.event)
        sentence = f"{found.event.done} done" + (f", {found.event.not_done} not done." if not_done else ".")
        return Done(id=found.person_week.week_id, version=found.person_week.version, sentence=sentence)
