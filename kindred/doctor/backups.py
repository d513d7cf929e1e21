"""Is there a backup that is young enough to be glad of?"""

import datetime as dt
import json
from pathlib import Path

from kindred.doctor.findings import Finding, ill, well
from shared.operations.backup import MANIFEST

OLDEST = dt.timedelta(hours=26)
ENCRYPTED = "*.age"
"""What `deploy/back-up` writes. It appears under this name only when it is whole."""


def newest(folder: Path, now: dt.datetime) -> list[Finding]:
    """Look at the newest complete backup in a folder: encrypted in it, or as it was taken below it."""
    taken = [
        dt.datetime.fromisoformat(json.loads(manifest.read_text(encoding="utf-8"))["taken"])
        for manifest in folder.glob(f"*/{MANIFEST}")
    ]
    files = [file.stat() for file in folder.glob(ENCRYPTED)]
    taken += [dt.datetime.fromtimestamp(file.st_mtime, dt.UTC) for file in files if file.st_size]
    if not taken:
        return [ill("Backup", f"There is no complete backup below {folder}.")]
    age = now - max(taken)
    if age > OLDEST:
        return [ill("Backup", f"The newest backup below {folder} is {age.days * 24 + age.seconds // 3600} hours old.")]
    return [well("Backup", f"The newest of {len(taken)} backups was taken {max(taken):%Y-%m-%d %H:%M} UTC.")]
