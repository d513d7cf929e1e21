"""Mails that a restore holds."""

import datetime as dt

import pytest

from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import DROPPED, HELD, after_restore
from services.notifications.ports.stores import Stores
from shared.commands.notifications import ListMails
from shared.commands.notifications_held import HeldMails
from tests.fakes import START
from tests.unit.notifications.ports.ledger import BOUNCED, settled
from tests.unit.notifications.ports.mails import ACCEPTED, LATER, built, claimed, mail, now

EVERY = HeldMails()


async def hold(stores: Stores, *numbers: int) -> None:
    """Queue these mails and hold them."""
    await stores.queue.add([mail(number) for number in numbers])
    assert await stores.held.hold(LATER, LATER) == len(numbers)


async def shown(stores: Stores) -> list[str]:
    page = await stores.ledger.page(ListMails(held=True))
    return sorted(one.mail_id for one in page.mails)


class HeldContract:
    async def test_what_was_on_its_way_and_due_is_held_once(self, stores: Stores):
        await settled(stores, 3, ACCEPTED)
        (deferred, sending) = await claimed(stores, mail(1), mail(2))
        await stores.queue.keep([built(sending)])
        await stores.queue.settle(deferred, Verdict("deferred", try_at=LATER), LATER)
        await stores.queue.add([mail(4), mail(5, try_at=LATER + dt.timedelta(seconds=1))])
        assert await stores.held.hold(LATER, LATER) == 3
        assert await stores.held.hold(LATER, LATER) == 0
        assert (await stores.held.held(), await shown(stores)) == (3, ["mai-1", "mai-2", "mai-4"])
        states = [(await now(stores, number)).state for number in range(1, 6)]
        assert states == ["unknown", "unknown", "accepted", "unknown", "queued"]
        found = await now(stores, 2)
        assert (found.held, found.detail, found.changed_at) == (True, HELD, LATER)
        assert found.timeline[-1] == "2026-09-07 08:01:00 held after a restore"
        assert await stores.queue.outgoing("mai-2") is None
        assert await stores.queue.claim("worker-1", 9, LATER) == []

    async def test_what_is_let_go_goes_out_as_a_new_edition(self, stores: Stores):
        await hold(stores, 1, 2)
        assert await stores.held.release(HeldMails(mail_id="mai-1"), LATER) == 1
        found = await now(stores)
        assert (found.state, found.held, found.edition, found.resent) == ("queued", False, 2, 1)
        assert (found.detail, found.built, found.try_at) == ("", False, LATER)
        assert found.timeline[-1] == "2026-09-07 08:01:00 let go after a restore"
        assert [one.mail_id for one in await stores.queue.claim("worker-1", 9, LATER)] == ["mai-1"]
        assert await stores.held.held() == 1

    async def test_what_is_dropped_never_goes_out(self, stores: Stores):
        await hold(stores, 1)
        assert await stores.held.drop(EVERY, LATER) == 1
        assert await stores.held.release(EVERY, LATER) == 0
        found = await now(stores)
        assert (found.state, found.held, found.detail) == ("suppressed", False, DROPPED)
        assert found.timeline[-1] == f"2026-09-07 08:01:00 suppressed: {DROPPED}"

    @pytest.mark.parametrize(
        ("which", "number"),
        [
            (HeldMails(person_id="per-2"), 2),
            (HeldMails(template="visit-host"), 3),
            (HeldMails(programme_id="prg-2"), 4),
            (HeldMails(template="visit-invitation", programme_id="prg-2"), 4),
        ],
    )
    async def test_they_are_chosen_by_person_kind_and_programme(self, stores: Stores, which, number):
        await stores.queue.add([mail(1), mail(2), mail(3, template="visit-host"), mail(4, programme_id="prg-2")])
        await stores.held.hold(LATER, LATER)
        assert await stores.held.drop(which, LATER) == 1
        assert (await now(stores, number)).state == "suppressed"
        assert await stores.held.held() == 3

    async def test_earlier_links_are_due_until_they_are_issued_whatever_becomes_of_the_mail(self, stores: Stores):
        await hold(stores, 1, 2)
        await stores.queue.add([after_restore(mail(3), LATER), mail(4)])
        await stores.held.drop(HeldMails(mail_id="mai-1"), LATER)
        due = await stores.held.without_links(9)
        assert [one.mail_id for one in due] == ["mai-1", "mai-2", "mai-3"]
        assert len(await stores.held.without_links(2)) == 2
        await stores.held.links_issued(["mai-1", "mai-3"])
        assert [one.mail_id for one in await stores.held.without_links(9)] == ["mai-2"]

    async def test_the_outcome_of_what_ended_before_is_marked_until_it_is_published(self, stores: Stores):
        await settled(stores, 1, BOUNCED)
        await stores.held.hold(LATER, LATER)
        (found,) = await stores.queue.unpublished(9)
        assert found.restored
        await stores.queue.mark_published([found])
        assert not (await now(stores)).restored

    async def test_a_newer_invitation_takes_the_place_of_a_held_one(self, stores: Stores):
        await hold(stores, 1)
        await stores.queue.add([mail(2, person_id="per-1")])
        assert await stores.queue.supersede("vis-1", ["per-1"], ["mai-2"], LATER) == 1
        assert ((await now(stores)).state, await stores.held.held()) == ("suppressed", 0)

    async def test_one_that_comes_back_had_gone_out(self, stores: Stores):
        await hold(stores, 1)
        assert await stores.ledger.returned(await now(stores), BOUNCED, LATER)
        assert ((await now(stores)).state, await stores.held.held()) == ("bounced", 0)

    async def test_it_is_sent_again_by_name_and_not_with_what_failed(self, stores: Stores):
        await hold(stores, 1)
        assert await stores.ledger.to_send_again("prg-1") == []
        await stores.ledger.queue_again(["mai-1"], LATER)
        found = await now(stores)
        assert (found.state, found.held, found.edition, found.resent) == ("queued", False, 2, 1)

    async def test_those_of_an_erased_person_never_go_out(self, stores: Stores):
        await hold(stores, 1)
        await stores.ledger.erase("per-1", LATER)
        found = await now(stores)
        assert (found.state, found.held, found.detail) == ("suppressed", False, "The person has been erased.")


def test_a_mail_that_is_due_after_the_restore_is_not_held():
    assert after_restore(mail(try_at=LATER), START) == mail(try_at=LATER)
    held = after_restore(mail(try_at=START), START)
    assert (held.state, held.held, held.detail) == ("unknown", True, HELD)
