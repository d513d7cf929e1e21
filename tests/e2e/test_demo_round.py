"""A whole year by `kindred demo --once`: it ends with 0 only if every outcome was checked and right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import patience
from tests.workers import WHOLE_YEAR

pytestmark = WHOLE_YEAR
ROOT = Path(__file__).parents[2]
PLAYED = ("--programme", "peer-visits", "--programme", "project-exchange")
"""The other programmes are played to their end in the town."""


@pytest.mark.timeout(900)
def test_a_year_with_twelve_schools_is_right_in_every_step(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
    done = subprocess.run(
        [sys.executable, "-m", "kindred", "demo", "--once", "--schools", "12", "--folder", str(folder), *PLAYED],
        cwd=ROOT,
        env={**clean, "KINDRED_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=patience(840),
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "not so:" not in done.stdout
    reports = sorted(path.name for path in (folder / "reports").iterdir())
    assert len([name for name in reports if name.startswith("action-plan-") and name.endswith(".pdf")]) == 12
    assert len([name for name in reports if name.startswith("appraisal-") and name.endswith(".pdf")]) == 12
    assert len([name for name in reports if name.startswith("impact-") and name.endswith(".pdf")]) == 1
