"""What people can do about mails: send again, pause, choose to get less."""

from collections.abc import Sequence

from services.notifications.domain.mail import Mail
from services.notifications.ports import Cards, PauseSwitch, Preferences, Resending, Suppressions
from shared.bus.unit_of_work import UnitOfWork
from shared.commands.base import Done
from shared.commands.notifications import ChooseMails, PauseMail, ResendFailed, ResendMail
from shared.errors import Rejected


class MailCommands:
    """Carries out commands about mails."""

    def __init__(
        self, mails: Resending, cards: Cards, switch: PauseSwitch, suppressions: Suppressions, preferences: Preferences
    ) -> None:
        self._mails = mails
        self._cards = cards
        self._switch = switch
        self._suppressions = suppressions
        self._preferences = preferences

    async def resend(self, command: ResendMail, work: UnitOfWork) -> Done:
        """Queue one mail again."""
        mail = await self._mails.one(command.mail_id)
        if mail is None:
            raise Rejected("unknown-mail", "There is no such mail.")
        if not await self._again([mail.mail_id], work):
            raise Rejected("still-on-its-way", f"This mail is {mail.state}; it goes out without being sent again.")
        return Done(id=mail.mail_id, sentence="It is queued and goes out shortly.")

    async def resend_failed(self, command: ResendFailed, work: UnitOfWork) -> Done:
        """Queue the mails that did not arrive, and only those."""
        queued = await self._again(await self._mails.to_send_again(command.programme_id), work)
        return Done(id=command.programme_id, sentence=f"{len(queued)} mails are queued again.")

    async def pause(self, command: PauseMail, work: UnitOfWork) -> Done:
        """Hold mails back, or go on."""
        await self._switch.pause(command.paused, command.reason)
        return Done(id="mail", sentence="Mails are held back." if command.paused else "Mails go out.")

    async def choose(self, command: ChooseMails, work: UnitOfWork) -> Done:
        """Note what a person chooses to get."""
        await self._preferences.choose(command.person_id, essential_only=command.essential_only)
        sentence = "You get only what is essential." if command.essential_only else "You get every mail."
        return Done(id=command.person_id, sentence=sentence)

    async def _again(self, mail_ids: Sequence[str], work: UnitOfWork) -> list[Mail]:
        queued = await self._mails.queue_again(mail_ids, work.now)
        cards = await self._cards.find({mail.person_id for mail in queued})
        await self._suppressions.lift(card.email for card in cards.values())
        return queued
