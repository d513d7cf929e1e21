"""`python -m deploy.release` runs every check of a release: one line each, and a sentence for whatever is wrong."""

import sys
from collections.abc import Callable
from pathlib import Path

from deploy.release import images, lock, platforms, stated, wheel
from deploy.release.running import Skipped, run

ROOT = Path(__file__).parents[2]
Checks = dict[str, Callable[[Path], list[str]]]
CHECKS: Checks = {
    "one version everywhere": stated.versions,
    "changelog": stated.changelog,
    "recorded year": stated.recorded,
    "nothing uncommitted, tag free": stated.repository,
    "released contracts and generated docs": lambda root: run([sys.executable, "-m", "contracts", "check"], root),
    "requirements lock": lock.problems,
    "requirements on other platforms": platforms.problems,
    "wheel": wheel.problems,
    "images": images.problems,
}


def main(root: Path = ROOT, checks: Checks = CHECKS) -> int:
    """Run all checks; 0 if nothing is wrong. A check that could not be made says so and is not wrong."""
    wrong = 0
    for name, check in checks.items():
        try:
            found = check(root)
        except Skipped as skipped:
            print(f"{name}: not checked. {skipped}", flush=True)
            continue
        print(f"{name}: {'wrong' if found else 'right'}", flush=True)
        for sentence in found:
            print(f"  {sentence}", flush=True)
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
