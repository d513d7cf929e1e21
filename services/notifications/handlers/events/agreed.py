"""Days that people agree: whose turn it is hears of it, and agreed days go into everybody's calendar."""

from collections.abc import Awaitable, Callable, Mapping

from services.notifications.domain.decisions import agreed as decisions
from services.notifications.domain.decisions.agreed import AgreedRecords, VisitEvent
from services.notifications.domain.directory import Programme
from services.notifications.domain.targets import Target, of_agreed
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.dated_words import DatedWords
from services.notifications.handlers.records import Records
from services.notifications.ports.stores import Stores
from shared.bus.unit_of_work import UnitOfWork
from shared.events import agreed_visits as told
from shared.events.base import Event
from shared.events.forms import FormSubmitted
from shared.template import Template

Written = Callable[[FormSubmitted, UnitOfWork], Awaitable[None]]


class AgreedDays:
    """Reactions to what happens to days that people agree."""

    def __init__(self, records: Records, cases: Cases, stores: Stores, words: DatedWords) -> None:
        self._records, self._cases, self._stores, self._words = records, cases, stores, words

    def handlers(self) -> Mapping[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others."""
        return {
            told.DaysAsked: self.asked,
            told.DaysResumed: self.resumed,
            told.DaysProposed: self.proposed,
            told.DaysDeclined: self.declined,
            told.AgreedVisitScheduled: self.visit,
            told.AgreedVisitMoved: self.visit,
            told.AgreedVisitChanged: self.visit,
            told.AgreedVisitCancelled: self.visit,
            told.AgreedVisitHeld: self.held,
        }

    def pack_after(self, written: Written) -> Written:
        """Return a handler that does what `written` does and then tells of a pack that was written."""

        async def both(event: FormSubmitted, work: UnitOfWork) -> None:
            await written(event, work)
            await self.pack_written(event, work)

        return both

    async def asked(self, event: told.DaysAsked, work: UnitOfWork) -> None:
        """Ask for days where no task of the template does."""
        if event.asked:
            await self._ask(event, event.person_ids, work)

    async def resumed(self, event: told.DaysResumed, work: UnitOfWork) -> None:
        """Ask anew after a pause, where no task of the template does."""
        programme = await self._records.programme(event.programme_id)
        tasks = programme.whole.tasks if programme.whole else ()
        if not any(task.do.choose == event.activity for task in tasks):
            await self._ask(event, event.waiting_for, work)

    async def proposed(self, event: told.DaysProposed, work: UnitOfWork) -> None:
        """Tell those whose turn it is to choose."""
        programme = await self._records.programme(event.programme_id)
        people = await self._cases.known(programme, event.waiting_for, event.host_school_id)
        await self._records.save(decisions.proposed(AgreedRecords(programme, people), event, work.now), work)

    async def declined(self, event: told.DaysDeclined, work: UnitOfWork) -> None:
        """Tell the coordinator that no day suits."""
        programme = await self._records.programme(event.programme_id)
        records = AgreedRecords(programme, decisions.coordinator(programme))
        await self._records.save(decisions.declined(records, event, work.now), work)

    async def visit(self, event: VisitEvent, work: UnitOfWork) -> None:
        """A day is agreed, moved, changed or cancelled."""
        programme = await self._records.programme(event.programme_id)
        before = await self._records.target(event.visit_id)
        reading = await self._reading(programme, of_agreed(event, event.version))
        records = AgreedRecords(programme, before=before, reading=reading)
        await self._words.save(decisions.visit(records, event, work.now), event, work)

    async def held(self, event: told.AgreedVisitHeld, work: UnitOfWork) -> None:
        """A day is over."""
        programme = await self._records.programme(event.programme_id)
        before = await self._records.target(event.visit_id)
        await self._records.save(decisions.held(AgreedRecords(programme, before=before), event), work)
        await self._words.held(before, (one.person_id for one in event.present), work)

    async def pack_written(self, event: FormSubmitted, work: UnitOfWork) -> None:
        """Where the entry goes with invitations, tell the visitors of days to come that it can be read."""
        programme = await self._records.programme(event.programme_id)
        packs = [one.key for one in programme.whole.activities if one.pack == event.form] if programme.whole else []
        if not packs or event.number > 1:
            return
        host = event.school_id or event.about_id
        for target in await self._stores.targets.ahead(event.programme_id, work.now.date()):
            if target.activity in packs and target.at_school == host:
                records = AgreedRecords(programme, decisions.visitors(target))
                await self._records.save(decisions.pack_written(records, target, event.entry_id, work.now), work)

    async def _ask(
        self, event: told.DaysAsked | told.DaysResumed, person_ids: tuple[str, ...], work: UnitOfWork
    ) -> None:
        programme = await self._records.programme(event.programme_id)
        people = await self._cases.known(programme, person_ids, event.host_school_id)
        await self._records.save(decisions.asked(AgreedRecords(programme, people), event, work.now), work)

    async def _reading(self, programme: Programme, target: Target) -> Mapping[str, str]:
        """The host's pack, in words of refs. Papers of a meeting are asked for when the mail is written."""
        template: Template | None = programme.whole
        activity = template.activity(target.activity) if template else None
        if template is None or activity is None:
            return {}
        find, found = self._stores.entries.latest, dict[str, str]()
        if activity.pack and (pack := await find(programme.programme_id, activity.pack, target.host_school_id or "")):
            found["pack"] = pack.entry_id
        return found
