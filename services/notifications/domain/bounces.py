"""Reports of mail systems: did a mail of ours fail, for which address, with which code.

Most are delivery status notifications (RFC 3464, RFC 6533), wherever the fields stand. Others are told by their shape:
what the mail system wrote itself, up to the returned copy, with the codes in it. Which mail it is about is not read
here, because the address that the report came to says so.
"""

import base64
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import Literal

from services.notifications.domain.bounce_texts import Text, own_words, recipients_in, stripped
from services.notifications.domain.refusals import enhanced, fault_of, reply_code, status_of
from shared.commands.notifications import MailFault

Kind = Literal["failed", "delayed", "other"]
_LONGEST_SAID = 200
_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]{2,30}):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_STATUS_PARTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ENCODED = frozenset({"base64", "quoted-printable"})
_SYSTEMS = re.compile(r"mail(er)?[-_. ]?(daemon|delivery)|post[-_]?master|<>", re.IGNORECASE)
_WAITS = re.compile(
    r"still being retried|will (be re-?tried|re-?try|keep trying|continue)|not yet been delivered|(has been|is) delayed"
    r"|do not need to re-?send|temporary failure",
    re.IGNORECASE,
)
_DELAY = re.compile(r"\bdelay|\bwarning\b", re.IGNORECASE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_WENT_ON = re.compile(r"delivered|relayed|expanded")


@dataclass(frozen=True)
class Failure:
    """One address that a mail did not reach. ``recipient``: in lower case, "" where none is named."""

    recipient: str
    status: str
    said: str

    @property
    def code(self) -> str:
        """The enhanced status code that counts, else the plain reply code, "" without either."""
        return status_of(self.status, self.said) or reply_code(self.said)

    @property
    def fault(self) -> MailFault:
        """Whose fault it is."""
        return fault_of(self.status, self.said)


@dataclass(frozen=True)
class Report:
    """A mail system's report. ``failures`` is empty unless it ``failed``; ``named``: every address it names."""

    kind: Kind
    failures: tuple[Failure, ...] = ()
    named: frozenset[str] = frozenset()

    def about(self, address: str) -> Failure:
        """Return what became of the mail to an address, else the first failure."""
        return next((one for one in self.failures if one.recipient == address.lower()), self.failures[0])

    def elsewhere(self, address: str) -> bool:
        """Tell whether another address failed than the one that the mail went to: the target of a forward, say."""
        return bool(self.named) and address.lower() not in self.named


def read(message: EmailMessage, *, returned: bool = False) -> Report | None:
    """Return a mail system's report, None where a message is none.

    ``returned``: it came back to the address of a mail of ours, or from nobody. Then a status code is enough.
    """
    blocks = list(_blocks(message))
    text = own_words(message)
    if blocks:
        return _of_fields(blocks, text)
    if any(part.get_content_type() == "text/calendar" for part in _own_parts(message)):
        return None
    if _from_system(message) or _is_report(message) or (returned and enhanced(text.said)):
        return _of_text(message, text)
    return None


def _is_report(message: Message) -> bool:
    return message.get_content_type() == "multipart/report" and message.get_param("report-type") in {
        "delivery-status",
        None,
    }


def _from_system(message: Message) -> bool:
    failed = message.get("X-Failed-Recipients") is not None
    return failed or bool(_SYSTEMS.search(str(message.get("From", ""))))


def _blocks(message: Message) -> Iterator[Mapping[str, str]]:
    """Yield the fields of each recipient, wherever they stand: in a part of their own, or in plain text."""
    for part in _own_parts(message):
        if part.get_content_type() in _STATUS_PARTS:
            yield from filter(_per_recipient, map(_fields, _status_texts(part)))
        elif not part.is_multipart():
            text = stripped(part)
            if "action:" in text.lower():
                yield from filter(_per_recipient, map(_fields, _paragraphs(text)))


def _own_parts(message: Message) -> Iterator[Message]:
    """Yield the parts that the mail system wrote itself; a returned copy is none of them."""
    yield message
    inside = message.get_payload() if message.get_content_maintype() == "multipart" else None
    for part in inside if isinstance(inside, list) else ():
        if isinstance(part, Message):
            yield from _own_parts(part)


def _status_texts(part: Message) -> list[str]:
    inside = part.get_payload()
    if not isinstance(inside, list):
        return _paragraphs(str(inside))
    texts = []
    for block in inside:
        if isinstance(block, Message):
            body = block.get_payload()
            texts.append("\n".join(f"{name}: {value}" for name, value in block.items()))
            texts += _paragraphs(body) if isinstance(body, str) else []
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    return _paragraphs(_decoded("\n".join(texts), encoding)) if encoding in _ENCODED else texts


def _decoded(text: str, encoding: str) -> str:
    """Return fields that were encoded, which RFC 3464 does not allow and some systems do."""
    raw = text.encode("utf-8", "replace")
    try:
        found = (
            base64.b64decode(b"".join(raw.split()), validate=True) if encoding == "base64" else quopri.decodestring(raw)
        )
    except ValueError:
        return text
    return found.decode("utf-8", "replace")


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.replace("\r\n", "\n"))


def _fields(text: str) -> Mapping[str, str]:
    return {name.lower(): " ".join(value.split()) for name, value in _FIELD.findall(text)}


def _per_recipient(fields: Mapping[str, str]) -> bool:
    """Tell whether these are fields of a report, and no list of actions with their status that a person wrote."""
    named = bool(fields.keys() & {"final-recipient", "original-recipient"})
    coded = _STATUS.match(fields.get("status", "")) is not None
    return ("action" in fields and (named or coded)) or {"final-recipient", "status"} <= fields.keys()


def _of_fields(blocks: Sequence[Mapping[str, str]], text: Text) -> Report:
    failed = [fields for fields in blocks if _action(fields) == "failed"]
    if not failed:
        return Report("delayed" if any(_action(fields) == "delayed" for fields in blocks) else "other")
    failures = tuple(
        Failure(_address(fields), fields.get("status", ""), fields.get("diagnostic-code", text.said)[:_LONGEST_SAID])
        for fields in failed
    )
    return Report("failed", failures, frozenset(one.recipient for one in failures if one.recipient))


def _action(fields: Mapping[str, str]) -> Kind:
    said = fields.get("action", "").lower()
    if said.startswith("delay"):
        return "delayed"
    if _WENT_ON.match(said):
        return "other"
    status = fields.get("status", "")
    return "failed" if said or status.startswith("5") else "delayed" if status.startswith("4") else "other"


def _address(fields: Mapping[str, str]) -> str:
    """Return whom the report is about. Where a forward failed, that is its target, not who was written to."""
    said = fields.get("final-recipient") or fields.get("original-recipient", "")
    return said.rpartition(";")[2].strip(" <>").lower()


def _of_text(message: Message, text: Text) -> Report:
    failed = bool(enhanced(text.said).startswith("5") or reply_code(text.said).startswith("5"))
    subject = str(message.get("Subject", ""))
    if not failed and (_WAITS.search(text.whole) or _DELAY.search(subject)):
        return Report("delayed")
    listed = str(message.get("X-Failed-Recipients", ""))
    named = recipients_in(listed) or recipients_in(text.failing)
    return Report("failed", (Failure(next(iter(sorted(named)), ""), "", text.said),), frozenset(named))
