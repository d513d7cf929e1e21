"""What is started again, and what is left alone, read from what the Docker engine says of containers."""

from datetime import UTC, datetime, timedelta

import pytest

from deploy import heal

NOW = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
REFUSED = "urllib.error.HTTPError: HTTP Error 503: Service Unavailable"
LATE = "Health check exceeded timeout (10s)"


def check(seconds_ago, code, output=""):
    return {"End": (NOW - timedelta(seconds=seconds_ago)).isoformat(), "ExitCode": code, "Output": output}


def state(*checks, started_ago=3600):
    return {"StartedAt": (NOW - timedelta(seconds=started_ago)).isoformat(), "Health": {"Log": list(checks)}}


@pytest.mark.parametrize(
    ("what", "answered"),
    [
        (state(check(10, 0)), True),
        (state(check(10, 1, REFUSED)), True),  # it says what it waits for
        (state(check(100, 0), check(10, 1, LATE)), False),
        (state(check(60, 0), check(10, 1, LATE)), True),  # not for 90 seconds yet
        (state(check(120, 0)), False),  # frozen: the engine asks no more
        (state(started_ago=30), True),  # just started, not asked yet
        (state(started_ago=300), False),
    ],
)
def test_silence_is_no_answer_for_ninety_seconds(what, answered):
    assert heal.answered(what, NOW) is answered


def test_times_of_other_zones_are_understood():
    zoned = {"StartedAt": "2026-09-07T09:59:30.123456789+02:00", "Health": {"Log": []}}
    assert heal.answered(zoned, NOW)
    assert not heal.answered(zoned, NOW + timedelta(minutes=2))


def test_only_the_silent_ones_are_started_again(monkeypatch):
    asked = []
    ago = datetime.now(UTC) - NOW
    fresh = (NOW + ago).isoformat()
    healthy = {"StartedAt": fresh, "Health": {"Log": [{"End": fresh, "ExitCode": 0, "Output": ""}]}}
    whole = {"c1": state(check(300, 0)), "c2": healthy, "c3": {"StartedAt": fresh}}

    def ask(method, path):
        asked.append((method, path))
        if path.startswith("/containers/json?"):
            return [{"Id": key, "Names": [f"/{key}"], "State": "paused"} for key in whole]
        return {"State": whole[path.split("/")[2]]} if method == "GET" else None

    monkeypatch.setattr(heal, "ask", ask)
    for found in heal.silent("kindred"):
        heal.heal(found)
    assert [line for line in asked if line[0] == "POST"] == [
        ("POST", "/containers/c1/unpause"), ("POST", "/containers/c1/restart?t=10"),
    ]  # fmt: skip
