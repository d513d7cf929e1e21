"""All programmes of the demo at once, over the same schools and people, all services in one process."""

from pathlib import Path

import pytest

from tests.unit.kindred.demo.years import played, wrong


@pytest.mark.acceptance
@pytest.mark.timeout(1800)
async def test_all_programmes_are_right_beside_each_other_and_what_holds_over_them_holds(tmp_path: Path) -> None:
    this = await played(tmp_path)
    assert not wrong(this), wrong(this)
    assert len(this.checks.done) >= 600
    assert this.town.waiting() == {}
