"""A process whose event loop is stuck for a minute ends itself; one that was only paused does not."""

import time

from shared.bus.health.readiness import STALE, Health
from shared.bus.health.watchdog import EXIT_CODE, PATIENCE, Watchdog


def watched():
    ended: list[int] = []
    return Watchdog(Health(), ended.append), ended


def test_a_stuck_process_is_ended_after_a_minute_of_looks():
    watchdog, ended = watched()
    watchdog.health.beat = time.monotonic() - STALE
    for _ in range(PATIENCE - 1):
        watchdog.look()
    assert ended == []
    watchdog.look()
    assert ended == [EXIT_CODE]


def test_one_turn_of_the_loop_starts_the_count_anew():
    watchdog, ended = watched()
    watchdog.health.beat = time.monotonic() - 10 * PATIENCE
    for _ in range(PATIENCE - 1):
        watchdog.look()
    watchdog.health.beat = time.monotonic()
    watchdog.look()
    assert (watchdog.stuck, ended) == (0, [])
