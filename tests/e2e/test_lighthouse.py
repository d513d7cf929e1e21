"""Ten pages against Lighthouse: accessibility and best practices 100, performance 95 on a throttled phone."""

import sys

import pytest

from tests.e2e.browsing import IN_A_BROWSER
from tests.e2e.lighthouse import faults, scores
from tests.e2e.test_signed_in_accessible import enter
from tests.unit.portal.world import PROGRAMME, REPORT, VISIT
from tests.workers import STACKS

pytestmark = [IN_A_BROWSER, pytest.mark.acceptance, STACKS]
OPEN = ("sign-in", "privacy", "accessibility")
MINE = ("todo", "my-visits", "schools", "details", f"cohort/{PROGRAMME}", f"visit-brief/{VISIT}", f"report/{REPORT}")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}


async def test_ten_pages(stage, tmp_path):
    page = await stage.page()
    await enter(stage, page)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in await page.context.cookies())
    pages = {**dict.fromkeys(OPEN, ""), **{f"me/{one}": cookies for one in MINE}}
    wrong = {}
    for path, sent in pages.items():
        folder = tmp_path / path.replace("/", "_")
        folder.mkdir()
        found = await scores(f"{stage.world.public}/{path}", sent, folder)
        sys.stderr.write(f"{path}: {found}\n")
        if any(found[name] < least for name, least in LEAST.items()):
            wrong[path] = (found, faults(folder))
    assert wrong == {}
