"""What became of mails, for people who ask, and what they can do about it."""

import dataclasses
import datetime as dt

import pytest

from services.notifications.domain.delivery import Verdict
from services.notifications.ports.stores import Stores
from shared.commands.notifications import ListMails, MailState
from tests.fakes import START
from tests.unit.notifications.ports.mails import ACCEPTED, BOUNCED_LATER, LATER, begin, built, claimed, mail, now

BOUNCED = Verdict("bounced", suppress=True, detail="550 5.1.1", status="5.1.1", fault="recipient")


async def settled(stores: Stores, number: int, verdict: Verdict, **changes: object) -> None:
    (one,) = await claimed(stores, mail(number, **changes))
    await stores.queue.keep([built(one, one.person_id)])
    assert await begin(stores, one)
    assert await stores.queue.settle(one, verdict, LATER)


class LedgerContract:
    async def test_what_is_not_there_is_not_found(self, stores: Stores):
        assert (await stores.ledger.one("mai-9"), await stores.ledger.text("mai-9")) == (None, None)

    async def test_mails_are_listed_newest_first_by_page_with_counts_over_all_that_match(self, stores: Stores):
        old = START - dt.timedelta(days=1)
        await stores.queue.add(
            [
                mail(1), mail(2), mail(3, queued_at=old, template="visit-host"), mail(4, programme_id="prg-2"),
                mail(5, refs={"target": "vis-2"}),
            ]
        )  # fmt: skip
        page = await stores.ledger.page(ListMails(programme_id="prg-1", limit=2, offset=1))
        assert [one.mail_id for one in page.mails] == ["mai-2", "mai-1"]
        assert (page.total, page.by_state) == (4, {"queued": 4})
        assert page.by_template == {"visit-host": 1, "visit-invitation": 3}
        for wanted, number in (
            (ListMails(person_id="per-1"), 1), (ListMails(template="visit-host"), 3), (ListMails(target_id="vis-2"), 5),
        ):  # fmt: skip
            assert [one.mail_id for one in (await stores.ledger.page(wanted)).mails] == [f"mai-{number}"]
        assert (await stores.ledger.page(ListMails(state="accepted"))).total == 0


class ReturnsContract:
    @pytest.mark.parametrize(
        "verdict", [ACCEPTED, Verdict("unknown"), Verdict("failed", detail="Given up after 24 hours.")]
    )
    async def test_a_mail_that_the_relay_may_have_taken_can_come_back(self, stores: Stores, verdict):
        await settled(stores, 1, verdict)
        assert await stores.ledger.returned(await now(stores), BOUNCED_LATER, LATER)
        found = await now(stores)
        assert (found.state, found.status, found.permanent, found.detail) == ("bounced", "5.1.1", True, "5.1.1 No")
        assert (found.fault, found.edition) == ("recipient", 1)
        assert found.timeline[-1] == "2026-09-07 08:01:00 bounced: 5.1.1 No"
        assert [one.mail_id for one in await stores.queue.unpublished(5)] == ["mai-1"]

    async def test_one_that_came_back_for_our_fault_goes_out_again_as_a_new_edition(self, stores: Stores):
        await settled(stores, 1, ACCEPTED)
        sent = await now(stores)
        again = LATER + dt.timedelta(hours=1)
        verdict = Verdict("deferred", try_at=again, detail="5.7.1 No", status="5.7.1", fault="operator")
        assert await stores.ledger.returned(sent, verdict, LATER)
        assert not await stores.ledger.returned(sent, verdict, LATER)
        found = await now(stores)
        assert (found.state, found.edition, found.try_at, found.fault) == ("deferred", 2, again, "operator")
        assert (found.built, found.accepted_once, found.first_tried) == (False, False, sent.first_tried)
        assert await stores.queue.unpublished(5) == []
        assert await stores.queue.refused() == {"full": 0, "operator": 1}
        assert [one.mail_id for one in await stores.queue.claim("worker-1", 5, again)] == ["mai-1"]
        assert await stores.queue.refused() == {"full": 0, "operator": 0}

    async def test_a_bounce_of_an_earlier_edition_changes_nothing(self, stores: Stores):
        await settled(stores, 1, ACCEPTED)
        sent = await now(stores)
        await stores.ledger.queue_again(["mai-1"], LATER)
        (again,) = await stores.queue.claim("worker-1", 5, LATER)
        await stores.queue.settle(again, ACCEPTED, LATER)
        assert not await stores.ledger.returned(sent, BOUNCED_LATER, LATER)
        assert (await now(stores)).state == "accepted"

    async def test_one_that_has_not_gone_out_or_is_not_ours_cannot(self, stores: Stores):
        await claimed(stores, mail(1))
        await stores.queue.add([mail(2)])
        for number in (1, 2, 9):
            assert not await stores.ledger.returned(mail(number), BOUNCED_LATER, LATER)


