"""Success leaves a trace at the level DEBUG: what was answered and handled, under the id of what set it off."""

import json
import logging
import subprocess
import sys

import pytest
import structlog
from structlog.testing import capture_logs

from tests.integration.bus.samples import Ring, belfry, village
from tests.waiting import until


@pytest.fixture
def lines():
    """All log lines, whatever their level, with the ids that are bound to them."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as found:
        yield found
    structlog.configure(wrapper_class=before)


async def test_a_command_and_what_follows_from_it_in_another_service_are_logged_under_one_id(
    running, settings, client, lines
):
    await running(belfry(settings), village(settings))
    await client.ask(Ring(bell_id="tom"), key="k1")

    async def found():
        about = [line for line in lines if line.get("correlation_id") == "Ring:k1"]
        seen = {(line["event"], line.get("request") or line.get("durable"), line["outcome"]) for line in about}
        return seen if len(seen) == 2 else None

    assert await until(found) == {("answered", "Ring", "done"), ("handled", "village-rang", "done")}


@pytest.mark.parametrize(("level", "shown"), [("DEBUG", ["handled", "away"]), ("INFO", ["away"])])
def test_the_level_decides_whether_success_is_logged(level, shown):
    code = (
        f"from shared import telemetry as t; t.configure_logs('village', {level!r}); log = t.logger('kindred.a')\n"
        "log.debug('handled'); log.warning('away')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [json.loads(line)["event"] for line in run.stderr.splitlines()] == shown
