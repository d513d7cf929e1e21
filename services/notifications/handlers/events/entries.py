"""Entries of forms: kept as they stand, and told to who reads them next or wrote them."""

from collections.abc import Awaitable, Callable, Mapping

from services.notifications.domain.decisions import entries as decisions
from services.notifications.domain.decisions.entries import EntryRecords
from services.notifications.domain.directory import Programme
from services.notifications.domain.template_mails import news as wording
from services.notifications.domain.template_mails.people import Recipient
from services.notifications.domain.template_mails.records import EntryState, FormEntry, NewsKind, Passage
from services.notifications.domain.template_mails.situations import Case
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from services.notifications.ports.template_facts import FormEntries
from shared.bus.unit_of_work import UnitOfWork
from shared.errors import NotYet
from shared.events.base import Event
from shared.events.forms import (
    AgreementOverdue,
    ChangesAsked,
    EntryAnswered,
    EntryFacts,
    EntryWithdrawn,
    FormAgreed,
    FormReleased,
    FormSubmitted,
    IntroductionEnded,
    IntroductionProposed,
    PeopleIntroduced,
)
from shared.events.programmes_parts import RoleTaken
from shared.template import Form, Template
from shared.template.kinds import KNOWN

Taken = Callable[[RoleTaken, UnitOfWork], Awaitable[None]]


