"""What a person wrote in a mail: its text without mark-up, and the words beside a calendar's answer.

The links of our own mails are for one person alone. A reply quotes them, so their tokens are taken out of every text.
"""

import re
from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser

LONGEST = 5_000
_TOKEN = re.compile(r"((?:/|%2F|%252F|-2F|_)l(?:/|%2F|%252F|-2F|_))[A-Za-z0-9_-]{20,}", re.IGNORECASE)
"""A link of ours, also as Outlook's and Proofpoint's rewritten links hold it."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")
_SILENT_TAGS = frozenset({"style", "script", "head", "title"})
_LINE_TAGS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})
_QUOTED = re.compile(
    r"^(-{3,}\s*\S.*\S\s*-{3,}|_{10,}|--|(on|am|le)\b.{5,120}\b(wrote|schrieb|a \u00e9crit)\s?:)\s*$", re.IGNORECASE
)
"""The line above which an answer stands: the original appointment or message, or a signature (RFC 3676, 4.3)."""
_PROGRAMS_LINE = re.compile(
    r"^(?!i\b).{1,120}?\b(has|have) (tentatively )?(accepted|declined|answered|replied .{0,20}\bto) (this|your|the|an) "
    r"((meeting|calendar|event) )?(invitation|invite|event|meeting|appointment)"
    r"( with (a|this) note| to [\"\u201c'].{0,200}[\"\u201d'])?[.:!]?$",
    re.IGNORECASE,
)
"""What calendar programs write into the mail that carries an answer, such as `Ann Marsh has accepted this invitation.`
"""
_NOTE = re.compile(r"with (?:a|this) note:\s*[\"\u201c](.+?)[\"\u201d]\s*(?:\n\n|$)", re.IGNORECASE | re.DOTALL)
_SENT_FROM = re.compile(r"^(sent from my|sent from mail for|get outlook for)\b.{0,60}$", re.IGNORECASE)


def text_of(message: Message) -> str:
    """Return the text of a mail, of at most 5,000 characters: its plain part, or else its HTML part without mark-up."""
    for subtype, read in (("text/plain", str), ("text/html", _without_markup)):
        for part in _texts(message, subtype):
            text = tidy(read(_decoded(part)))
            if text:
                return text
    return ""


def words_beside(text: str) -> str:
    """Return what a person wrote into the mail of a calendar's answer; "" where only a program has written."""
    lines: list[str] = []
    for line in text.splitlines():
        if _QUOTED.match(line):
            break
        lines.append(line)
    if any(_PROGRAMS_LINE.match(line.strip()) for line in lines):
        note = _NOTE.search(text)
        return note.group(1).strip() if note else ""
    return "\n".join(line for line in lines if not line.startswith(">") and not _SENT_FROM.match(line.strip())).strip()


def tidy(text: str) -> str:
    """Return a text as it may be shown: printable, without the tokens of our links, bounded."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    lines = (line.rstrip() for line in _UNPRINTABLE.sub("", plain).split("\n"))
    return _BLANK_LINES.sub("\n\n", _TOKEN.sub(r"\1(link)", "\n".join(lines))).strip()[:LONGEST]


def _texts(message: Message, content_type: str) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == content_type and part.get_content_disposition() != "attachment":
            yield part


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content[: 20 * LONGEST].decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return content[: 20 * LONGEST].decode("utf-8", "replace")


def _without_markup(html: str) -> str:
    page = _Text()
    page.feed(html)
    page.close()
    return "".join(page.found)


class _Text(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = 0 if tag == "body" else self._silent + (tag in _SILENT_TAGS)
        if tag in _LINE_TAGS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT_TAGS and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(" ".join(data.split("\n")))
