"""Saves what is decided about a date, in the template's own words where it has some for what has happened."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from services.notifications.domain.decisions import Decision, own_words
from services.notifications.domain.decisions.dated_words import concerned, in_own_words, invited_as, state_of
from services.notifications.domain.decisions.own_words import OwnMail
from services.notifications.domain.directory import Programme
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails import situations
from services.notifications.domain.template_mails.people import Recipient
from services.notifications.domain.template_mails.records import Passage
from services.notifications.domain.template_mails.situations import Case
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.base import Event
from shared.template import Mail, Template
from shared.template.kinds import HELD


class DatedWords:
    """Between what is decided about visits, events and agreed days, and the queue of mails."""

    def __init__(self, records: Records, cases: Cases, own: OwnWords) -> None:
        self._records, self._cases, self._own = records, cases, own

    async def save(self, decision: Decision, event: Event, work: UnitOfWork) -> None:
        """Save it. Who is invited hears in own words what they name them for; others named get a mail by itself."""
        target, state = decision.target, state_of(type(event).__name__)
        programme = await self._records.programme(target.programme_id) if target else None
        if target is None or not state or programme is None or programme.whole is None:
            await self._records.save(decision, work)
            return
        joined = getattr(event, "joined", ()) if state != "invited" else ()
        moved_from = getattr(event, "moved_from", None)
        about = Passage(mail="", target_id=target.target_id, before=str(moved_from or ""))
        telling = _Telling(self._cases, programme, programme.whole, target, about)
        invited = await self._mails(telling, "invited", work) if joined else []
        said = await telling.to(invited, work, among=joined)
        mails = await self._mails(telling, state, work)
        said = {**await telling.to(mails, work), **said}
        await self._records.save(in_own_words(decision, said), work)
        already = concerned(decision)
        for mail in mails:
            await self._records.save(await telling.besides(mail, already, work), work)

    async def held(self, target: Target | None, present: Iterable[str], work: UnitOfWork) -> None:
        """Send the template's own mails on a date that has been: no calendar changes. `present`: who was there."""
        programme = await self._records.programme(target.programme_id) if target else None
        if target is None or programme is None or programme.whole is None:
            return
        about = Passage(mail="", target_id=target.target_id)
        telling = _Telling(self._cases, programme, programme.whole, target, about)
        telling.present = tuple(present)
        for mail in await self._mails(telling, HELD, work):
            await self._records.save(await telling.besides(mail, (), work), work)

    async def _mails(self, telling: "_Telling", state: str, work: UnitOfWork) -> list[Mail]:
        """Return the template's mails on this state of the activity, that are not for later."""
        target = telling.target
        happened = Happened(telling.programme, telling.template, target.activity, state, target.target_id)
        return await self._own.on(happened)


class _Telling:
    """One thing that happened to one date."""

    def __init__(self, cases: Cases, programme: Programme, template: Template, target: Target, about: Passage) -> None:
        self._cases, self.programme, self.template = cases, programme, template
        self.target, self._about = target, about
        self.present: tuple[str, ...] | None = None
        self._case: Case | None = None

    async def to(self, mails: list[Mail], work: UnitOfWork, *, among: Collection[str] = ()) -> dict[str, str]:
        """Return person -> the key of the first of these mails that is for them; `among`: of these people alone."""
        said: dict[str, str] = {}
        for mail in mails:
            for one in await self._people(mail, work):
                if not among or one.person_id in among:
                    said.setdefault(one.person_id, mail.key)
        return said

    async def besides(self, mail: Mail, already: Collection[str], work: UnitOfWork) -> Decision:
        """Return the mail to those whom it names and whose calendars do not change."""
        people = [one for one in await self._people(mail, work) if one.person_id not in already]
        passage = self._about.model_copy(update={"mail": mail.key})
        own = OwnMail(self.programme, self.template, mail, passage, people, self._occasion())
        return own_words.sent(own, work.now)

    async def _people(self, mail: Mail, work: UnitOfWork) -> list[Recipient]:
        self._case = self._case or await self._about_it()
        references = situations.named(mail.to, mail.also, self._case)
        invited = invited_as(references, self.template, self.target)
        others = [one for one in references if not invited_as([one], self.template, self.target)]
        found = await self._cases.people(self.programme, self.template, others, self._case, work.now)
        return [*invited, *found]

    async def _about_it(self) -> Case:
        case = await self._cases.of_date(self.programme, self.target)
        if self.present is None:
            return case
        return replace(case, situation=replace(case.situation, present_ids=self.present))

    def _occasion(self) -> str:
        """What tells it from others: of an event that is kept in parts, by its many people, all parts are one.

        A date has been once, however often it is put right who was there.
        """
        target, held = self.target, self.present is not None
        if target.kind != "cohort-event":
            return f"{target.target_id}/{HELD if held else target.version}"
        day = f"{target.cohort_id}/{target.activity}/{target.title}/{target.on}"
        return f"{day}/{HELD if held else target.sequence}"
