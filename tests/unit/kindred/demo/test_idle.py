"""When everything that one step of a round set off has come to its end."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from nats.errors import TimeoutError as NoAnswerError
from nats.js.errors import ServiceUnavailableError

from kindred.demo import idle
from shared.errors import Permanent
from shared.operations import streams

CLIENT: Any = SimpleNamespace(connection=SimpleNamespace(jetstream=lambda: None))


def line(waiting=0, in_hand=0):
    return SimpleNamespace(durable="matching-facts", waiting=waiting, in_hand=in_hand)


NOW = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)


class Bus:
    """Answers look by look: the streams' sizes, the work that waits, the mails under way.

    A look may go on with the rows that wait in matching's outbox, and the reminders that are due.
    """

    def __init__(self, *looks) -> None:
        self.looks = list(looks)
        self.taken = 0
        self.mails = self.rows = self.due = 0

    async def status(self, _jetstream):
        look = self.looks[min(self.taken, len(self.looks) - 1)]
        self.taken += 1
        if isinstance(look, Exception):
            raise look
        sizes, lines, self.mails, self.rows, self.due = (*look, 0, 0)[:5]
        return sizes, lines

    async def under_way(self, _now):
        return self.mails

    async def waiting(self):
        return {"matching": self.rows, "tasks": 0}

    async def close(self):
        """Nothing is open."""

    async def overdue(self):
        return self.due


async def clock(_jetstream):
    return None


async def ended(bus, monkeypatch, patience=5.0):
    monkeypatch.setattr(streams, "status", bus.status)
    monkeypatch.setattr(idle, "POLL", 0)
    monkeypatch.setattr(idle, "AGAIN", 0)
    monkeypatch.setattr(idle, "Timers", lambda _jetstream, _clock: bus)
    monkeypatch.setattr(idle, "shared_clock", clock)
    ledger: Any = bus
    await idle.idle(CLIENT, ledger, bus, NOW, patience)
    return bus.taken


@pytest.mark.parametrize(
    ("looks", "taken"),
    [
        ([([1], [line()], 0)], 2),  # the same twice, since something may have come in between
        ([([1], [line(waiting=3)], 0), ([1], [line(in_hand=1)], 0), ([1], [line()], 0)], 4),
        ([([1], [line()], 0), ([2], [line()], 0), ([2], [line()], 0)], 3),
        ([([1], [line()], 2), ([1], [line()], 1), ([1], [line()], 0)], 4),
        ([([1], [line()], 0, 2), ([1], [line()], 0, 2), ([1], [line()], 0)], 4),
        ([([1], [line()], 0, 0, 1), ([1], [line()], 0, 0, 1), ([1], [line()], 0)], 4),
    ],
    ids=["still", "work", "growing", "mails", "outbox", "reminders"],
)
async def test_it_looks_until_nothing_waits_grows_or_is_under_way(looks, taken, monkeypatch) -> None:
    assert await ended(Bus(*looks), monkeypatch) == taken


async def test_work_that_stands_still_is_named(monkeypatch) -> None:
    with pytest.raises(Permanent, match=r"still for 0 s: matching-facts \(3 waiting, 1 in hand\)\.$"):
        await ended(Bus(([1], [line(3, 1)], 0)), monkeypatch, patience=0.0)
    with pytest.raises(Permanent, match=r"still for 0 s: 4 mails are still under way\.$"):
        await ended(Bus(([1], [line()], 4)), monkeypatch, patience=0.0)
    with pytest.raises(Permanent, match=r"still for 0 s: matching's outbox \(3 rows\)\.$"):
        await ended(Bus(([1], [line()], 0, 3)), monkeypatch, patience=0.0)
    with pytest.raises(Permanent, match=r"still for 0 s: 2 reminders are due and have not fired\.$"):
        await ended(Bus(([1], [line()], 0, 0, 2)), monkeypatch, patience=0.0)


async def test_a_bus_that_does_not_answer_a_look_is_at_work(monkeypatch) -> None:
    silent = [([1], [line()], 0), NoAnswerError(), ServiceUnavailableError(), ([1], [line()], 0)]
    assert await ended(Bus(*silent), monkeypatch) == 4


async def test_a_bus_that_never_answers_is_said_to_be_away(monkeypatch) -> None:
    with pytest.raises(Permanent, match=r"^The bus has not answered for 0 s\.$"):
        await ended(Bus(NoAnswerError()), monkeypatch, patience=0.0)


async def test_work_that_goes_on_may_take_longer_than_patience_lasts(monkeypatch) -> None:
    slow = [([1], [line(waiting=left)], 0) for left in range(9, -1, -1)]
    assert await ended(Bus(*slow), monkeypatch, patience=0.0) == 11
