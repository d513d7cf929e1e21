"""Mails."""

from kindred.cli.input.lookup.single import LEAST, one
from kindred.cli.session import find
from shared.commands.notifications import ListMails, MailRow, MailRows


def mail(named: str, *, held: bool = False) -> MailRow:
    """The mail of that id, or of that beginning of one; ``held``: among those that a restore holds."""
    offset, found = 0, list[MailRow]()
    while True:
        page = find(ListMails(held=held, limit=500, offset=offset), MailRows)
        found += [row for row in page.mails if len(named) >= LEAST and row.mail_id.startswith(named)]
        offset += len(page.mails)
        if not page.mails or offset >= page.total:
            return one(named, found, "mail", "mails held" if held else "")