class Entries:
    """Reactions to what happens to entries."""

    def __init__(self, records: Records, entries: FormEntries, cases: Cases, own: OwnWords) -> None:
        self._records = records
        self._entries = entries
        self._cases = cases
        self._own = own

    def handlers(self, taken: Taken) -> Mapping[type[Event], Callable[..., Awaitable[None]]]:
        """Event -> handler, to be joined with the service's others. `taken`: what keeps who has taken a role."""
        return {
            FormSubmitted: self.submitted,
            EntryAnswered: self.answered,
            ChangesAsked: self.changes_asked,
            FormAgreed: self.agreed,
            FormReleased: self.released,
            AgreementOverdue: self.overdue,
            IntroductionProposed: self.proposed,
            PeopleIntroduced: self.introduced,
            IntroductionEnded: self.ended,
            EntryWithdrawn: self.withdrawn,
            RoleTaken: self._named_after(taken),
        }

    async def submitted(self, event: FormSubmitted, work: UnitOfWork) -> None:
        """Ask who agrees to it, where no task asks them."""
        if turn := await self._turn(event, "submitted", work):
            agreeing = (turn.form.sign_off.by,) if turn.form.sign_off else ()
            await turn.tell("submitted", await turn.named(agreeing), event.person_id)

    async def answered(self, event: EntryAnswered, work: UnitOfWork) -> None:
        """Tell its authors; how the entry stands does not change by it."""
        known = (await self._entries.find([event.entry_id])).get(event.entry_id)
        if known and (turn := await self._turn(event, known.state, work, told="answered")):
            await turn.tell("answered", await turn.known(event.author_ids), event.person_id)

    async def changes_asked(self, event: ChangesAsked, work: UnitOfWork) -> None:
        """Tell its authors."""
        if turn := await self._turn(event, "changes-asked", work):
            await turn.tell("changes-asked", await turn.known(event.author_ids), event.person_id)

    async def agreed(self, event: FormAgreed, work: UnitOfWork) -> None:
        """Ask who lets it go, where somebody does."""
        if turn := await self._turn(event, "agreed", work):
            letting = (turn.form.release.by,) if turn.form.release and turn.form.release.by else ()
            await turn.tell("agreed", await turn.named(letting), event.person_id)

    async def released(self, event: FormReleased, work: UnitOfWork) -> None:
        """Tell its readers; not those who wrote it, where it was released as soon as they had sent it."""
        if turn := await self._turn(event, "released", work):
            at_once = turn.form.sign_off is None and not event.person_id
            wrote = event.author_ids if at_once else ()
            readers = tuple(one for one in event.reader_ids if one not in wrote)
            await turn.tell("released", await turn.known(readers), event.person_id)

    async def proposed(self, event: IntroductionProposed, work: UnitOfWork) -> None:
        """Ask those who are to be introduced, where no task does."""
        if turn := await self._introducing(event, work):
            await turn.tell("proposed", await turn.known(event.person_ids), "")

    async def introduced(self, event: PeopleIntroduced, work: UnitOfWork) -> None:
        """Give each of them the others' addresses, and nobody else."""
        if turn := await self._introducing(event, work):
            await turn.tell("introduced", await turn.known(event.person_ids), "", introduced=event.person_ids)

    async def ended(self, event: IntroductionEnded, work: UnitOfWork) -> None:
        """Tell everybody who was asked, and who proposed it, in the same words."""
        if turn := await self._introducing(event, work):
            everybody = tuple(dict.fromkeys((*event.person_ids, *event.author_ids)))
            await turn.tell("ended", await turn.known(everybody), "")

    async def overdue(self, event: AgreementOverdue, work: UnitOfWork) -> None:
        """Tell the coordinator, where no task does."""
        programme = await self._records.programme(event.programme_id)
        entry = (await self._entries.find([event.entry_id])).get(event.entry_id)
        if programme.whole is None or entry is None:
            return
        turn = await self._begun(programme, programme.whole, entry, work)
        if turn is not None:
            await turn.tell("overdue", await turn.known((event.coordinator_id,)), "")

    async def withdrawn(self, event: EntryWithdrawn, work: UnitOfWork) -> None:
        """It counts no more; nobody hears of it but in words of the template's own."""
        await self._turn(event, "withdrawn", work)

    async def _introducing(self, event: EntryFacts, work: UnitOfWork) -> "_Turn | None":
        """How the entry stands does not change by it, and no words of a template stand for it."""
        known = (await self._entries.find([event.entry_id])).get(event.entry_id)
        if known is None:
            return None
        programme, entry = await self._keep(event, known.state)
        return await self._begun(programme, programme.whole, entry, work) if programme.whole else None

    def _named_after(self, taken: Taken) -> Taken:
        async def both(event: RoleTaken, work: UnitOfWork) -> None:
            await taken(event, work)
            await self._named(event, work)

        return both

    async def _named(self, event: RoleTaken, work: UnitOfWork) -> None:
        """It is known whom an entry names; who takes somebody's place hears of that by another mail."""
        if not event.entry_id or event.replaces:
            return
        programme = await self._records.programme(event.programme_id)
        entry = (await self._entries.find([event.entry_id])).get(event.entry_id)
        if entry is None:
            raise NotYet(f"The entry {event.entry_id} is not known yet.")
        turn = await self._begun(programme, programme.whole, entry, work) if programme.whole else None
        if turn is not None:
            await self._in_own_words(turn, KNOWN, f"{entry.entry_id}/{KNOWN}/{event.version}", work)

    async def _turn(self, event: EntryFacts, state: EntryState, work: UnitOfWork, *, told: str = "") -> "_Turn | None":
        """Keep the entry; return what is needed to tell of it, or None where the template has said so itself."""
        programme, entry = await self._keep(event, state)
        if programme.whole is None:
            return None
        turn = await self._begun(programme, programme.whole, entry, work)
        if turn is None:
            return None
        occasion = f"{entry.entry_id}/{entry.version}"
        return None if await self._in_own_words(turn, told or state, occasion, work) else turn

    async def _in_own_words(self, turn: "_Turn", state: str, occasion: str, work: UnitOfWork) -> bool:
        """Send what the template says itself of a state of the entry; whether it says anything."""
        happened = Happened(turn.programme, turn.template, turn.entry.form, state, occasion)
        school = turn.entry.school_id or turn.case.situation.school_id or ""
        about = Passage(mail="", entry_id=turn.entry.entry_id, school_id=school)
        return await self._own.sent(happened, turn.case, about, work)

    async def _begun(
        self, programme: Programme, template: Template, entry: FormEntry, work: UnitOfWork
    ) -> "_Turn | None":
        form = template.form(entry.form)
        if form is None:
            return None
        case = await self._cases.of_entry(programme, template, entry)
        return _Turn(self._records, self._cases, programme, template, form=form, entry=entry, case=case, work=work)

    async def _keep(self, event: EntryFacts, state: EntryState) -> tuple[Programme, FormEntry]:
        programme = await self._records.programme(event.programme_id)
        before = (await self._entries.find([event.entry_id])).get(event.entry_id)
        entry = FormEntry.of_event(event, state, before)
        await self._entries.put(entry)
        return programme, entry


class _Turn:
    """One event about one entry."""

    def __init__(
        self,
        records: Records,
        cases: Cases,
        programme: Programme,
        template: Template,
        *,
        form: Form,
        entry: FormEntry,
        case: Case,
        work: UnitOfWork,
    ) -> None:
        self._records, self._cases, self._work = records, cases, work
        self.programme, self.template, self.form = programme, template, form
        self.entry, self.case = entry, case

    async def named(self, references: tuple[str, ...]) -> list[Recipient]:
        """The people whom references name about the entry."""
        return await self._cases.people(self.programme, self.template, references, self.case, self._work.now)

    async def known(self, person_ids: tuple[str, ...]) -> list[Recipient]:
        """These people."""
        return await self._cases.known(self.programme, person_ids, self.case.situation.school_id)

    async def tell(self, news: NewsKind, people: list[Recipient], by: str, introduced: tuple[str, ...] = ()) -> None:
        """Tell them in default words, where that is not said to them already."""
        if wording.is_told(news, self.form, self.template):
            records = EntryRecords(self.programme, self.entry, people, by, introduced)
            await self._records.save(decisions.told(records, news, self._work.now), self._work)
