"""The images, built as `docker compose` builds them, where a Docker engine answers."""

import shutil
from pathlib import Path

from deploy.release.running import Skipped, run


def problems(root: Path) -> list[str]:
    """What keeps an image from being built; raises Skipped where no Docker engine answers."""
    if shutil.which("docker") is None or run(["docker", "info"], root):
        raise Skipped("No Docker engine answers here, so no image was built.")
    return run(["docker", "compose", "build", "--quiet"], root)
