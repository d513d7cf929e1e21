"""A fault of NATS is one log line a minute, and its words say where to look."""

import pytest
from nats.js.errors import ServiceUnavailableError
from structlog.testing import capture_logs

from shared.bus.faults import Faults, in_words

FULL = ServiceUnavailableError(code=503, err_code=10077, description="write /data/1.blk: no space left on device")
OTHER = ServiceUnavailableError(code=503, err_code=10008, description="JetStream system temporarily unavailable")


class Watch:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


def test_a_full_disk_is_named():
    assert in_words(FULL) == "write /data/1.blk: no space left on device: look at its disk and `kindred bus status`"
    assert in_words(OTHER) == "JetStream system temporarily unavailable"
    assert in_words(TimeoutError()) == "TimeoutError"


def test_the_same_fault_is_logged_once_a_minute_and_another_at_once(watch):
    faults = Faults(watch)
    with capture_logs() as lines:
        for second in range(120):
            watch.now = float(second)
            faults.note("nats_error", FULL)
        faults.note("nats_error", OTHER)
    assert [line["why"] for line in lines] == [in_words(FULL), in_words(FULL), in_words(OTHER)]


def test_what_the_server_refused_counts_for_fifteen_seconds(watch):
    faults = Faults(watch)
    assert faults.refused() == ""
    faults.note("nats_error", FULL)
    faults.note("relay_failed", TimeoutError())
    assert faults.refused() == in_words(FULL)
    watch.now = 16.0
    assert faults.refused() == ""
