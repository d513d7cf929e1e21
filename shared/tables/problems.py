"""What can be wrong with a file that somebody sends: the whole file, or one row of it."""

from dataclasses import dataclass

__all__ = ["NotThisFile", "Problem"]


class NotThisFile(ValueError):  # noqa: N818 - named for what it says to a person
    """The file as a whole cannot be read; its text is one sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one row. `row_kept` says whether the row went in all the same, without the bad value."""

    line: int
    column: str
    reason: str
    row_kept: bool = False

    def outcome(self) -> str:
        """The reason, and what became of the row."""
        return f"{self.reason} {'The rest of the row went in.' if self.row_kept else 'The row was left out.'}"
