"""A relay that refuses or hangs up; a worker that stops. All on fakes, with a clock that the test moves."""

import datetime as dt

import pytest

from shared.commands.notifications import ResendFailed
from shared.events.notifications import MailBounced
from shared.events.scheduling import InvitationReminderDue
from tests.unit.notifications import world
from tests.unit.notifications.post_office import DIGEST, PostOffice, opened

HEAD = world.address("per-2-headteacher")
COORDINATOR = world.address("per-co")
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
REMINDER = InvitationReminderDue(
    version=1, target_id=world.VISIT, target_kind="visit", programme_id=world.PROGRAMME,
    person_ids=("per-2-headteacher",), round=1,
)  # fmt: skip


@pytest.fixture
async def office() -> PostOffice:
    return await opened()


async def invite(office: PostOffice) -> None:
    await office.tell(world.visit_scheduled())


@pytest.mark.parametrize(("at_once", "second"), [(True, "bounced"), (False, "suppressed")])
async def test_a_wrong_address_is_left_alone_the_coordinator_told_and_the_rest_sent(office, at_once, second):
    office.mailboxes.at_rcpt = lambda to: "550 5.1.1 No such user" if to == HEAD else None
    await invite(office)
    if not at_once:
        await office.deliver()
    await office.tell(world.event_scheduled())
    await office.deliver()
    assert office.mailboxes.to(COORDINATOR) == [], "the notice waits until its span is over"
    await office.deliver(DIGEST)
    (notice,) = office.mailboxes.to(COORDINATOR)
    assert notice["Subject"].endswith("of Yorkshire peer visits 2026/27 did not arrive")
    rows = await office.listed(person_id="per-2-headteacher")
    assert sorted((row.state, row.attempts) for row in rows.mails) == [("bounced", 1), (second, 1)]
    told = [event for event in office.transact.published if isinstance(event, MailBounced)]
    assert {(event.person_id, event.permanent, event.status) for event in told} == {
        ("per-2-headteacher", True, "5.1.1")
    }
    office.mailboxes.at_rcpt = lambda _: None
    await office.stores.contacts.put(world.card("per-2-headteacher", version=2, email="right@schools.example"))
    done = await office.ask(ResendFailed(programme_id=world.PROGRAMME))
    assert done.sentence == "2 mails are queued again."
    await office.deliver()
    assert len(office.mailboxes.to("right@schools.example")) == 2
    assert len(office.mailboxes.mails) == 8 + 6 + 1
    assert max(office.mailboxes.ids().values()) == 1


async def test_a_busy_relay_is_tried_again_later_with_the_same_message_id(office):
    office.mailboxes.at_data = lambda to, _: "451 4.7.0 Try again later" if to == HEAD else None
    await invite(office)
    await office.deliver()
    assert await office.states() == {"accepted": 7, "deferred": 1}
    (row,) = (await office.listed(state="deferred")).mails
    assert row.detail == "The relay answered 451 4.7.0 Try again later"
    office.mailboxes.at_data = lambda _, __: None
    await office.deliver(29 * SECOND)
    assert office.mailboxes.to(HEAD) == []
    await office.deliver(SECOND)
    (mail,) = office.mailboxes.to(HEAD)
    assert mail["Message-ID"] == row.message_id


async def test_after_a_day_of_refusals_a_mail_is_given_up(office):
    office.mailboxes.at_data = lambda to, _: "451 4.7.0 Try again later" if to == HEAD else None
    await invite(office)
    await office.deliver()
    await office.deliver(dt.timedelta(hours=23))
    assert await office.states() == {"accepted": 7, "deferred": 1}
    await office.deliver(dt.timedelta(hours=2))
    (row,) = (await office.listed(state="failed")).mails
    assert row.detail == "Given up after 24 hours. The relay answered 451 4.7.0 Try again later"


async def test_a_connection_lost_after_the_final_dot_brings_at_most_one_extra_with_the_same_id(office):
    dropped: list[str] = []

    def drop_once(to: str, message) -> str | None:
        if to == HEAD and not dropped:
            dropped.append(str(message["Message-ID"]))
            return "drop"
        return None

    office.mailboxes.at_data, office.mailboxes.keep_dropped = drop_once, True
    await invite(office)
    await office.deliver()
    assert office.mailboxes.ids()[dropped[0]] == 2
    assert sorted(office.mailboxes.ids().values()) == [1] * 7 + [2]


async def test_a_connection_lost_after_the_final_dot_each_time_ends_after_the_extra(office):
    office.mailboxes.at_data, office.mailboxes.keep_dropped = (lambda to, _: "drop" if to == HEAD else None), True
    await invite(office)
    await office.deliver()
    assert await office.states() == {"accepted": 7, "unknown": 1}
    await office.deliver(dt.timedelta(hours=2))
    assert len(office.mailboxes.to(HEAD)) == 2


async def test_a_connection_lost_before_the_final_dot_is_tried_again_until_it_goes_through(office):
    office.mailboxes.cut_short = lambda to: to == HEAD
    await invite(office)
    await office.deliver()
    for _ in range(3):
        await office.deliver(dt.timedelta(hours=1))
        assert await office.states() == {"accepted": 7, "deferred": 1}
    (row,) = (await office.listed(state="deferred")).mails
    assert row.detail.startswith("The connection to the relay was lost before the end of the text")
    office.mailboxes.cut_short = lambda _: False
    await office.deliver(dt.timedelta(hours=1))
    assert len(office.mailboxes.to(HEAD)) == 1
    assert await office.states() == {"accepted": 8}


@pytest.mark.parametrize("kept", [True, False])
async def test_a_reminder_is_never_sent_twice(office, kept):
    await invite(office)
    await office.deliver()
    office.mailboxes.at_data, office.mailboxes.keep_dropped = (lambda _, __: "drop"), kept
    await office.tell(REMINDER)
    await office.deliver()
    assert await office.states() == {"accepted": 8, "unknown": 1}
    await office.deliver(dt.timedelta(hours=2))
    assert len(office.mailboxes.to(HEAD)) == (2 if kept else 1)  # the invitation, and one reminder at most


async def test_a_reminder_cut_off_before_its_final_dot_is_sent_after_all(office):
    await invite(office)
    await office.deliver()
    office.mailboxes.cut_short = lambda _: True
    await office.tell(REMINDER)
    await office.deliver()
    office.mailboxes.cut_short = lambda _: False
    await office.deliver(MINUTE)
    assert len(office.mailboxes.to(HEAD)) == 2
    assert await office.states() == {"accepted": 9}


async def test_mails_of_a_worker_that_stopped_are_taken_over_and_what_it_may_have_sent_goes_out_once_more(office):
    await invite(office)
    first, *_ = await office.stores.queue.claim("worker-dead", 32, office.clock.at)
    assert await office.stores.queue.note([(first, office.clock.at)], []) == {first.mail_id}
    await office.delivery.take_over(10.0)
    assert await office.states() == {"queued": 8}
    await office.deliver()
    assert await office.states() == {"accepted": 8}
    again = await office.stores.ledger.one(first.mail_id)
    assert (again.extra_used, again.attempts) == (True, 2)


async def test_a_living_worker_keeps_what_it_holds_and_gives_back_what_it_has_not_begun_when_it_stops(office):
    await invite(office)
    assert len(await office.delivery.claim(32)) == 8
    await office.delivery.show_life()
    await office.delivery.take_over(10.0)
    assert await office.states() == {"sending": 8}
    await office.delivery.release()
    assert await office.states() == {"queued": 8}
