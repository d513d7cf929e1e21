"""Which kinds of events, contact cards and commands a version has, and which of them its recordings hold.

`kinds.txt` beside the recordings lists them as they were; only the code of that time knows them all.
"""

from pathlib import Path

from shared.commands.catalogue import REQUESTS
from shared.events.catalogue import EVENTS
from tests.recorded import year

FILE = "kinds.txt"
CARDS = ("people.ContactCard.v1", "people.ContactForgotten.v1")


def write(folder: Path) -> None:
    """List the kinds of this version, if they are not listed already."""
    file = folder / FILE
    if not file.exists():
        commands = (subject for subject in REQUESTS if subject.startswith("commands."))
        file.write_text("".join(f"{kind}\n" for kind in sorted({*EVENTS, *CARDS, *commands})), encoding="utf-8")


def versions() -> list[str]:
    """The versions of which there are recordings."""
    return sorted({recording.parts[0] for recording in year.recordings()})


def listed(version: str) -> set[str]:
    """All kinds of a version."""
    return set((year.FOLDER / version / FILE).read_text(encoding="utf-8").split())


def recorded(version: str) -> set[str]:
    """Those that its recordings hold; a command counts where it was carried out."""
    messages = (
        message for recording in year.recordings() if recording.parts[0] == version for message in year.read(recording)
    )
    held = {
        message.subject if message.is_command else message.headers["ce-type"]
        for message in messages
        if not message.is_command or message.outcome == "done"
    }
    return held & listed(version)
