"""Loads what decisions about agreed days are made from, saves and publishes what they come to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.scheduling.domain.agreed.records import Arrangement, EngineProgramme, Placement
from services.scheduling.domain.agreed.setting import ELSEWHERE, Setting, people_of, references, situation
from services.scheduling.domain.calendars.common_days import able, days_of
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.local_time import instant
from services.scheduling.handlers.loading.cohorts import engaged
from services.scheduling.handlers.loading.days import OF_ALL_COHORTS
from services.scheduling.planner.horizon import Horizon
from services.scheduling.ports.arrangements import Taken
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.forms import Told
from shared.roster import directory

__all__ = ["DAY_OVER", "Arranging"]

DAY_OVER = "agreed-day"
"""The reminder that the day of an agreed visit is over."""


class Arranging:
    """Arrangements with everything around them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def programme(self, programme_id: str) -> EngineProgramme:
        """A programme. Raises NotYet while its event has not arrived."""
        found = await self._stores.engine.programme(programme_id)
        if found is None:
            raise NotYet(f"Programme {programme_id} is not known yet.")
        return found

    async def placement(self, match_id: str) -> Placement:
        """A placement. Raises NotYet while its event has not arrived."""
        found = await self._stores.engine.placement(match_id)
        if found is None:
            raise NotYet(f"Placement {match_id} is not known yet.")
        return found

    async def answers(self, placement: Placement) -> Mapping[str, Mapping[str, Told]]:
        """Form -> the told answers of the entries that named the person and the thing."""
        named = [one for one in (placement.person_entry_id, placement.thing_entry_id) if one]
        return {one.form: one.answers for one in await self._stores.engine.answers(named)}

    async def setting(self, arrangement: Arrangement, now: dt.datetime) -> Setting:
        """The people and their days, for an arrangement. Raises NotYet while something about it has not arrived."""
        programme = await self.programme(arrangement.programme_id)
        placement = await self.placement(arrangement.match_id)
        setting = await self.people(programme, placement, arrangement.activity, now)
        if arrangement.opened is None or arrangement.first is None or arrangement.last is None:
            return setting
        ahead = (day for day in arrangement.visits if day.state == "published")
        people = {*(one.person_id for one in setting.invited), *(one for day in ahead for one in day.people)}
        taken = await self._taken(people, arrangement, now)
        days, holidays = await self._school_days(arrangement, setting.today)
        return replace(setting, school_days=days, bank_holidays=holidays, taken=taken)

    async def people(self, programme: EngineProgramme, placement: Placement, key: str, now: dt.datetime) -> Setting:
        """The people only, without their days."""
        activity = programme.template.activity(key)
        if activity is None:
            raise NotYet(f"The template of {programme.programme_id} has no activity {key}.")
        known = await directory(
            self._stores.roster,
            programme.programme_id,
            references(activity),
            programme.template,
            about=situation(programme, placement),
            on=programme.today(now),
        )
        answers = await self.answers(placement)
        parties, invited, writers = people_of(programme, activity, placement, known, answers)
        return Setting(
            programme=programme, activity=activity, parties=parties, invited=invited, writers=writers, now=now
        )

    async def keep(self, decision: Decision[Arrangement], before: Arrangement | None, work: UnitOfWork) -> None:
        """Save and publish; have each day end when it is over."""
        record = decision.record
        if record == before and not decision.events:
            return
        await self._stores.arrangements.put(record, work.now)
        for event in decision.events:
            work.publish(event)
        zone = (await self.programme(record.programme_id)).template.timezone
        was = {one.visit_id: one for one in before.visits} if before else {}
        for day in record.visits:
            if day == was.get(day.visit_id):
                continue
            if day.state == "published":
                work.remind(DAY_OVER, day.visit_id, instant(day.on, day.ends, zone))
            else:
                work.cancel_reminder(DAY_OVER, day.visit_id)

    async def _taken(self, people: Iterable[str], arrangement: Arrangement, now: dt.datetime) -> Taken:
        """Where these people are on which day, but for what this arrangement takes."""
        everybody = list(people)
        found = defaultdict[str, dict[dt.date, str]](dict)
        agreed = await self._stores.arrangements.taken(everybody, now, without=arrangement.arrangement_id)
        for person, places in agreed.items():
            found[person].update(places)
        away = [
            await engaged(self._stores, everybody, OF_ALL_COHORTS, now, arranged=False),
            await self._stores.days_off.ruled_out(everybody),
        ]
        for days_by_person in away:
            for person, days in days_by_person.items():
                found[person].update(dict.fromkeys(days, ELSEWHERE))
        return found

    async def _school_days(
        self, arrangement: Arrangement, today: dt.date
    ) -> tuple[tuple[dt.date, ...], frozenset[dt.date]]:
        """The days to come on which the host is open, within the window; and bank holidays."""
        stores = self._stores
        host = await stores.engine.school(arrangement.programme_id, arrangement.host_school_id)
        if host is None:
            raise NotYet(f"School {arrangement.host_school_id} is not known yet.")
        calendars = await stores.calendars.in_force([host.authority_code])
        closures = (await stores.days_off.closures([host.school_id])).get(host.school_id, [])
        first = max(arrangement.first or today, today + dt.timedelta(days=1))
        last = arrangement.last or today
        if last < first:
            return (), calendars.bank_holidays
        horizon = Horizon.over(first, last, calendars.bank_holidays)
        closed = {*closures, *days_of(host.dates_not_possible)}
        mask = able(horizon, [calendars.of(host.authority_code)], closed)
        return tuple(horizon.dates(mask)), calendars.bank_holidays
