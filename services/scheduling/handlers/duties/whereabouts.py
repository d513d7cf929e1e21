"""Says who is where on the days on which a duty found none."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.domain.duties.records import Duty
from services.scheduling.domain.duties.whereabouts import (
    CANNOT,
    PROMISED,
    Takes,
    by_duties,
    by_others,
    on_days,
)
from services.scheduling.domain.overview.dated import Dated
from services.scheduling.ports.stores import Stores
from shared.commands.duties import DutyElsewhere
from shared.commands.duty_words import whereabouts

__all__ = ["Whereabouts", "days_between", "in_roles"]

Found = tuple[DutyElsewhere, ...]


class Whereabouts:
    """What is known of some people and days, loaded once."""

    def __init__(self, taken: Sequence[Takes], duties: Sequence[Duty], titles: Mapping[tuple[str, str], str],
                 schools: Mapping[tuple[str, str], str]) -> None:  # fmt: skip
        self._taken, self._duties, self._titles, self._schools = taken, duties, titles, schools

    @classmethod
    async def on(
        cls, stores: Stores, people: Collection[str], days: Collection[dt.date], now: dt.datetime
    ) -> "Whereabouts":
        """Load what takes these days from these people, in all programmes."""
        if not people or not days:
            return cls((), (), {}, {})
        first, last = min(days), max(days)
        taken = [*_by_dates(await stores.programme_dates.of_people(people, first, last), people)]
        for held in (await stores.agreements.held(people, now), await stores.arrangements.taken(people, now)):
            taken += by_others(held, PROMISED)
        taken += by_others(await stores.days_off.ruled_out(people), CANNOT)
        duties = [
            one
            for year in range(school_year(first), school_year(last) + 1)
            for one in await stores.duties.of_people(people, year)
        ]
        titles, schools = await _names(stores, [*taken, *by_duties(duties, people, "")])
        return cls(taken, duties, titles, schools)

    def of(self, duty: Duty, days: Collection[dt.date]) -> Found:
        """Who of those whose duty it is has what on these days."""
        people = duty.people_on(max(days))
        every = [*self._taken, *by_duties(self._duties, people, duty.duty_id)]
        found = on_days(every, days, people, duty.school_id)
        return tuple(DutyElsewhere(person_id=one.person_id, what=self._said(one), days=count) for one, count in found)

    def _said(self, one: Takes) -> str:
        if one.title:
            return one.title
        title = self._titles.get((one.programme_id, one.activity), one.activity).rstrip(".")
        school = self._schools.get((one.programme_id, one.school_id), "")
        return f"{title}, {school}" if school else title


def _by_dates(dates: Iterable[Dated], people: Collection[str]) -> Iterator[Takes]:
    """Visits and events to which people are invited."""
    for one in dates:
        for person in one.people:
            if person in people:
                school = "" if one.title else one.host_school_id
                yield Takes(person, one.on, one.programme_id, one.activity, school, one.title)


async def _names(
    stores: Stores, taken: Iterable[Takes]
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    titles, schools, at = dict[tuple[str, str], str](), dict[tuple[str, str], str](), dict[str, set[str]]()
    for one in taken:
        if one.activity and not one.title:
            at.setdefault(one.programme_id, set()).add(one.school_id)
    for programme_id, ids in at.items():
        programme = await stores.engine.programme(programme_id)
        for activity in programme.template.activities if programme else ():
            titles[programme_id, activity.key] = activity.title
        for school_id, school in (await stores.engine.schools(programme_id, ids - {""})).items():
            schools[programme_id, school_id] = school.name
    return titles, schools


def days_between(first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """The days from Monday to Friday between these two, both included."""
    every = (first + dt.timedelta(days=one) for one in range((last - first).days + 1))
    return frozenset(day for day in every if day.weekday() < 5)


def in_roles(found: Found, programme: EngineProgramme, roles: Mapping[str, str]) -> str:
    """The same in a sentence that names nobody, for events and refusals: `roles` says who holds which."""
    titles = {one.key: one.title or one.key.replace("-", " ") for one in programme.template.roles}
    said = {person: f"the {titles.get(role, role)}" for person, role in roles.items()}
    return whereabouts(found, said)
