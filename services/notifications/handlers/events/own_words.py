"""The template's own mails on something that happened to an entry or task, and on moments of the clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.notifications.domain import completions
from services.notifications.domain.decisions import Decision, own_words
from services.notifications.domain.decisions.own_words import OwnMail
from services.notifications.domain.directory import Programme
from services.notifications.domain.template_mails import routing, situations
from services.notifications.domain.template_mails.records import Passage
from services.notifications.domain.template_mails.situations import Case
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.programmes_parts import MomentReached
from shared.template import Mail, Template


@dataclass(frozen=True)
class Happened:
    """A state that something of the template came to; `occasion` tells it from every other one."""

    programme: Programme
    template: Template
    anchor: str
    state: str
    occasion: str


class OwnWords:
    """Sends what a template words itself."""

    def __init__(self, records: Records, cases: Cases) -> None:
        self._records = records
        self._cases = cases

    async def sent(
        self,
        happened: Happened,
        case: Case,
        about: Passage,
        work: UnitOfWork,
        *,
        dated: Mapping[str, tuple[str, ...]] | None = None,
    ) -> bool:
        """Send the template's own mails on this; False where it has none, and the default words are to be sent.

        `dated`: person -> the dates that fall away for them with it.
        """
        mails = routing.mails_on(happened.template, happened.anchor, happened.state)
        for mail in await self._due(happened, mails):
            references = situations.named(mail.to, mail.also, case)
            people = await self._cases.people(happened.programme, happened.template, references, case, work.now)
            passage = about.model_copy(update={"mail": mail.key})
            own = OwnMail(
                happened.programme, happened.template, mail, passage, people, happened.occasion, dated=dated or {}
            )
            await self._records.save(own_words.sent(own, work.now), work)
        return bool(mails)

    async def reached(self, happened: Happened, case: Case, work: UnitOfWork) -> set[str]:
        """Everybody who gets a mail of their own of these, with the dates that fall away in it."""
        mails = routing.mails_on(happened.template, happened.anchor, happened.state)
        single = [mail for mail in await self._due(happened, mails) if not mail.digest]
        references = [one for mail in single for one in situations.named(mail.to, mail.also, case)]
        people = await self._cases.people(happened.programme, happened.template, references, case, work.now)
        return {one.person_id for one in people}

    async def moment(self, event: MomentReached, work: UnitOfWork) -> None:
        """Send the mails on a moment of the clock, to those whom they name at every school."""
        programme = await self._records.programme(event.programme_id)
        template = programme.whole
        if template is None:
            return
        came = completions.moment(event.programme_id, event.moment, event.state)
        await self._records.save(Decision(completed={came: 0}), work)
        occasion = f"{event.moment_id}/{event.on}"
        await self.everywhere(
            Happened(programme, template, event.moment, event.state, occasion), Passage(mail=""), work
        )

    async def everywhere(self, happened: Happened, about: Passage, work: UnitOfWork) -> None:
        """Send the mails on something that happened to the programme as a whole, at every school."""
        programme, template = happened.programme, happened.template
        for mail in routing.mails_on(template, happened.anchor, happened.state):
            references = situations.named(mail.to, mail.also, situations.of_school(None))
            people = await self._cases.everywhere(programme, template, references, work.now)
            passage = about.model_copy(update={"mail": mail.key})
            own = OwnMail(programme, template, mail, passage, people, happened.occasion, at_once=True)
            await self._records.save(own_words.sent(own, work.now), work)

    async def on(self, happened: Happened) -> list[Mail]:
        """Return the template's own mails on this, without those that are for later."""
        return await self._due(happened, routing.mails_on(happened.template, happened.anchor, happened.state))

    async def _due(self, happened: Happened, mails: Iterable[Mail]) -> list[Mail]:
        """Return those that are not for later: some only go out once a moment of the clock has come."""
        keys = {
            mail.key: completions.moment(happened.programme.programme_id, *routing.begins(mail))
            for mail in mails
            if mail.after
        }
        came = await self._records.completions.find(keys.values()) if keys else {}
        return [mail for mail in mails if not mail.after or keys[mail.key] in came]
