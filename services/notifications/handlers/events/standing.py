"""How a programme stands: kept, because nothing goes out while it stands still, and told to everybody once."""

from collections.abc import Awaitable, Callable

from services.notifications.domain.decisions import programme_news
from services.notifications.domain.decisions.programme_news import StandingRecords
from services.notifications.domain.directory import Programme
from services.notifications.domain.template_mails.people import recipient
from services.notifications.handlers.records import Records
from services.notifications.ports import Enrolments, Targets
from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from shared.events.participation import ParticipationAsked
from shared.events.parties import LineHandedOver
from shared.events.polls import ThemeChosen
from shared.events.programme_states import (
    ProgrammeArchived,
    ProgrammeCompleted,
    ProgrammePostponed,
    ProgrammeResumed,
)
from shared.roster import Roster

__all__ = ["Standing"]

StateEvent = ProgrammePostponed | ProgrammeResumed | ProgrammeCompleted | ProgrammeArchived


class Standing:
    """One method an event."""

    def __init__(self, records: Records, enrolments: Enrolments, targets: Targets, roster: Roster) -> None:
        self._roster = roster
        self._records = records
        self._enrolments = enrolments
        self._targets = targets

    def handlers(self) -> dict[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler."""
        return {
            ProgrammePostponed: self.postponed,
            ProgrammeResumed: self.resumed,
            ProgrammeCompleted: self.ended,
            ProgrammeArchived: self.ended,
            ParticipationAsked: self.asked,
            LineHandedOver: self.handed_over,
            ThemeChosen: self.themed,
        }

    async def postponed(self, event: ProgrammePostponed, work: UnitOfWork) -> None:
        """Everybody hears of it once, with the dates that fall away."""
        programme = await self._kept(event)
        if programme is not None:
            ahead = await self._targets.ahead(event.programme_id, event.on)
            people = await self._records.school_people(event.programme_id, None)
            records = StandingRecords(programme, people, ahead)
            await self._records.save(programme_news.postponed(records, event, work.now), work)

    async def resumed(self, event: ProgrammeResumed, work: UnitOfWork) -> None:
        """Everybody hears that it goes on."""
        programme = await self._kept(event)
        if programme is not None:
            people = await self._records.school_people(event.programme_id, None)
            records = StandingRecords(programme, people)
            await self._records.save(programme_news.resumed(records, event, work.now), work)

    async def ended(self, event: ProgrammeCompleted | ProgrammeArchived, work: UnitOfWork) -> None:
        """Only kept."""
        await self._kept(event)

    async def asked(self, event: ParticipationAsked, work: UnitOfWork) -> None:
        """Ask whether a school takes part."""
        programme = await self._records.programme(event.programme_id)
        await self._records.save(programme_news.asked(programme, event, work.now), work)

    async def themed(self, event: ThemeChosen, work: UnitOfWork) -> None:
        """Keep the theme of an activity: its invitations say it from now on."""
        known = await self._records.programme(event.programme_id)
        if event.activity:
            themes = {**known.themes, event.activity: event.title}
            await self._enrolments.put_programme(known.model_copy(update={"themes": themes}))
            self._records.renew(event.programme_id)

    async def handed_over(self, event: LineHandedOver, work: UnitOfWork) -> None:
        """Somebody stands in relations in another's place: whoever it concerns hears of it once."""
        programme = await self._records.programme(event.programme_id)
        people = [
            recipient(one, programme, await self._roster.of_person(event.programme_id, one))
            for one in dict.fromkeys((event.successor, *event.person_ids))
        ]
        await self._records.save(programme_news.handed_over(people, event, work.now), work)

    async def _kept(self, event: StateEvent) -> Programme | None:
        """Keep how it stands; None for what is older than what is known."""
        before = await self._records.programme(event.programme_id)
        if before.version >= event.version:
            return None
        after = before.model_copy(update={"state": event.state, "version": event.version})
        await self._enrolments.put_programme(after)
        self._records.renew(event.programme_id)
        return after
