"""What happens elsewhere and concerns courses: people change, the programme stands still, somebody is erased."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from services.scheduling.domain.sessions.records import Running
from services.scheduling.domain.visits.disruptions import POSTPONED
from services.scheduling.domain.visits.records import EventDecision
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.sessions.loading import programme_of, running_of
from services.scheduling.handlers.sessions.room import PLACES
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events import parties, polls
from shared.events import programme_states as states
from shared.events import programmes_parts as parts
from shared.events.programmes import PersonErased
from shared.template.kinds import SESSION

__all__ = ["Handler", "SessionFacts"]

Handler = Callable[..., Awaitable[None]]
AGENDA = "programme"
"""Why an invitation changes of which it is now known what happens on the day."""
SOON = dt.timedelta(minutes=1)
"""Changes come in bursts: a school with its people, a trust with its schools."""


class SessionFacts:
    """One method a kind of fact; each comes after the read model has taken the fact in."""

    def __init__(self, stores: Stores, events: CohortEvents) -> None:
        self._stores, self._events = stores, events

    def handlers(self) -> Mapping[type[Any], Handler]:
        """Event -> handler."""
        changes: tuple[type[Any], ...] = (
            parts.SchoolEnrolled, parts.EnrolmentAmended, parts.SchoolWithdrawn, parts.RoleTaken, parts.RoleLeft,
            parts.RelationDeclared, parts.RelationEnded, parties.PartyEnrolled, parties.PartyAmended,
            parties.PartyWithdrawn,
        )  # fmt: skip
        every: dict[type[Any], Handler] = dict.fromkeys(changes, self.changed)
        more: dict[type[Any], Handler] = {
            polls.ThemeChosen: self.themed,
            states.ProgrammePostponed: self.postponed,
            PersonErased: self.erased,
        }
        return {**every, **more}

    async def changed(self, event: Any, work: UnitOfWork) -> None:
        """Who is who in a programme has changed: places in its courses may have, too."""
        if await self._stores.courses.of_programme(event.programme_id):
            work.remind(PLACES, event.programme_id, work.now + SOON)

    async def themed(self, event: polls.ThemeChosen, work: UnitOfWork) -> None:
        """The next day of a course has a theme: everybody's invitation says it."""
        programme = await self._stores.engine.programme(event.programme_id)
        activity = programme.template.activity(event.activity) if programme else None
        if programme is None or activity is None or activity.kind != SESSION:
            return
        for course in await self._stores.courses.of_programme(event.programme_id):
            if course.activity == event.activity:
                await self._theme(await running_of(self._stores, programme, course, work.now), event.title, work)

    async def _theme(self, run: Running, theme: str, work: UnitOfWork) -> None:
        if run.to_come:
            sitting = run.to_come[0]
            title = f"{run.title(sitting.number)}: {theme}"
            decision = EventDecision(on=sitting.on, why=AGENDA, title=title, tell=True)
            await self._events.decide(sitting.first, decision, work)

    async def postponed(self, event: states.ProgrammePostponed, work: UnitOfWork) -> None:
        """The programme stands still: the days to come are cancelled, and planned anew when it goes on."""
        for course in await self._stores.courses.of_programme(event.programme_id):
            programme = await programme_of(self._stores, event.programme_id)
            run = await running_of(self._stores, programme, course, work.now)
            for sitting in run.to_come:
                await self._events.decide(sitting.first, EventDecision(on=None, why=POSTPONED), work)

    async def erased(self, event: PersonErased, _: UnitOfWork) -> None:
        """Forget the person."""
        await self._stores.courses.forget(event.person_id)
