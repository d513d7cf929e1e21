"""A page of the docs followed word by word: its commands are run as they stand, and what they show is compared.

A block marked ``console`` holds commands behind ``$`` and what each shows. What differs from run to run (ids, ports,
folders, seconds, when a mail was queued) is masked on both sides. A line ``…`` stands for any lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_VARYING = (
    (re.compile(r"\b(prg|coh|grp|vis|evt|per|mai|imp)-[0-9a-f]{6,}"), "<id>"),
    (re.compile(r"(127\.0\.0\.1:)\d+"), r"\1<port>"),
    (re.compile(r"/\S*/\.kindred\b|/\S*/bin/(?=kindred)"), "<folder>"),
    (re.compile(r"\b\d+\.\d s\b"), "<seconds>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d"), "<moment>"),
    (re.compile(r"[─━]+"), "-"),
    (re.compile(r" +"), " "),
)
ANY = "…"


@dataclass(frozen=True)
class Step:
    """A command, the lines it should show, and where on the page it stands."""

    line: int
    command: str
    shown: tuple[str, ...]


def steps(page: Path) -> list[Step]:
    """The commands of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found: list[Step] = []
    for block in _BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1)) + 1
        for at, line in enumerate(block[1].splitlines(), start=first):
            if line.startswith("$ "):
                found.append(Step(at, line.removeprefix("$ "), ()))
            else:
                last = found.pop()
                found.append(Step(last.line, last.command, (*last.shown, line)))
    return found


def plain(text: str) -> list[str]:
    """The lines of an output with what varies masked; blank lines do not count."""
    for pattern, mask in _VARYING:
        text = pattern.sub(mask, text)
    return [line.strip() for line in text.splitlines() if line.strip()]


def fits(shown: Sequence[str], seen: Sequence[str]) -> bool:
    """Whether lines seen are those shown, where a line ``…`` stands for any number of lines."""
    if not shown:
        return not seen
    if shown[0] == ANY:
        return any(fits(shown[1:], seen[at:]) for at in range(len(seen) + 1))
    return bool(seen) and shown[0] == seen[0] and fits(shown[1:], seen[1:])
