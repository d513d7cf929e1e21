"""A relay that is away or refuses the login: what becomes of mails, and who hears of it. On fakes."""

import datetime as dt
from collections.abc import MutableMapping
from typing import Any

import pytest
import structlog
from prometheus_client import REGISTRY

from services.notifications.domain.delivery import Attempt
from services.notifications.handlers.workers import relay_watch
from tests.fakes.notifications.relay import AWAY
from tests.unit.notifications.post_office import PostOffice, opened
from tests.unit.notifications.test_faults import MINUTE, SECOND, invite

LOGIN_REFUSED = Attempt("unreachable", 535, "5.7.8 Authentication credentials invalid", "login")


@pytest.fixture
async def office() -> PostOffice:
    return await opened()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[MutableMapping[str, Any]]:
    """What is logged about the relay, at any level."""
    capture = structlog.testing.LogCapture()
    heard = structlog.wrap_logger(structlog.PrintLogger(), processors=[capture], wrapper_class=structlog.BoundLogger)
    monkeypatch.setattr(relay_watch, "_log", heard)
    return capture.entries


def gauge(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)


def mails(state: str) -> float | None:
    return gauge("kindred_mails", state=state)


class TestRelayAway:
    """What is due becomes deferred and says why; in time everybody hears of it; all go out when it is back."""

    @pytest.mark.parametrize(
        ("fault", "why"),
        [
            (AWAY, "The relay could not be reached: nobody listens"),
            (LOGIN_REFUSED, "The relay refuses the login: 535 5.7.8 Authentication credentials invalid"),
        ],
    )
    async def test_mails_are_deferred_with_the_reason_and_go_out_when_it_is_back(self, office, fault, why):
        office.relay.fault = office.prober.fault = fault
        await invite(office)
        await office.deliver()
        rows = await office.listed()
        assert rows.by_state == {"deferred": 8}
        assert {(row.detail, row.attempts) for row in rows.mails} == {(why, 0)}
        await office.deliver(dt.timedelta(hours=30))
        assert await office.states() == {"deferred": 8}, "nobody gives up a mail for what is the relay's fault"
        office.relay.fault = office.prober.fault = None
        await office.deliver(MINUTE)
        assert await office.states() == {"accepted": 8}
        assert max(office.mailboxes.ids().values()) == 1

    async def test_what_is_in_hand_when_it_goes_is_deferred_too(self, office):
        await office.deliver()
        await invite(office)
        claimed = await office.delivery.claim(32)
        office.relay.fault = office.prober.fault = AWAY
        for ready in claimed:
            await office.delivery.hand_over(office.relay, ready)
        await office.delivery.noted()
        assert await office.states() == {"deferred": 8}
        office.relay.fault = office.prober.fault = None
        await office.deliver(MINUTE)
        assert await office.states() == {"accepted": 8}

    async def test_a_login_that_is_wanted_only_when_a_mail_begins_defers_it_as_well(self, office, monkeypatch):
        async def refused(*_: object) -> Attempt:
            return Attempt("unreachable", 530, "5.7.0 Authentication required", "login")

        await invite(office)
        with monkeypatch.context() as patch:
            patch.setattr(office.relay, "hand_over", refused)
            await office.deliver()
        assert await office.states() == {"deferred": 8}
        assert office.watch.away
        await office.deliver(MINUTE)
        assert await office.states() == {"accepted": 8}

    async def test_readiness_is_red_after_a_minute_and_green_when_it_is_back(self, office):
        office.relay.fault = office.prober.fault = AWAY
        found = []
        for _ in range(3):
            await office.deliver()
            found.append(office.watch.problems())
            office.clock.advance(30 * SECOND)
        problem = "The relay could not be reached: nobody listens (relay.example:587); mails wait"
        assert found == [[], [], [problem]]
        office.relay.fault = office.prober.fault = None
        await office.deliver()
        assert office.watch.problems() == []

    async def test_a_relay_that_goes_while_nothing_is_sent_is_noticed_all_the_same(self, office):
        await office.deliver()
        office.prober.fault = AWAY
        await office.deliver(dt.timedelta(minutes=5))
        assert office.watch.away

    async def test_a_quiet_relay_is_asked_every_five_minutes_and_one_that_is_away_more_often(self, office):
        probes: list[float] = []
        began = office.clock.at

        async def open_() -> Attempt | None:
            probes.append((office.clock.at - began).total_seconds())
            fault: Attempt | None = office.prober.fault
            return fault

        office.prober.open = open_
        for _ in range(600):
            await office.deliver(SECOND)
        assert probes == [1.0, 301.0]
        office.prober.fault, began = AWAY, office.clock.at
        probes.clear()
        for _ in range(60):
            await office.deliver(SECOND)
        assert probes == [1.0, 2.0, 3.0, 5.0, 9.0, 17.0, 32.0, 47.0]

    async def test_the_log_says_once_that_it_is_away_then_that_it_still_is_then_that_it_is_back(self, office, said):
        office.relay.fault = office.prober.fault = AWAY
        for _ in range(12):
            await office.deliver(10 * SECOND)
        office.relay.fault = office.prober.fault = None
        await office.deliver(20 * SECOND)
        assert [line["event"] for line in said] == ["relay_away", "relay_still_away", "relay_back"]
        assert [line["log_level"] for line in said] == ["warning", "error", "info"]
        assert said[0]["why"] == "The relay could not be reached: nobody listens"

    async def test_gauges_show_the_relay_and_the_mails_by_state(self, office):
        office.relay.fault = office.prober.fault = AWAY
        await invite(office)
        await office.deliver()
        await office.delivery.count()
        assert (gauge("kindred_mail_relay_up", relay="relay.example:587"), mails("deferred"), mails("queued")) == (
            0,
            8,
            0,
        )
        office.relay.fault = office.prober.fault = None
        await office.deliver(MINUTE)
        await office.delivery.count()
        assert (gauge("kindred_mail_relay_up", relay="relay.example:587"), mails("deferred")) == (1, 0)
        assert mails("accepted") == 8
