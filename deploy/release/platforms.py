"""The lock installs on every platform that the README names: each requirement has a wheel there, with its locked hash.

Nothing is installed and nothing runs: that a Mac runs the demo is untried.
"""

import sys
import tempfile
from pathlib import Path

from deploy.release.running import Skipped, run

PLATFORMS = {
    "x86_64-unknown-linux-gnu": "Linux on x86-64",
    "aarch64-apple-darwin": "a Mac with an Apple chip",
}
PYTHONS = ("3.11", "3.13")
_UNREACHED = ("Failed to fetch", "error sending request", "dns error", "Could not connect")


def problems(root: Path) -> list[str]:
    """What cannot be installed where; asks the package registry. Raises Skipped where none answers."""
    found: list[str] = []
    for platform, named in PLATFORMS.items():
        for python in PYTHONS:
            said = _tried(root, platform, python)
            if any(sign in line for line in said for sign in _UNREACHED):
                raise Skipped("No package registry answers here.")
            if said:
                found += [f"requirements/dev.txt cannot be installed on {named} with Python {python}:", *said]
    return found


def _tried(root: Path, platform: str, python: str) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="kindred-platform-") as target:
        command = [str(root / ".venv" / "bin" / "uv"), "pip", "install", "--dry-run", "--no-deps", "--require-hashes"]
        wanted = ["--only-binary", ":all:", "--python-platform", platform, "--python-version", python]
        return run([*command, *wanted, "--target", target, "-r", "requirements/dev.txt"], root)


def main(root: Path = Path(__file__).parents[2]) -> int:
    """Check and say so; 0 if nothing is wrong or nothing could be asked."""
    try:
        found = problems(root)
    except Skipped as skipped:
        print(f"requirements on other platforms: not checked. {skipped}")
        return 0
    print(f"requirements on other platforms: {'wrong' if found else 'right'}")
    for sentence in found:
        print(f"  {sentence}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
