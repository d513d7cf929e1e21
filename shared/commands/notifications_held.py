"""What may be asked of `notifications` about mails that a restore holds, because they may have gone out before it."""

from typing import ClassVar

from shared.commands.base import Command, Message


class HeldMails(Message):
    """Which held mails: those that match every field that is given; all where none is."""

    mail_id: str = ""
    person_id: str = ""
    template: str = ""
    programme_id: str = ""


class ReleaseHeld(HeldMails, Command):
    """Send held mails after all, as new editions. Links in what went out before go on working."""

    service: ClassVar[str] = "notifications"


class DropHeld(HeldMails, Command):
    """Never send held mails, because they went out before the restore or are not wanted any more."""

    service: ClassVar[str] = "notifications"
