"""What a mail system wrote itself in a report without fields: its text up to the returned copy, and what it says there.

The returned copy is told by its shape, a run of header lines, whatever language the line above it is written in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser

from services.notifications.domain.refusals import enhanced, reply_code

_LONGEST = 20_000
_LONGEST_SAID = 400
_COPY = re.compile(
    r"^(?:return-path|received|from|to|subject|date|message-id|mime-version|delivered-to"
    r"|authentication-results|(?:x|arc|dkim|domainkey)-[a-z-]+):.*(?:\n[ \t]+\S.*)*"
    r"(?:\n[A-Za-z][A-Za-z0-9-]{1,40}:.*(?:\n[ \t]+\S.*)*){2}",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9]")


@dataclass(frozen=True)
class Text:
    """``whole``: what the system wrote. ``failing``: the lines about the failure. ``said``: codes and words of it."""

    whole: str
    failing: str
    said: str


def own_words(message: Message) -> Text:
    """Return what a mail system wrote, without the returned copy."""
    written = "\n\n".join(filter(None, map(stripped, _texts(message))))[:_LONGEST].replace("\r\n", "\n")
    copy = _COPY.search(written)
    whole = written[: copy.start()] if copy and copy.start() > 0 else written
    failing = _failing(whole)
    return Text(whole, failing, " ".join(failing.split())[:_LONGEST_SAID])


def stripped(part: Message) -> str:
    """Return the text of a part, HTML without its tags; "" for a part that holds none."""
    if part.get_content_maintype() not in {"text", "multipart"} or isinstance(part.get_payload(), list):
        return ""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        text = raw[:_LONGEST].decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = raw[:_LONGEST].decode("utf-8", "replace")
    return _without_tags(text) if part.get_content_subtype() == "html" else text


def recipients_in(text: str) -> set[str]:
    """Return the addresses in a text, in lower case."""
    return {found.lower() for found in _ADDRESS.findall(text)}


def _texts(message: Message) -> Iterator[Message]:
    """Yield the parts with text that stand before the first returned copy."""
    inside = message.get_payload()
    if not isinstance(inside, list):
        yield message
        return
    for part in inside:
        if not isinstance(part, Message) or part.get_content_maintype() == "message":
            return
        yield from _texts(part)


def _failing(whole: str) -> str:
    """Return the paragraphs that hold a code, with the one before that names whom; without codes, from a name on."""
    paragraphs = [one for one in re.split(r"\n[ \t]*\n", whole) if one.strip()]
    coded = [number for number, one in enumerate(paragraphs) if enhanced(one) or reply_code(one)]
    if not coded:
        named_at = next((number for number, one in enumerate(paragraphs) if recipients_in(one)), 0)
        return "\n".join(paragraphs[named_at:])
    before = [] if recipients_in(paragraphs[coded[0]]) else paragraphs[: coded[0]]
    named = [one for one in before if recipients_in(one)][-1:]
    return "\n".join([*named, *(paragraphs[number] for number in coded)])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "p", "div", "tr", "li"}:
            self.said.append("\n")


def _without_tags(html: str) -> str:
    reader = _Reader()
    try:
        reader.feed(html)
    except AssertionError:  # what the standard library raises at marked sections that are none
        reader.said.append(reader.rawdata)
    return "".join(reader.said)
