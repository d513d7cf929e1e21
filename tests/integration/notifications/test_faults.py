"""A relay that refuses, hangs up, or is away."""

import asyncio
import datetime as dt

from services.notifications.app import build
from services.notifications.settings import NotificationsSettings
from shared.commands.notifications import ResendFailed
from shared.events.scheduling import InvitationReminderDue
from tests.integration.notifications.conftest import enrol, listed, until
from tests.integration.notifications.relay import Mailboxes, serving
from tests.unit.notifications import world

HEAD = "per-2-headteacher@schools.example"


async def states(client) -> dict[str, int]:
    return (await listed(client)).by_state


async def test_a_wrong_address_is_left_alone_the_coordinator_told_and_the_rest_sent(
    service, publish, mailboxes, client, clock
):
    mailboxes.at_rcpt = lambda to: "550 5.1.1 No such user" if to == HEAD else None
    await publish(world.visit_scheduled(), world.event_scheduled())

    async def refused() -> bool:
        return (await states(client)).get("bounced", 0) > 0

    await until(refused)
    clock.advance(dt.timedelta(seconds=2))
    await until(lambda: len(mailboxes.to("per-co@schools.example")) == 1)
    notice = mailboxes.to("per-co@schools.example")[0]
    assert notice["Subject"].endswith("of Yorkshire peer visits 2026/27 did not arrive")
    rows = await listed(client, person_id="per-2-headteacher")
    assert sorted((row.state, row.attempts) for row in rows.mails) in (
        [("bounced", 1), ("suppressed", 1)],
        [("bounced", 1), ("bounced", 1)],  # both were in hand when the first was refused
    )
    mailboxes.at_rcpt = lambda _: None
    await publish(world.card("per-2-headteacher", version=2, email="right@schools.example"))
    await asyncio.sleep(0.5)
    done = await client.ask(ResendFailed(programme_id=world.PROGRAMME))
    assert done.sentence == "2 mails are queued again."
    await until(lambda: len(mailboxes.to("right@schools.example")) == 2)
    assert len(mailboxes.mails) == 8 + 6 + 1
    assert max(mailboxes.ids().values()) == 1


async def test_a_busy_relay_is_tried_again_later_with_the_same_message_id(service, publish, mailboxes, client, clock):
    mailboxes.at_data = lambda to, _: "451 4.7.0 Try again later" if to == HEAD else None
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 7)

    async def deferred() -> bool:
        return await states(client) == {"accepted": 7, "deferred": 1}

    await until(deferred)
    (row,) = (await listed(client, state="deferred")).mails
    assert row.detail == "The relay answered 451 4.7.0 Try again later"
    mailboxes.at_data = lambda _, __: None
    clock.advance(dt.timedelta(seconds=31))
    await until(lambda: len(mailboxes.to(HEAD)) == 1)
    assert mailboxes.to(HEAD)[0]["Message-ID"] == row.message_id


async def test_after_a_day_of_refusals_a_mail_is_given_up(service, publish, mailboxes, client, clock):
    mailboxes.at_data = lambda to, _: "451 4.7.0 Try again later" if to == HEAD else None
    await publish(world.visit_scheduled())

    async def deferred() -> bool:
        return (await states(client)).get("deferred") == 1

    await until(deferred)
    clock.advance(dt.timedelta(hours=25))

    async def failed() -> bool:
        return (await states(client)).get("failed") == 1

    await until(failed)
    (row,) = (await listed(client, state="failed")).mails
    assert row.detail == "Given up after 24 hours. The relay answered 451 4.7.0 Try again later"


async def test_a_connection_lost_after_data_brings_at_most_one_extra_with_the_same_id(
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
    await until(lambda: len(mailboxes.mails) == 9)
    assert mailboxes.ids()[dropped[0]] == 2
    assert sorted(mailboxes.ids().values()) == [1] * 7 + [2]


async def test_a_connection_lost_after_data_each_time_ends_after_the_extra(service, publish, mailboxes, client, clock):
    mailboxes.at_data, mailboxes.keep_dropped = (lambda to, _: "drop" if to == HEAD else None), True
    await publish(world.visit_scheduled())

    async def unknown() -> bool:
        return await states(client) == {"accepted": 7, "unknown": 1}

    await until(unknown)
    clock.advance(dt.timedelta(hours=2))
    await asyncio.sleep(1)
    assert len(mailboxes.to(HEAD)) == 2


async def test_a_reminder_is_never_sent_twice(service, publish, mailboxes, client):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    mailboxes.at_data, mailboxes.keep_dropped = (lambda _, __: "drop"), True
    due = InvitationReminderDue(
        version=1, target_id=world.VISIT, target_kind="visit", programme_id=world.PROGRAMME,
        person_ids=("per-2-headteacher",), round=1,
    )  # fmt: skip
    await publish(due)

    async def unknown() -> bool:
        return (await states(client)).get("unknown") == 1

    await until(unknown)
    await asyncio.sleep(1)
    assert len(mailboxes.to(HEAD)) == 2  # the invitation and one reminder


async def test_a_relay_that_is_away_gets_everything_when_it_is_back(settings, teller, running, publish, client):
    mailboxes = Mailboxes()
    async with serving(mailboxes) as port:
        pass
    own = NotificationsSettings(**settings.model_dump(), smtp_host="127.0.0.1", smtp_port=port, smtp_connections=4)
    service = build(own)
    await running(teller, service)
    await enrol(publish, service)
    await publish(world.visit_scheduled())
    await asyncio.sleep(3)
    assert (await listed(client)).total == 8
    async with serving(mailboxes, port):
        await until(lambda: len(mailboxes.mails) == 8)
        assert max(mailboxes.ids().values()) == 1

        async def all_accepted() -> bool:
            return await states(client) == {"accepted": 8}

        await until(all_accepted)


async def test_a_relay_that_drops_idle_connections_loses_nothing(service, publish, mailboxes):
    await publish(world.visit_scheduled())
    await until(lambda: len(mailboxes.mails) == 8)
    for line in mailboxes.open_transports():
        line.abort()
    await publish(world.event_scheduled())
    await until(lambda: len(mailboxes.mails) == 14)
    assert max(mailboxes.ids().values()) == 1
