"""A mail once it is written, and how mails are shown and counted."""

from dataclasses import dataclass, field

from services.notifications.domain.mail import Mail


@dataclass(frozen=True)
class Built:
    """A mail ready for the relay. ``mime`` holds the links' tokens; in ``text`` and ``html`` they are replaced."""

    mail_id: str
    to: str
    subject: str
    template_version: str
    message_id: str
    mime: bytes
    text: str
    html: str
    attachments: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    plain_entry: bool = False


@dataclass(frozen=True)
class KeptText:
    """The text of a mail as it may be shown."""

    text: str
    html: str
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page of mails with counts over all that match."""

    total: int
    mails: tuple[Mail, ...]
    by_state: dict[str, int] = field(default_factory=dict)
    by_template: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Undelivered:
    """Mails that did not arrive: how many, and the first of them, oldest first."""

    total: int
    mails: tuple[Mail, ...]
