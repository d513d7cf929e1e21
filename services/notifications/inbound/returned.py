"""What comes back to the addresses of our mails: bounces, and wishes for fewer mails. Each must prove itself."""

from email.message import EmailMessage

from services.notifications.domain import bounces
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.mail import Mail
from services.notifications.domain.seals import Seals, same, seal_in
from services.notifications.inbound.records import STRANGE, Incoming, Records
from shared.bus.unit_of_work import UnitOfWork

_STOP = "stop-"


class Returned:
    """Books bounces and wishes on the mails that they are about."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def bounce(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        """Book a bounce; one without the seal of the mail's own bounce address holds nobody and waits for a person."""
        try:
            bounce = bounces.read(message, incoming.recipients)
        except STRANGE:
            return await self._records.keep(incoming, message, "A bounce that cannot be read.", work)
        if bounce is None:
            return await self._records.file(
                incoming, message, "A report about no mail of ours, or of no failure.", work
            )
        mail = await self._records.mails.one(bounce.mail_id)
        if mail is not None and not await self._proven(incoming, mail):
            return await self._records.keep(
                incoming, message, "A bounce that nothing proves. No address is held.", work
            )
        detail = f"{bounce.status} {bounce.diagnostic}".strip()
        mail = await self._records.mails.returned(
            bounce.mail_id, status=bounce.status, permanent=bounce.wrong_address, detail=detail, now=work.now
        )
        if mail is None:
            return await self._records.file(incoming, message, "A bounce of a mail that is not known as sent.", work)
        if bounce.wrong_address and mail.to:
            await self._records.suppressions.add(mail.to, mail.mail_id, work.now)
        return "bounce"

    async def wish(self, incoming: Incoming, message: EmailMessage, work: UnitOfWork) -> str:
        """Note the wish of a mail's recipient for what is essential only."""
        mail_id = next((found for found in map(mail_id_in, incoming.recipients) if found), "")
        mail = await self._records.mails.one(mail_id)
        if mail is None:
            return await self._records.file(incoming, message, "A wish about a mail that is not known.", work)
        right = Seals(await self._records.seal_key.get()).stop(mail_id)
        if mail.sealed and not any(same(seal_in(to, _STOP + mail_id), right) for to in incoming.recipients):
            return await self._records.keep(incoming, message, "A wish for fewer mails that nothing proves.", work)
        await self._records.preferences.choose(mail.person_id, essential_only=True)
        return "wish"

    async def _proven(self, incoming: Incoming, mail: Mail) -> bool:
        """Tell whether a bounce came to the sealed address; release 0.1.0 sealed none, so its mails need no seal."""
        right = Seals(await self._records.seal_key.get()).bounce(mail.mail_id, mail.to)
        return not mail.sealed or any(same(seal_in(to, mail.mail_id), right) for to in incoming.recipients)


def wants_less(incoming: Incoming) -> bool:
    """Tell whether a message came to an address that takes the wish for fewer mails."""
    return any(f"+{_STOP}mai-" in address for address in incoming.recipients)
