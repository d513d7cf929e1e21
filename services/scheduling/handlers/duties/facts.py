"""What happens elsewhere and concerns duties: who is who has changed, or a form shows that one was done."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.calendars.term_dates import school_year
from services.scheduling.domain.duties.showing import shown
from services.scheduling.handlers.duties.layout import DutyLayout, has_duties
from services.scheduling.handlers.duties.visits import DutyVisits, has_visits
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events import parties
from shared.events import programme_states as states
from shared.events import programmes_parts as parts
from shared.events.forms import FormAgreed, FormSubmitted
from shared.events.programmes import PersonErased

__all__ = ["DutyFacts", "Handler"]

Handler = Callable[..., Awaitable[None]]


class DutyFacts:
    """One method a kind of fact; each comes after the read model has taken the fact in."""

    def __init__(self, stores: Stores, layout: DutyLayout) -> None:
        self._stores, self._layout, self._visits = stores, layout, DutyVisits(stores)

    def handlers(self) -> Mapping[type[Any], Handler]:
        """Event -> handler."""
        changes: tuple[type[Any], ...] = (
            parts.ProgrammeOpened, parts.SchoolEnrolled, parts.EnrolmentAmended, parts.SchoolWithdrawn,
            parts.RoleTaken, parts.RoleLeft, parts.RelationDeclared, parts.RelationEnded, states.ProgrammeResumed,
            parties.PartyEnrolled, parties.PartyAmended, parties.PartyWithdrawn, parties.SchoolCategorised,
        )  # fmt: skip
        every: dict[type[Any], Handler] = dict.fromkeys(changes, self.changed)
        every[states.ProgrammePostponed] = self.postponed
        return {**every, FormSubmitted: self.written, FormAgreed: self.written, PersonErased: self.erased}

    async def changed(self, event: Any, work: UnitOfWork) -> None:
        """Who is who in a programme has changed: its duties are laid out anew."""
        await self._layout.due(event.programme_id, work)

    async def postponed(self, event: states.ProgrammePostponed, work: UnitOfWork) -> None:
        """The programme stands still: visits to come are called off, and invited to anew when it goes on."""
        programme = await self._stores.engine.programme(event.programme_id)
        if programme is not None and has_visits(programme):
            years = range(programme.year, programme.year + programme.template.clock.years)
            duties = [one for year in years for one in await self._stores.duties.of_programme(event.programme_id, year)]
            await self._visits.stop([one for one in duties if one.visits], event.on, work)

    async def erased(self, event: PersonErased, _: UnitOfWork) -> None:
        """Forget the person."""
        await self._stores.duties.forget(event.person_id)

    async def written(self, event: FormSubmitted | FormAgreed, work: UnitOfWork) -> None:
        """An entry about a school counts for its duty: once it is agreed to, where somebody agrees."""
        programme = await self._stores.engine.programme(event.programme_id)
        if programme is not None and has_duties(programme):
            await self._shown(event, programme, work)

    async def _shown(self, event: FormSubmitted | FormAgreed, programme: EngineProgramme, work: UnitOfWork) -> None:
        form = programme.template.form(event.form)
        keys = [one.key for one in programme.template.activities if one.form == event.form]
        if not form or event.about != "school" or bool(form.sign_off) != isinstance(event, FormAgreed):
            return
        today = programme.today(work.now)
        for key in keys:
            duties = await self._stores.duties.of_programme(
                programme.programme_id, school_year(today), school_id=event.about_id, activity=key
            )
            ticks = await self._stores.duties.ticked([one.duty_id for one in duties])
            said = [one for duty in duties if (one := shown(duty, ticks, today, event.person_id))]
            await self._stores.duties.put_ticked(said)
