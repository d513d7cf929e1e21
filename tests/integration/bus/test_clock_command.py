"""`kindred clock` on a real server: how far it may be moved on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from kindred.cli.app import main
from shared.bus.clock import shared_clock
from shared.bus.offset import set_adjustable


@pytest.fixture
async def typed(settings, jetstream, monkeypatch, capsys):
    """Type a command; returns its exit code and what it said on stderr."""
    monkeypatch.setenv("KINDRED_NATS_URL", settings.nats_url)
    await set_adjustable(jetstream, adjustable=True)

    async def type_in(*words):
        code = await asyncio.to_thread(main, list(words))
        return code, capsys.readouterr().err

    return type_in


async def ahead(jetstream):
    return (await shared_clock(jetstream)).offset


@pytest.mark.parametrize(
    "to", ["+732d", "+105w", "+9999w", (datetime.now(UTC) + timedelta(days=733)).date().isoformat(), "9999-12-31"]
)
async def test_more_than_two_years_at_once_are_refused_and_move_nothing(typed, jetstream, to):
    sentence = "The clock moves on by two years at most at a time, and never back.\n"
    assert await typed("clock", "advance", to) == (2, sentence)
    assert await ahead(jetstream) == timedelta(0)


async def test_two_years_are_moved_on_at_once_and_again(typed, jetstream):
    for times in (1, 2):
        assert await typed("clock", "advance", "+731d") == (0, "")
        assert abs(await ahead(jetstream) - times * timedelta(days=731)) < timedelta(seconds=5)