class ResendingContract:
    async def test_a_mail_that_did_not_arrive_is_queued_as_new_under_the_same_edition(self, stores: Stores):
        await settled(stores, 1, BOUNCED)
        (queued,) = await stores.ledger.queue_again(["mai-1", "mai-9"], LATER)
        assert (queued.mail_id, queued.state) == ("mai-1", "bounced")
        found = await now(stores)
        assert (found.state, found.edition, found.attempts, found.first_tried) == ("queued", 1, 0, None)
        assert (found.built, found.detail, found.try_at) == (False, "", LATER)
        assert (found.fault, found.permanent) == ("", False)
        assert found.timeline[-1] == "2026-09-07 08:01:00 queued again"
        assert await stores.queue.outgoing("mai-1") is None

    async def test_one_that_was_accepted_gets_another_edition(self, stores: Stores):
        await settled(stores, 1, ACCEPTED)
        await stores.ledger.queue_again(["mai-1"], LATER)
        found = await now(stores)
        assert (found.edition, found.accepted_once) == (2, False)

    async def test_one_that_waits_or_is_in_hand_is_not_queued_again(self, stores: Stores):
        await claimed(stores, mail(1))
        await stores.queue.add([mail(2)])
        assert await stores.ledger.queue_again(["mai-1", "mai-2"], LATER) == []

    async def test_what_did_not_arrive_is_sent_again_and_what_was_held_for_another_reason_is_not(self, stores: Stores):
        held_address = Verdict("suppressed", detail="Nothing is sent to this address until it is corrected.")
        verdicts = [
            BOUNCED, Verdict("failed"), Verdict("unknown"), held_address, Verdict("suppressed", detail="Too late."),
            ACCEPTED,
        ]  # fmt: skip
        for number, verdict in enumerate(verdicts, start=1):
            await settled(stores, number, verdict)
        await settled(stores, 7, BOUNCED, programme_id="prg-2")
        assert sorted(await stores.ledger.to_send_again("prg-1")) == ["mai-1", "mai-2", "mai-3", "mai-4"]


class TroublesContract:
    async def test_mails_that_did_not_arrive_in_a_span_are_counted_and_the_first_are_found(self, stores: Stores):
        states: tuple[MailState, ...] = ("bounced", "failed", "unknown", "suppressed", "failed")
        for number, state in enumerate(states, start=1):
            await settled(stores, number, Verdict(state))
        await settled(stores, 6, BOUNCED, programme_id="prg-2")
        await settled(stores, 7, BOUNCED, template="bounce-notice", method=None)
        after = LATER + dt.timedelta(seconds=1)
        found = await stores.ledger.undelivered("prg-1", LATER, after, 2)
        assert (found.total, [one.mail_id for one in found.mails]) == (3, ["mai-1", "mai-2"])
        none = await stores.ledger.undelivered("prg-1", after, after + dt.timedelta(hours=1), 2)
        assert (none.total, none.mails) == (0, ())


class ErasureContract:
    async def test_a_name_is_left_in_no_subject_and_other_subjects_stay(self, stores: Stores):
        subjects = ("You and Ann (Lee)", "Your record, Ann (Lee)", "You and Ann (Lee)", "Your visit")
        mails = [mail(number, person_id="per-1" if number == 2 else "per-2") for number in (1, 2, 3, 4)]
        kept = await claimed(stores, *mails)
        named = [("per-1", "per-2"), ("per-2",), ("per-2",), ("per-1",)]
        await stores.queue.keep(
            [
                dataclasses.replace(built(one, *whom), subject=subject)
                for one, whom, subject in zip(kept, named, subjects, strict=True)
            ]
        )
        await stores.ledger.erase("per-1", LATER, "Ann (Lee)")
        gone = "(This subject named somebody who has been erased.)"
        assert [(await now(stores, number)).subject for number in (1, 2, 3, 4)] == [gone, gone, *subjects[2:]]

    async def test_nothing_that_names_a_person_is_left_and_what_waits_for_them_is_held(self, stores: Stores):
        first, other, waiting = await claimed(stores, mail(1), mail(2), mail(3, person_id="per-1"))
        await stores.queue.keep([built(first, "per-1"), built(other, "per-1", "per-2"), built(waiting, "per-1")])
        await stores.queue.settle(first, ACCEPTED, LATER)
        for one in (other, waiting):
            await stores.queue.settle(one, Verdict("deferred", try_at=LATER), LATER)
        await stores.ledger.erase("per-1", LATER)
        assert [(await now(stores, number)).state for number in (1, 2, 3)] == ["accepted", "deferred", "suppressed"]
        assert [(await now(stores, number)).to for number in (1, 2, 3)] == ["", "per-2@schools.example", ""]
        assert [(await now(stores, number)).timeline for number in (1, 3)] == [(), ()]
        assert not (await now(stores, 2)).built
        assert [await stores.queue.outgoing(f"mai-{number}") for number in (1, 2, 3)] == [None, None, None]
        for number in (1, 2, 3):
            text = await stores.ledger.text(f"mai-{number}")
            assert text is not None
            assert text.text == "(This text named somebody who has been erased.)"
