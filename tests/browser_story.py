"""A page of the docs that is followed in a browser: what is pressed, typed and chosen, and what is seen then.

Each item of a list is one thing that somebody does, in a few fixed words:

    Open `/sign-in`.
    Press **Check the file**. You see “1 to put right”.
    Choose **Peer visits**.
    In *Name* type `Ada`.                In *Code* type what your authenticator shows.
    In *School year* choose **2027/28**.  In *The file* choose the file `answers.csv`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ITEM = re.compile(r"^- (.*)$", re.MULTILINE)
_SEEN = re.compile(r" You see “([^”]*)”\.$")
_DONE = {
    "open": re.compile(r"Open `(?P<what>[^`]+)`\.$"),
    "press": re.compile(r"Press \*\*(?P<what>[^*]+)\*\*\.$"),
    "pick": re.compile(r"Choose \*\*(?P<what>[^*]+)\*\*\.$"),
    "file": re.compile(r"In \*(?P<where>[^*]+)\* choose the file `(?P<what>[^`]+)`\.$"),
    "select": re.compile(r"In \*(?P<where>[^*]+)\* choose \*\*(?P<what>[^*]+)\*\*\.$"),
    "type": re.compile(r"In \*(?P<where>[^*]+)\* type `(?P<what>[^`]+)`\.?$"),
    "code": re.compile(r"In \*(?P<where>[^*]+)\* type (?P<what>the code of the mail|what your authenticator shows)\."),
}
END = "## And then"


@dataclass(frozen=True)
class Act:
    """One thing that somebody does: `kind` is one of those above. `seen`: what the page says afterwards."""

    line: int
    kind: str
    what: str
    where: str = ""
    seen: str = ""


def acts(page: Path) -> Iterator[Act]:
    """Everything that is done on a page, in order; AssertionError for an item that says nothing of the kind."""
    text = page.read_text(encoding="utf-8").split(END)[0]
    for item in _ITEM.finditer(text):
        line, said = text.count("\n", 0, item.start()) + 1, item[1]
        seen = _SEEN.search(said)
        rest = said[: seen.start()] if seen else said
        found = next(((kind, match) for kind, form in _DONE.items() if (match := form.match(rest))), None)
        assert found, f"{page.name}, line {line}: nothing can be done by “{said}”"
        kind, match = found
        yield Act(line, kind, seen=seen[1] if seen else "", **match.groupdict())
