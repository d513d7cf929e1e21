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
ONE = ("--programme", "peer-visits")
"""`make test` plays the other programmes to their end in the town."""
WHOLE = [pytest.mark.acceptance, pytest.mark.timeout(3_600)]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("played", "seconds"),
    [pytest.param(ONE, 840, id="one programme"), pytest.param((), 3_500, id="every programme", marks=WHOLE)],
)
def test_a_year_with_twelve_schools_is_right_in_every_step(
    tmp_path: Path, played: tuple[str, ...], seconds: int
) -> None:
    folder = tmp_path / "demo"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
    done = subprocess.run(
        [sys.executable, "-m", "kindred", "demo", "--once", "--schools", "12", "--folder", str(folder), *played],
        cwd=ROOT,
        env={**clean, "KINDRED_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=patience(seconds),
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "not so:" not in done.stdout
    reports = sorted(path.name for path in (folder / "reports").iterdir())
    assert len([name for name in reports if name.startswith("action-plan-") and name.endswith(".pdf")]) == 12
    assert len([name for name in reports if name.startswith("appraisal-") and name.endswith(".pdf")]) == 12
    assert len([name for name in reports if name.startswith("impact-") and name.endswith(".pdf")]) == 1
