"""What may be asked of `notifications` about mails that a programme will send: which there are, and what each says."""

from typing import ClassVar, Literal

from pydantic import Field

from shared.commands.base import Query, Reply

Section = Literal["tasks", "mails", "forms", "reports", "dates"]


class PreviewRow(Reply):
    """A mail that a programme sends, with whom it goes to in words."""

    key: str = Field(description="what `PreviewMail` is asked for")
    section: Section
    what: str
    to: tuple[str, ...] = ()


class MailPreviews(Reply):
    """Every mail, in the order of the template."""

    programme_id: str
    programme: str
    rows: tuple[PreviewRow, ...]


class ListMailPreviews(Query):
    """The mails that a programme sends, also a draft; Rejected("old-language") of one in the language of 0.1.0."""

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = MailPreviews
    programme_id: str


class Reader(Reply):
    """Somebody who would get it."""

    person_id: str
    name: str
    school: str = ""


class MailPreview(Reply):
    """A mail as somebody would get it. Links are shown without their secret; nothing was sent."""

    key: str
    what: str
    to: str = Field(description="the address")
    reader: Reader
    role: str
    subject: str
    text: str
    html: str
    attachments: tuple[str, ...] = ()
    assumed: tuple[str, ...] = Field((), description="what stands in for what has not happened yet, in sentences")
    others: tuple[Reader, ...] = Field((), description="who would get it, too; at most twelve")


class PreviewMail(Query):
    """A mail of a programme, written for somebody who would get it; with `person_id` for this one of them.

    Rejected("unknown-mail") where the programme has no such mail.
    """

    service: ClassVar[str] = "notifications"
    Reply: ClassVar[type[Reply]] = MailPreview
    programme_id: str
    key: str = Field(max_length=200)
    person_id: str = ""
