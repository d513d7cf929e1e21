"""The text of a mail: without mark-up, printable and bounded.

The links of our own mails are for one person alone. A reply quotes them, so their tokens are taken out of every text.
"""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from html.parser import HTMLParser

LONGEST = 5_000
_TOKEN = re.compile(r"((?:/|%2F|%252F|-2F|_)l(?:/|%2F|%252F|-2F|_))[A-Za-z0-9_-]{20,}", re.IGNORECASE)
"""A link of ours, also as Outlook's and Proofpoint's rewritten links hold it."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Also halves of characters, which some code pages leave behind: no UTF-8 holds them."""
_BLANK_LINES = re.compile(r"\n{3,}")
_SILENT_TAGS = frozenset({"style", "script", "head", "title"})
_TAG = re.compile(r"<[^>]{0,2000}>")
_MARK, _MOST_MARKS = "> ", 3
_LINE_TAGS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})


def text_of(message: Message) -> str:
    """Return the text of a mail, of at most 5,000 characters: its plain part, or else its HTML part without mark-up.

    Where it holds nothing but another mail, that one's text is quoted.
    """
    own = _text_among(list(_parts(message)))
    if own:
        return own
    attached = _text_among(list(message.walk()))
    return "\n".join(f"{_MARK}{line}" for line in attached.splitlines())[:LONGEST]


def _text_among(parts: Sequence[Message]) -> str:
    for subtype, read in (("text/plain", str), ("text/html", _without_markup)):
        for part in parts:
            if part.get_content_type() == subtype and part.get_content_disposition() != "attachment":
                text = tidy(read(_decoded(part)))
                if text:
                    return text
    return ""


def tidy(text: str) -> str:
    """Return a text as it may be shown: printable, without the tokens of our links, bounded."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    lines = (line.rstrip() for line in _UNPRINTABLE.sub("", plain).split("\n"))
    return _BLANK_LINES.sub("\n\n", _TOKEN.sub(r"\1(link)", "\n".join(lines))).strip()[:LONGEST]


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail; what is inside an attached mail is none of them."""
    yield message
    inside = message.get_payload() if message.get_content_maintype() == "multipart" else None
    for part in inside if isinstance(inside, list) else ():
        if isinstance(part, Message):
            yield from _parts(part)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content[: 20 * LONGEST].decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, UnicodeError):
        return content[: 20 * LONGEST].decode("utf-8", "replace")


def _without_markup(html: str) -> str:
    page = _Text()
    try:
        page.feed(html)
        page.close()
    except AssertionError:  # what the standard library raises at marked sections that are none
        return _TAG.sub(" ", html)
    return "".join(page.found)


class _Text(HTMLParser):
    """Collects the text of a page; what it quotes gets the marks that plain text has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = 0 if tag == "body" else self._silent + (tag in _SILENT_TAGS)
        self._quoted += tag == "blockquote"
        if tag in _LINE_TAGS:
            self._begin_line()

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT_TAGS and self._silent > 0
        if tag == "blockquote" and self._quoted:
            self._quoted -= 1
            self._begin_line()

    def _begin_line(self) -> None:
        self.found.append("\n" + _MARK * min(self._quoted, _MOST_MARKS))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(" ".join(data.split("\n")))
