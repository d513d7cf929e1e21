"""Puts a message together once. What goes to the relay is stored, and sent as it is on every attempt.

multipart/mixed( multipart/alternative( text, html, text/calendar; method=... ), invite.ics, report.pdf ): calendars
read the inline part, people find the attachment (RFC 6047). Headers with a line break or control character are refused.
"""

import datetime as dt
import quopri
from collections.abc import Mapping
from dataclasses import dataclass
from email.generator import BytesGenerator
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import Compat32
from email.utils import format_datetime, formataddr
from io import BytesIO
from typing import Any

from services.notifications.domain.invitations import Mailbox
from services.notifications.domain.recipients import Method
from shared.errors import Permanent

_LONGEST_LINE = 78
_NEVER_FOLDED = {"Message-ID": 998, "List-Unsubscribe": 998}  # folding would leave an empty first line
_BOUNDARY = "=_kindred_{}_="  # "=_" stands in neither base64 nor quoted-printable, so no part can hold it


class _Wire(Compat32):
    """Writes short plain headers (nearly all) without parsing them first, others as the library does."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as it goes over the wire."""
        longest = _NEVER_FOLDED.get(name, _LONGEST_LINE)
        if isinstance(value, str) and value.isascii() and len(name) + len(value) + 2 <= longest:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return bytes(super().fold_binary(name, value))


_WIRE = _Wire(linesep="\r\n", max_line_length=_LONGEST_LINE)


@dataclass(frozen=True)
class Attachment:
    """An attached file."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Envelope:
    """The headers of a message. ``unsubscribe`` is (mailto, https) for what is not essential."""

    sender: Mailbox
    to: Mailbox
    subject: str
    message_id: str
    sent: dt.datetime
    reply_to: Mailbox | None = None
    unsubscribe: tuple[str, str] | None = None


@dataclass(frozen=True)
class Content:
    """What a message says."""

    text: str
    html: str
    calendar: bytes | None = None
    method: Method | None = None
    attachments: tuple[Attachment, ...] = ()
    cancelled: tuple[bytes, ...] = ()
    """Calendar entries that fall away, one a file: METHOD:CANCEL is about one UID (RFC 5546, 3.2.5)."""
    dates: tuple[tuple[str, bytes], ...] = ()
    """Invitations to several dates, one a file, by its name: METHOD:REQUEST is about one UID, too (3.2.2)."""


def message(envelope: Envelope, content: Content) -> bytes:
    """Return the message as it goes over the wire; raises Permanent for what no header may hold."""
    root = _body(content)
    for name, value in _headers(envelope).items():
        root[name] = value  # type: ignore[assignment]  # the stubs know no Header here
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_WIRE).flatten(root)
    return out.getvalue()


def _body(content: Content) -> MIMEMultipart:
    alternative = MIMEMultipart("alternative", boundary=_BOUNDARY.format("alternative"))
    alternative.attach(_text("plain", content.text))
    alternative.attach(_text("html", content.html))
    if content.calendar is not None:
        inline = _text("calendar", content.calendar.decode())
        inline.set_param("method", str(content.method))
        alternative.attach(inline)
    files = list(content.attachments)
    if content.calendar is not None:
        files.insert(0, Attachment("invite.ics", "application/ics", content.calendar))
    if not files and not content.cancelled and not content.dates:
        return alternative
    mixed = MIMEMultipart("mixed", boundary=_BOUNDARY.format("mixed"))
    mixed.attach(alternative)
    for attachment in files:
        mixed.attach(_file(attachment))
    gone = [(cancelled_name(number), calendar) for number, calendar in enumerate(content.cancelled, start=1)]
    for method, entries in (("REQUEST", content.dates), ("CANCEL", gone)):
        for name, calendar in entries:
            part = _text("calendar", calendar.decode())
            part.set_param("method", method)
            part.add_header("Content-Disposition", "attachment", filename=name)
            mixed.attach(part)
    return mixed


def dated_name(number: int, on: dt.date) -> str:
    """Return the name of the file with the invitation to one of several dates."""
    return f"{number:02d}-{on}.ics"


def cancelled_name(number: int) -> str:
    """Return the name of the file with the calendar entry of that number that falls away."""
    return f"cancelled-{number}.ics"


def _text(subtype: str, text: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype, charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    # quopri encodes in C; the email package's own encoder takes eight times as long as all the rest together
    part.set_payload(quopri.encodestring(text.replace("\r\n", "\n").encode()).decode("ascii"))
    return part


def _file(attachment: Attachment) -> MIMEBase:
    part = MIMEApplication(attachment.content, attachment.media_type.partition("/")[2])
    part.add_header("Content-Disposition", "attachment", filename=attachment.filename)
    return part


def _headers(envelope: Envelope) -> Mapping[str, str | Header]:
    headers: dict[str, str | Header] = {
        "From": _mailbox(envelope.sender),
        "To": _mailbox(envelope.to),
        "Subject": _header(envelope.subject),
        "Date": format_datetime(envelope.sent),
        "Message-ID": _one_line(envelope.message_id),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if envelope.reply_to is not None:
        headers["Reply-To"] = _mailbox(envelope.reply_to)
    if envelope.unsubscribe is not None:
        mailto, page = envelope.unsubscribe
        headers["List-Unsubscribe"] = f"<{_one_line(mailto)}>, <{_one_line(page)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _mailbox(mailbox: Mailbox) -> str:
    return formataddr((_one_line(mailbox.name), _one_line(mailbox.address)))


def _header(text: str) -> str | Header:
    line = _one_line(text)
    return line if line.isascii() else Header(line, "utf-8")


def _one_line(text: str) -> str:
    if any(ord(char) < 32 or ord(char) == 127 or char in "\u2028\u2029\x85" for char in text):
        raise Permanent("A name, address or subject holds a line break or control character; no header may.")
    return text
