"""A recorded year: one line of JSON a message, in the order in which the server had them, packed."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
NOT_ASKED = ("commands.programmes.", "commands.notifications.ResendMail.")
"""Commands that a replay does not ask again; see `replay`."""


@dataclass(frozen=True)
class Message:
    """An event, a contact card, a due reminder or a command as it went over the bus, with the headers that matter.

    ``at`` is the time by the clock of that year. ``outcome`` and ``reply`` are how a command was answered. ``upload``:
    the text of the file that goes along with a command.
    """

    subject: str
    headers: dict[str, str]
    body: Any = None
    at: str = ""
    outcome: str = ""
    reply: Any = None
    upload: str = ""

    @property
    def is_command(self) -> bool:
        """Whether somebody was asked, not told."""
        return self.subject.startswith("commands.")

    @property
    def data(self) -> bytes:
        """The body as it is sent; nothing where a contact card was taken back."""
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


def recordings() -> list[Path]:
    """All files of all versions, relative to this folder: `0.1.0/year.jsonl.gz`."""
    return sorted(path.relative_to(FOLDER) for path in FOLDER.glob("*/*.jsonl.gz"))


def read(recording: Path) -> list[Message]:
    """All messages of a recording, in order."""
    with gzip.open(FOLDER / recording, "rt", encoding="utf-8") as lines:
        return [Message(**json.loads(line)) for line in lines]


def write(file: Path, messages: Iterable[Message]) -> int:
    """Write them and return how many bytes they take; the same messages give the same bytes."""
    rows = ({name: value for name, value in asdict(one).items() if value not in ("", None)} for one in messages)
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.write_bytes(gzip.compress(text.encode(), mtime=0))
