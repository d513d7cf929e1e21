"""How much memory processes have needed at most, as Linux counts it (`VmHWM`)."""

import os
import re
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak(session: int) -> int:
    """Bytes that the processes of a session have held at most, added up; 0 where the machine does not say."""
    found = 0
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        with suppress(OSError):  # it ended meanwhile
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                said = _PEAK.search((entry / "status").read_text(encoding="utf-8"))
                found += 1024 * int(said[1]) if said else 0
    return found
