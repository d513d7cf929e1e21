"""The year of a partnership of heads, played to its end by the demo's own steps, all services in one process."""

from pathlib import Path

import pytest

from tests.unit.kindred.demo.years import played, wrong
from tests.workers import UNTRACED

pytestmark = UNTRACED


@pytest.mark.timeout(240)
async def test_every_step_of_the_partnership_is_right_and_every_mail_that_is_owed_comes_once(tmp_path: Path) -> None:
    this = await played(tmp_path, "headteacher-development")
    assert not wrong(this), wrong(this)
    assert len(this.checks.done) >= 110
    assert this.town.waiting() == {}
