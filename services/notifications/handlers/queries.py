"""What can be asked about mails."""

from services.notifications.domain.mail import Mail
from services.notifications.ports import Held, Ledger, PauseSwitch, Triage
from shared.commands.notifications import (
    ListMails,
    ListTriage,
    MailDetail,
    MailRow,
    MailRows,
    ShowMail,
    TriageRow,
    TriageRows,
)
from shared.errors import Rejected

_NOT_WRITTEN = "(This mail has not been written yet.)"


class MailQueries:
    """Answers queries about mails."""

    def __init__(self, ledger: Ledger, held: Held, switch: PauseSwitch, triage: Triage) -> None:
        self._ledger = ledger
        self._held = held
        self._switch = switch
        self._triage = triage

    async def mails(self, query: ListMails) -> MailRows:
        """Return mails, newest first, with counts."""
        page = await self._ledger.page(query)
        return MailRows(
            total=page.total,
            mails=tuple(row_of(mail) for mail in page.mails),
            by_state=page.by_state,
            by_template=page.by_template,
            paused=await self._switch.paused(),
            pause_reason=await self._switch.reason(),
            held=await self._held.held(),
        )

    async def mail(self, query: ShowMail) -> MailDetail:
        """Return one mail with its text, links without their tokens."""
        mail = await self._ledger.one(query.mail_id)
        if mail is None:
            raise Rejected("unknown-mail", "There is no such mail.")
        text = await self._ledger.text(query.mail_id)
        return MailDetail(
            mail=row_of(mail),
            text=text.text if text else _NOT_WRITTEN,
            html=text.html if text else "",
            attachments=text.attachments if text else (),
            timeline=mail.timeline,
        )

    async def triage(self, query: ListTriage) -> TriageRows:
        """Return what waits for a person."""
        rows = await self._triage.waiting()
        return TriageRows(rows=tuple(TriageRow(received_at=at, why=why, subject=about) for at, why, about in rows))


def row_of(mail: Mail) -> MailRow:
    """Return a mail as others see it."""
    return MailRow(
        mail_id=mail.mail_id, programme_id=mail.programme_id, person_id=mail.person_id, to=mail.to,
        template=mail.template, template_version=mail.template_version, subject=mail.subject, state=mail.state,
        attempts=mail.attempts, message_id=mail.message_id, target_id=mail.target_id, queued_at=mail.queued_at,
        changed_at=mail.changed_at, detail=mail.detail, held=mail.held, fault=mail.fault,
        permanent=mail.permanent,
        not_before=mail.try_at if mail.state == "queued" and mail.try_at > mail.queued_at else None,
    )  # fmt: skip
