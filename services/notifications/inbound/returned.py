"""What comes back to the addresses of our mails: bounces, and wishes for fewer mails. Each must prove itself."""

import re

from services.notifications.domain.bounces import Report
from services.notifications.domain.delivery import Verdict, after_bounce
from services.notifications.domain.kept import Concern
from services.notifications.domain.keys import mail_id_in
from services.notifications.domain.mail import Mail
from services.notifications.domain.quoted import words_beside
from services.notifications.domain.refusals import TRIED_AGAIN
from services.notifications.domain.seals import Seals, same, seal_in, stop_tag
from services.notifications.inbound.incoming import Incoming, sender_of
from services.notifications.inbound.reading import Reading
from services.notifications.inbound.records import Records
from shared import telemetry
from shared.bus.unit_of_work import UnitOfWork
from shared.errors import NotYet

_STOP = "stop-"
_WISH = re.compile(r"\+(?:s-|stop-mai-)([0-9a-f]{32})")
_PREPARED = re.compile(r"automatically generated|generated automatically|unsubscribe me|list-unsubscribe")
_LOOKED_THROUGH = 200_000
_OWN = re.compile(rb"mai-[0-9a-f]{32}[^\s<>@]{0,32}@[A-Za-z0-9.-]+")
_log = telemetry.logger("kindred.notifications")


class Returned:
    """Books bounces and wishes on the mails that they are about."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def bounce(self, incoming: Incoming, reading: Reading, report: Report, work: UnitOfWork) -> str:
        """Book a bounce on the mail that the address it came to names, whatever else it names.

        One without the seal of that address holds nobody and waits for a person. Raises NotYet while the mail is being
        handed over, so that its sender brings the bounce again.
        """
        if report.kind != "failed":
            return await self._records.file(incoming, reading, "A report of a mail that is late, or arrived.", work)
        addresses = [*incoming.recipients, *_own_addresses(incoming)]
        mail_id = next((found for found in map(mail_id_in, addresses) if found), "")
        mail = await self._records.mails.one(mail_id) if mail_id else None
        if mail is None:
            readable = any(one.code or one.fault != "unclear" for one in report.failures)
            why = "A bounce that names no mail of ours." if readable else "A mail system's report that cannot be read."
            return await self._records.keep(incoming, reading, why, work)
        if sender_of(reading.message).lower() == mail.to.lower() != "":
            return await self._records.keep(incoming, reading, "A mail that somebody wrote.", work, _about(mail))
        edition = await self._edition(addresses, mail)
        if edition is None:
            why = "A bounce that nothing proves. No address is held."
            return await self._records.keep(incoming, reading, why, work, _about(mail))
        if edition != mail.edition:
            why = "A bounce of a mail that has been sent again since."
            return await self._records.file(incoming, reading, why, work, _about(mail))
        if mail.state == "sending":
            raise NotYet("This mail is still being handed over.")
        return await self._book(incoming, reading, report, mail, work)

    async def _book(self, incoming: Incoming, reading: Reading, report: Report, mail: Mail, work: UnitOfWork) -> str:
        verdict = after_bounce(
            report.about(mail.to), elsewhere=report.elsewhere(mail.to), sealed=mail.sealed, edition=mail.edition,
            first_tried=mail.first_tried or work.now, now=work.now,
        )  # fmt: skip
        if not await self._records.mails.returned(mail, verdict, work.now):
            why = "A bounce of a mail that is not known as sent."
            return await self._records.file(incoming, reading, why, work, _about(mail))
        await self._follow_up(mail, verdict, work)
        if verdict.status or verdict.fault not in {"", "unclear"}:
            return "bounce"
        why = "A bounce that gives no reason. It is booked on its mail, and no address is held."
        await self._records.keep(incoming, reading, why, work, _about(mail))
        return "bounce"

    async def _follow_up(self, mail: Mail, verdict: Verdict, work: UnitOfWork) -> None:
        if verdict.suppress and mail.to:
            await self._records.suppressions.add(mail.to, mail.mail_id, work.now)
        if verdict.fault in TRIED_AGAIN:
            with telemetry.about(correlation_id=mail.correlation_id):
                _log.warning("mail_came_back", fault=verdict.fault, status=verdict.status, mail_id=mail.mail_id)

    async def wish(self, incoming: Incoming, reading: Reading, work: UnitOfWork) -> str:
        """Note the wish of a mail's recipient for what is essential only."""
        mail_id = next(filter(None, map(_wish_about, incoming.recipients)), "")
        mail = await self._records.mails.one(mail_id)
        if mail is None:
            return await self._records.file(incoming, reading, "A wish about a mail that is not known.", work)
        right = Seals(await self._records.seal_key.get()).stop(mail_id)
        tags = (stop_tag(mail_id), _STOP + mail_id)
        if mail.sealed and not any(same(seal_in(to, tag), right) for to in incoming.recipients for tag in tags):
            return await self._records.keep(incoming, reading, "A wish for fewer mails that nothing proves.", work)
        await self._records.preferences.choose(mail.person_id, essential_only=True)
        if reading.writer == "person" and _more_than_the_wish(reading.text):
            why = "A wish for fewer mails, which is granted; somebody wrote words with it."
            await self._records.keep(incoming, reading, why, work, _about(mail))
        return "wish"

    async def _edition(self, addresses: list[str], mail: Mail) -> int | None:
        """Return which edition of a mail came back by the seal in its bounce address, None without the right seal.

        Release 0.1.0 sealed no address, so its mails need none.
        """
        if not mail.sealed:
            return mail.edition
        seals = Seals(await self._records.seal_key.get())
        found = {seal_in(address, mail.mail_id) for address in addresses}
        for edition in range(mail.edition, 0, -1):
            right = seals.bounce(mail.mail_id, mail.to, edition)
            if any(same(seal, right) for seal in found):
                return edition
        return None


def _about(mail: Mail) -> Concern:
    """Return what a bounce is about: what its mail was about, and whom it went to."""
    return Concern(target_id=mail.target_id, person_id=mail.person_id)


def _own_addresses(incoming: Incoming) -> list[str]:
    """Return the addresses of mails of ours in a message: the bounce address stands in a returned copy, too."""
    return [f"+{found.decode()}" for found in _OWN.findall(incoming.content[:_LOOKED_THROUGH])]


def _more_than_the_wish(text: str) -> bool:
    """Tell whether a mail that a program prepared to unsubscribe with holds words of a person."""
    words = words_beside(text).strip(" .!").lower()
    return words not in {"", "unsubscribe", "please unsubscribe", "stop"} and not _PREPARED.search(words)


def wants_less(incoming: Incoming) -> bool:
    """Tell whether a message came to an address that takes the wish for fewer mails."""
    return any(map(_wish_about, incoming.recipients))


def _wish_about(address: str) -> str:
    """Return the id of the mail whose stop address this is, "" for any other; release 0.1.0 wrote `stop-mai-...`."""
    found = _WISH.search(address.lower())
    return f"mai-{found.group(1)}" if found else ""
