"""What an importer makes of a file: steps to carry out one by one, the last of which ends the import."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from services.programmes.domain.imports import ImportJob, Progress
from shared.bus import UnitOfWork

__all__ = ["BatchSize", "Importer", "Opened", "Step"]

Step = Callable[[UnitOfWork], Awaitable[Progress]]
Finish = Callable[[ImportJob, UnitOfWork], Awaitable[Progress]]


class BatchSize:
    """How many rows a step saves in its transaction. MongoDB ends one that lasts too long, as on a busy machine."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def halve(self) -> None:
        """Fewer from now on."""
        self.rows = max(1, self.rows // 2)


def _as_they_are() -> None:
    """Steps of one row cannot be made smaller."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A recognised file. `steps` begin after the line the job has reached; each may run again until it is committed.

    `questions`: what of the file was not understood; none of it goes in before somebody has said yes. `header`: its
    headings, for the rows that are sent back. `smaller`: makes the steps of the next opening smaller, where that is
    possible. `names`: the form's name of each heading. `apart`: no step builds on one before it.
    """

    kind: str
    total: int
    steps: Iterator[Step]
    finish: Finish
    notes: tuple[str, ...] = field(default=())
    questions: tuple[str, ...] = field(default=())
    header: tuple[str, ...] = field(default=())
    smaller: Callable[[], None] = field(default=_as_they_are)
    names: tuple[str, ...] = field(default=())
    apart: bool = False


class Importer(Protocol):
    """Knows one kind of file."""

    async def open(self, job: ImportJob, data: bytes) -> Opened:
        """Recognise the file. Raises NotThisFile or Rejected if it is not taken at all."""
        ...
