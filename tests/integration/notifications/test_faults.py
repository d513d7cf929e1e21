"""A relay that hangs up or is away, over SMTP. What follows from each fault is tested on fakes in tests/unit."""

import pytest
from pydantic import SecretStr

from services.notifications.app import build
from services.notifications.domain.delivery import pause
from services.notifications.handlers.workers import relay_watch
from services.notifications.settings import NotificationsSettings
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.integration.notifications.conftest import enrol, listed
from tests.integration.notifications.relay import serving
from tests.unit.notifications import world
from tests.waiting import until, until_equal

AWAY = "The relay could not be reached: "
HEAD = "per-2-headteacher@schools.example"


async def states(client) -> dict[str, int]:
    return (await listed(client)).by_state


async def test_a_connection_lost_after_the_final_dot_brings_at_most_one_extra_with_the_same_id(
    service, publish, mailboxes, client
):
    dropped: list[str] = []

    def drop_once(to: str, message) -> str | None:
        if to == HEAD and not dropped:
            dropped.append(str(message["Message-ID"]))
            return "drop"
        return None

    mailboxes.at_data, mailboxes.keep_dropped = drop_once, True
    await publish(world.visit_scheduled())
    await until_equal(lambda: states(client), {"accepted": 8})
    assert mailboxes.ids()[dropped[0]] == 2
    assert sorted(mailboxes.ids().values()) == [1] * 7 + [2]


async def test_a_connection_lost_before_the_final_dot_has_handed_over_nothing(
    service, publish, mailboxes, client, clock
):
    mailboxes.cut_short = lambda to: to == HEAD
    await publish(world.visit_scheduled())
    await until_equal(lambda: states(client), {"accepted": 7, "deferred": 1})
    mailboxes.cut_short = lambda _: False
    clock.advance(pause(1, 1.0))
    await until_equal(lambda: states(client), {"accepted": 8})
    assert len(mailboxes.to(HEAD)) == 1


@pytest.fixture
def red_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay_watch, "RED_AFTER", 0.0)


async def test_a_relay_that_is_away_is_seen_and_gets_everything_when_it_is_back(
    settings, teller, running, publish, client, unused_tcp_port, red_at_once
):
    own = NotificationsSettings(
        **settings.model_dump(), smtp_host="127.0.0.1", smtp_port=unused_tcp_port, smtp_connections=4
    )
    service = build(own)
    await running(teller, service)
    await enrol(publish, service)
    await publish(world.visit_scheduled())
    await until_equal(lambda: states(client), {"deferred": 8})
    where = f" (127.0.0.1:{unused_tcp_port}); mails wait"
    await until(lambda: [one for one in service.health.problems if one.startswith(AWAY) and one.endswith(where)])
    mailboxes = Mailboxes()
    async with serving(mailboxes, unused_tcp_port):
        await until_equal(lambda: states(client), {"accepted": 8})
        assert max(mailboxes.ids().values()) == 1
        await until(lambda: service.health.ready)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_relay_that_refuses_the_login_is_seen(settings, teller, running, publish, client, red_at_once):
    mailboxes = Mailboxes()
    async with serving(mailboxes, password=b"right") as port:
        own = NotificationsSettings(
            **settings.model_dump(), smtp_host="127.0.0.1", smtp_port=port, smtp_user="kindred",
            smtp_password=SecretStr("wrong"), smtp_connections=2,
        )  # fmt: skip
        service = build(own)
        await running(teller, service)
        await enrol(publish, service)
        await publish(world.visit_scheduled())
        await until_equal(lambda: states(client), {"deferred": 8})
        refused = "The relay refuses the login: 535 5.7.8 Authentication credentials invalid"
        await until(lambda: f"{refused} (127.0.0.1:{port}); mails wait" in service.health.problems)
        assert mailboxes.mails == []
