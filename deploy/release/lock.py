"""The lock agrees with what each `pyproject.toml` asks for if `make lock` would change nothing."""

import shutil
import tempfile
from pathlib import Path

from deploy.release.running import run


def problems(root: Path) -> list[str]:
    """Files in `requirements/` that `make lock` would change; it runs on a copy and asks the package registry."""
    with tempfile.TemporaryDirectory(prefix="kindred-lock-") as name:
        folder = Path(name)
        for file in (
            "Makefile",
            "pyproject.toml",
            *(f"services/{path.parent.name}/pyproject.toml" for path in _own(root)),
        ):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / file, folder / file)
        shutil.copytree(root / "requirements", folder / "requirements")
        (folder / ".venv").symlink_to((root / ".venv").resolve())
        said = run(["make", "lock"], folder)
        if said:
            return ["`make lock` fails:", *said]
        return [
            f"requirements/{file.name} is not what pyproject.toml asks for; run `make lock`."
            for file in sorted((folder / "requirements").iterdir())
            if not (root / "requirements" / file.name).exists()
            or file.read_bytes() != (root / "requirements" / file.name).read_bytes()
        ]


def _own(root: Path) -> list[Path]:
    return sorted(root.glob("services/*/pyproject.toml"))
