"""Mails refused for our sender, relay or policy: who hears of it, and that they go out once it is mended. On fakes."""

import pytest

from services.notifications.domain.delivery import Attempt
from services.notifications.handlers.workers.relay_watch import RelayWatch
from tests.fakes.notifications.relay import AWAY
from tests.unit.notifications.post_office import PostOffice
from tests.unit.notifications.test_faults import HEAD, MINUTE, SECOND, invite
from tests.unit.notifications.test_relay_away import gauge, office, said

__all__ = ["office", "said"]
BLOCKED = "554 5.7.1 Client host is on a block list"
SENDER = Attempt("refused", 553, "5.1.8 we do not send for you", "mail")


async def test_a_refusal_by_policy_holds_nobody_is_logged_and_counted_and_ends_when_it_is_mended(
    office: PostOffice, said
):
    office.mailboxes.at_rcpt = lambda _: BLOCKED
    await invite(office)
    await office.deliver()
    assert await office.states() == {"deferred": 8}
    assert not await office.stores.suppressions.among([HEAD])
    await office.delivery.count()
    assert gauge("kindred_mails_refused", fault="operator") == 8
    for _ in range(40):
        await office.deliver(3 * SECOND)
    lines = [(line["event"], line["fault"], line["status"], line["mails"]) for line in said]
    assert lines[:2] == [("mails_refused", "operator", "5.7.1", 1), ("mails_refused", "operator", "5.7.1", 16)]
    assert "@" not in str(said)
    office.mailboxes.at_rcpt = lambda _: None
    await office.deliver(10 * MINUTE)
    assert await office.states() == {"accepted": 8}
    await office.delivery.count()
    assert gauge("kindred_mails_refused", fault="operator") == 0


class TestRelayThatRefusesOurSender:
    @pytest.fixture
    def at(self) -> list[float]:
        return [0.0]

    @pytest.fixture
    def watch(self, at: list[float]) -> RelayWatch:
        return RelayWatch("relay.example:587", lambda: at[0])

    def test_readiness_says_so_after_a_minute(self, watch, at):
        watch.note(SENDER)
        at[0] = 59.0
        watch.note(SENDER)
        watch.note(None)
        assert watch.problems() == []
        at[0] = 60.0
        assert watch.problems() == [
            "The relay refuses our sender: 553 5.1.8 we do not send for you (relay.example:587); mails wait"
        ]

    @pytest.mark.parametrize(
        "ending", [Attempt("accepted", 250, "2.0.0", "data"), Attempt("refused", 550, "5.1.1 No", "rcpt")]
    )
    def test_and_no_more_once_it_takes_our_sender(self, watch, at, ending):
        watch.note(SENDER)
        at[0] = 60.0
        watch.note(ending)
        assert watch.problems() == []

    def test_a_relay_that_is_away_as_well_is_said_to_be_away(self, watch, at):
        watch.note(SENDER)
        watch.note(AWAY)
        at[0] = 60.0
        assert watch.problems() == ["The relay could not be reached: nobody listens (relay.example:587); mails wait"]
