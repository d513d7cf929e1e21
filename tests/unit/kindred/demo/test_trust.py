"""The year of a trust, played to its end by the demo's own steps, all services in one process."""

from pathlib import Path

import pytest

from tests.unit.kindred.demo.years import played, wrong


@pytest.mark.acceptance
@pytest.mark.timeout(600)
async def test_every_step_of_the_trust_is_right_and_every_mail_that_is_owed_comes_once(tmp_path: Path) -> None:
    this = await played(tmp_path, "improvement-model")
    assert not wrong(this), wrong(this)
    assert len(this.checks.done) >= 90
    assert this.town.waiting() == {}
