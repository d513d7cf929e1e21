"""Two years of leadership teams, played to their end by the demo's own steps, all services in one process."""

from pathlib import Path

import pytest

from tests.unit.kindred.demo.years import played, wrong


@pytest.mark.acceptance
@pytest.mark.timeout(600)
async def test_every_step_of_the_journey_is_right_and_every_mail_that_is_owed_comes_once(tmp_path: Path) -> None:
    this = await played(tmp_path, "leadership-journey")
    assert not wrong(this), wrong(this)
    assert len(this.checks.done) >= 80
    assert this.town.waiting() == {}
