"""A template's text as it is put right on a page: the faulty lines with what stands around them, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.commands.templates import TemplateFault

AROUND = 2
"""Lines that are shown before and after a faulty one."""
MOST = 25
"""Passages that are put right on one page: a form of them all stays small."""


@dataclass(frozen=True)
class Passage:
    """Lines `first` to `last` of the text, counted from 1, with what is wrong in them."""

    first: int
    last: int
    text: str
    faults: tuple[TemplateFault, ...]

    @property
    def name(self) -> str:
        """Its field on the page."""
        return f"lines-{self.first}-{self.last}"


def passages(text: str, faults: Iterable[TemplateFault]) -> tuple[Passage, ...]:
    """Return the passages with something wrong in them, in order; none holds a line of another. At most `MOST`."""
    lines = text.split("\n")
    found: list[tuple[int, int, list[TemplateFault]]] = []
    for fault in sorted(faults, key=lambda one: one.line):
        at = min(max(1, fault.line), len(lines))
        first, last = max(1, at - AROUND), min(len(lines), at + AROUND)
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]), [*found[-1][2], fault])
        else:
            found.append((first, last, [fault]))
    return tuple(
        Passage(first, last, "\n".join(lines[first - 1 : last]), tuple(wrong)) for first, last, wrong in found[:MOST]
    )


def corrected(text: str, shown: Iterable[Passage], posted: Mapping[str, str]) -> str:
    """Return the text with the passages as they were typed; one that was not sent stays as it is."""
    lines = text.split("\n")
    for one in sorted(shown, key=lambda passage: passage.first, reverse=True):
        if one.name in posted:
            lines[one.first - 1 : one.last] = posted[one.name].rstrip("\n").split("\n")
    return "\n".join(lines)
