"""The wheel of the command line: built without the network, installed from the lock into an empty environment, run."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from deploy.release.running import run
from deploy.release.stated import version

CARRIED = ("contracts/topology.json", "deploy/embedded", "kindred", "shared", ":!kindred/catcher", ":!kindred/demo")
"""What the command line needs of the repository, Python or not; services come as images."""


def build(root: Path, folder: Path) -> Path:
    """Build the wheel into `folder`; raises CalledProcessError with the builder's words."""
    uv = [sys.executable, "-m", "uv", "build", "--quiet", "--wheel", "--no-build-isolation", "--offline"]
    subprocess.run(
        [*uv, "--python", sys.executable, "--out-dir", folder, root], check=True, capture_output=True, text=True
    )
    (built,) = folder.glob("kindred-*.whl")
    return built


def missing(root: Path, built: Path) -> list[str]:
    """Tracked files that the wheel ought to carry and does not."""
    listed = subprocess.run(["git", "ls-files", *CARRIED], cwd=root, check=True, capture_output=True, text=True)
    with zipfile.ZipFile(built) as archive:
        carried = set(archive.namelist())
    return [f"The wheel lacks {name}." for name in listed.stdout.splitlines() if name not in carried]


def problems(root: Path) -> list[str]:
    """What keeps the wheel from being built, installed with what is locked, or run."""
    with tempfile.TemporaryDirectory(prefix="kindred-wheel-") as name:
        folder = Path(name)
        try:
            built = build(root, folder)
        except subprocess.CalledProcessError as error:
            return ["The wheel cannot be built:", *error.stderr.splitlines()[-12:]]
        return missing(root, built) or _installed(root, built, folder / "venv")


def _installed(root: Path, built: Path, environment: Path) -> list[str]:
    uv = [sys.executable, "-m", "uv"]
    pip, here = [*uv, "pip"], ["--quiet", "--python", str(environment)]
    locked: list[str | Path] = ["--require-hashes", "--no-deps", "-r", root / "requirements" / "cli.txt"]
    return (
        run([*uv, "venv", "--quiet", "--python", sys.executable, environment], root)
        or run([*pip, "install", *here, *locked], root)
        or run([*pip, "install", *here, "--no-deps", built], root)
        or run([*pip, "check", *here], root)
        or runs(environment, version(root))
    )


def runs(environment: Path, wanted: str) -> list[str]:
    """What is wrong with the installed command: it must say its version and read its data, away from any checkout."""
    said = subprocess.run(
        [environment / "bin" / "kindred", "--version"],
        cwd=environment, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said.stdout.strip() != f"Kindred {wanted}":
        return [f"The installed `kindred --version` says {(said.stdout + said.stderr).strip()!r}."]
    data = "import kindred.atlas.page, kindred.running.topology as t; assert t.recorded().consumers"
    return run([environment / "bin" / "python", "-I", "-c", data], environment)
