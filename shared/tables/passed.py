"""What an import passes over on purpose, or reads although it is hidden; said at its end, so that nothing vanishes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Passed", "lines_named"]

_MOST_NAMED = 8


@dataclass(slots=True)
class Passed:
    """Lines by the reason why they are no rows of the table; filled while a file is read."""

    blank: int = 0
    above: list[tuple[int, str]] = field(default_factory=list)
    examples: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    repeated: list[tuple[int, int]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)

    def sentences(self) -> tuple[str, ...]:
        """One sentence a kind, those only that there is something to say of."""
        over = [
            *(f"'{text}' above the headings (line {line})" for line, text in self.above),
            *([f"{counted(self.blank, 'blank row')}"] if self.blank else ()),
            *([f"the form's example ({lines_named(self.examples)})"] if self.examples else ()),
            *([f"{counted(len(self.notes), 'note row')} ({lines_named(self.notes)})"] if self.notes else ()),
            *([f"the headings again ({lines_named(self.headings)})"] if self.headings else ()),
            *(f"line {line}, which repeats line {first} word for word" for line, first in self.repeated),
        ]
        read = (
            f"{counted(len(self.hidden), 'hidden row')} read too ({lines_named(self.hidden)})." if self.hidden else ""
        )
        struck = (
            f"{counted(len(self.struck), 'row')} whose cells are struck through read too ({lines_named(self.struck)}). "
            "Delete what does not count and send the file again."
            if self.struck
            else ""
        )
        return tuple(
            sentence
            for sentence in (
                f"Passed over: {'; '.join(over)}." if over else "",
                _were(read, self.hidden),
                _were(struck, self.struck),
                _columns(self.hidden_columns),
            )
            if sentence
        )


def _columns(named: Sequence[str]) -> str:
    if not named:
        return ""
    were = "column was" if len(named) == 1 else "columns were"
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return f"{len(named)} hidden {were} read too ({', '.join(named[:_MOST_NAMED])}{more})."


def _were(sentence: str, lines: Sequence[int]) -> str:
    return sentence.replace(" read too", " was read too" if len(lines) == 1 else " were read too")


def counted(count: int, what: str) -> str:
    """A count with its noun."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def lines_named(lines: Iterable[int]) -> str:
    """'line 3', 'lines 3, 5 to 9', cut where there are many."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    named = [str(a) if a == b else f"{a}, {b}" if b == a + 1 else f"{a} to {b}" for a, b in runs[:_MOST_NAMED]]
    more = " and more" if len(runs) > _MOST_NAMED else ""
    single = len(runs) == 1 and runs[0][0] == runs[0][1]
    return f"{'line' if single else 'lines'} {', '.join(named)}{more}"
