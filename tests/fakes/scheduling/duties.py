"""Duties in memory."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from services.scheduling.domain.duties.records import Duty, PersonWeek, TickedWeek
from tests.fakes.memory import Memory


class MemoryDuties:
    def __init__(self, memory: Memory) -> None:
        self._duties, self._ticks, self._weeks = memory["duties"], memory["duty_ticks"], memory["duty_weeks"]

    async def claim(self, programme_id: str) -> None:
        """One transaction follows another here."""

    async def put(self, duties: Iterable[Duty]) -> None:
        self._duties.update({one.duty_id: one for one in duties})

    async def at_schools(self, programme_id: str, school_ids: Collection[str], year: int) -> list[Duty]:
        found = await self.of_programme(programme_id, year)
        return [one for one in found if one.school_id in school_ids]

    async def of_programme(
        self, programme_id: str, year: int, *, school_id: str = "", person_id: str = "", activity: str = "",
        without_day: bool = False,
    ) -> list[Duty]:  # fmt: skip
        return [
            one
            for one in self._ordered()
            if (one.programme_id, one.year) == (programme_id, year)
            and school_id in {"", one.school_id}
            and activity in {"", one.activity}
            and (not person_id or person_id in one.people)
            and (not without_day or one.gaps)
        ]

    async def of_people(self, person_ids: Collection[str], year: int) -> list[Duty]:
        return [one for one in self._ordered() if one.year == year and one.people & {*person_ids}]

    async def between(self, programme_id: str, first: dt.date, last: dt.date) -> list[Duty]:
        return [one for one in self._ordered() if one.programme_id == programme_id and one.within(first, last)]

    async def ticked(
        self, duty_ids: Collection[str], weeks: Collection[dt.date] = ()
    ) -> Mapping[tuple[str, dt.date], TickedWeek]:
        wanted = {*duty_ids}
        return {
            key: one for key, one in self._ticks.items() if key[0] in wanted and (not weeks or one.week in {*weeks})
        }

    async def put_ticked(self, weeks: Iterable[TickedWeek]) -> None:
        self._ticks.update({(one.duty_id, one.week): one for one in weeks})

    async def week(self, week_id: str) -> PersonWeek | None:
        return self._weeks.get(week_id)

    async def weeks(self, programme_id: str, monday: dt.date) -> list[PersonWeek]:
        found = sorted(self._weeks.values(), key=lambda one: one.week_id)
        return [one for one in found if (one.programme_id, one.monday) == (programme_id, monday)]

    async def put_weeks(self, weeks: Iterable[PersonWeek]) -> None:
        self._weeks.update({one.week_id: one for one in weeks})

    async def forget(self, person_id: str) -> None:
        for key, week in list(self._weeks.items()):
            if week.person_id == person_id:
                del self._weeks[key]
        for key, tick in list(self._ticks.items()):
            if tick.by == person_id:
                self._ticks[key] = tick.model_copy(update={"by": ""})
        await self.put([one.without(person_id) for one in self._duties.values()])

    def _ordered(self) -> list[Duty]:
        return sorted(self._duties.values(), key=lambda one: (one.school_id, one.activity, one.duty_id))
