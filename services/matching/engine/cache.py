"""Where numba keeps the compiled engine.

The directory is named after a digest of all compiled sources. numba itself notices a change in a function's own file
only, not in the files of the functions that it calls. In a read-only container the cache made at build time is copied
to the temporary directory first.
"""

import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

DONE = "everything"
"""The file that says that everything has been compiled. It is written last, so it is missing after an interruption."""


def filled() -> bool:
    """Tell whether everything has been compiled into it."""
    return (folder() / DONE).exists()


def fill() -> None:
    """Note that everything has been."""
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / DONE).touch()


def folder() -> Path:
    """The directory for the sources as they are."""
    here = Path(__file__).parent
    sources = (path.read_bytes() for path in sorted(here.glob("*.py")))
    digest = sha256(b"".join(source for source in sources if b"compiled" in source)).hexdigest()[:12]
    name = f"engine-{digest}"
    warmed = Path(os.environ.get("NUMBA_CACHE_DIR") or here / "__pycache__") / name
    if os.access(_existing(warmed), os.W_OK):
        return warmed
    copied = Path(tempfile.gettempdir()) / f"kindred-{os.getuid()}-{name}"
    if warmed.exists() and not copied.exists():
        shutil.copytree(warmed, copied)
    return copied


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)
