"""Mails on their way: the queue, and what is still to be published."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.notifications.domain.built import Built
from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.outcomes import events_of
from services.notifications.domain.settled import Settled
from services.notifications.domain.states import MOVES
from services.notifications.ports.stores import Stores
from shared.commands.notifications import MailState
from tests.fakes import START

LATER = START + dt.timedelta(minutes=1)
ACCEPTED = Verdict("accepted", detail="2.0.0 taken")
BOUNCED_LATER = Verdict("bounced", suppress=True, detail="5.1.1 No", status="5.1.1", fault="recipient")


def mail(number: int = 1, **changes: Any) -> Mail:
    facts = {
        "mail_id": f"mai-{number}", "template": "visit-invitation", "person_id": f"per-{number}", "role": "headteacher",
        "standing": "attendees", "programme_id": "prg-1", "refs": {"target": "vis-1"}, "method": "REQUEST",
        "queued_at": START, "changed_at": START, "try_at": START,
    }  # fmt: skip
    return Mail.model_validate({**facts, **changes})


def built(one: Mail, *mentions: str) -> Built:
    return Built(
        mail_id=one.mail_id, to=f"{one.person_id}@schools.example", subject="Visit", template_version="visit@1",
        message_id=f"<{one.mail_id}@kindred.example>", mime=b"MIME", text="Text", html="<p>Text</p>",
        attachments=("invite.ics",), mentions=mentions,
    )  # fmt: skip


async def claimed(stores: Stores, *mails: Mail, owner: str = "worker-1") -> list[Mail]:
    await stores.queue.add(mails)
    return await stores.queue.claim(owner, 10, LATER)


async def begin(stores: Stores, one: Mail, at: dt.datetime = LATER) -> bool:
    return one.mail_id in await stores.queue.note([(one, at)], [])


def another_claim(one: Mail) -> Mail:
    """The mail as a worker has it whose claim was ended since."""
    return one.model_copy(update={"claim": "claim-other"})


async def now(stores: Stores, number: int = 1) -> Mail:
    found = await stores.ledger.one(f"mai-{number}")
    assert found is not None
    return found


class QueueContract:
    async def test_a_mail_is_kept_once_and_begins_its_timeline(self, stores: Stores):
        await stores.queue.add([mail(), mail(2)])
        await stores.queue.add([mail(template="visit-moved")])
        await stores.queue.add([])
        found = await now(stores)
        assert (found.template, found.state, found.timeline) == (
            "visit-invitation", "queued", ("2026-09-07 08:00:00 queued",),
        )  # fmt: skip
        assert found == mail(timeline=found.timeline)

    async def test_mails_are_claimed_by_rank_then_by_time_and_only_when_they_are_due(self, stores: Stores):
        await stores.queue.add(
            [mail(1), mail(2, rank=0, try_at=LATER), mail(3, rank=0), mail(4, try_at=LATER + dt.timedelta(seconds=1))]
        )
        first = await stores.queue.claim("worker-1", 2, LATER)
        assert [(one.mail_id, one.state, one.owner, one.attempts) for one in first] == [
            ("mai-3", "sending", "worker-1", 1),
            ("mai-2", "sending", "worker-1", 1),
        ]
        assert [one.mail_id for one in await stores.queue.claim("worker-2", 9, LATER)] == ["mai-1"]
        assert await stores.queue.claim("worker-2", 9, LATER) == []

    async def test_a_newer_invitation_holds_back_older_ones_of_the_same_person_that_wait(self, stores: Stores):
        (sent,) = await claimed(stores, mail(5, person_id="per-1"))
        await stores.queue.settle(sent, ACCEPTED, LATER)
        await stores.queue.add(
            [mail(1), mail(2), mail(3, person_id="per-1", refs={"target": "vis-2"}), mail(4, person_id="per-1")]
        )
        await stores.queue.add([mail(6, person_id="per-1", template="invitation-reminder", method=None)])
        assert await stores.queue.supersede("vis-1", ["per-1"], ["mai-4"], LATER) == 1
        held = await now(stores)
        assert (held.state, held.detail, held.changed_at) == (
            "suppressed", "A newer invitation takes its place.", LATER,
        )  # fmt: skip
        assert held.timeline[-1] == "2026-09-07 08:01:00 suppressed: A newer invitation takes its place."
        states = [(await now(stores, number)).state for number in range(2, 7)]
        assert states == ["queued", "queued", "queued", "accepted", "queued"]

    async def test_what_is_written_for_a_claimed_mail_goes_out_until_the_relay_has_it(self, stores: Stores):
        (one,) = await claimed(stores, mail())
        assert await stores.queue.outgoing("mai-1") is None
        await stores.queue.keep([built(one)])
        assert await stores.queue.outgoing("mai-1") == b"MIME"
        written = await now(stores)
        assert (written.to, written.subject, written.built) == ("per-1@schools.example", "Visit", True)
        assert (written.template_version, written.message_id) == ("visit@1", "<mai-1@kindred.example>")
        assert await stores.queue.settle(one, ACCEPTED, LATER)
        assert await stores.queue.outgoing("mai-1") is None
        text = await stores.ledger.text("mai-1")
        assert text is not None
        assert (text.text, text.html, text.attachments) == ("Text", "<p>Text</p>", ("invite.ics",))

    async def test_nothing_is_kept_for_a_mail_that_is_not_claimed(self, stores: Stores):
        await stores.queue.add([mail()])
        await stores.queue.keep([built(mail())])
        assert await stores.queue.outgoing("mai-1") is None
        assert not (await now(stores)).built

    async def test_handing_over_begins_only_for_who_has_claimed(self, stores: Stores):
        one, other, *_ = await claimed(stores, mail(1), mail(2))
        assert await stores.queue.note([(another_claim(one), LATER), (other, LATER)], []) == {"mai-2"}
        assert [(await now(stores, number)).handing for number in (1, 2)] == [False, True]
        assert await begin(stores, one)
        found = await now(stores)
        assert (found.handing, found.first_tried) == (True, LATER)

    async def test_mails_are_begun_and_settled_in_one_note_which_may_be_repeated(self, stores: Stores):
        gone, lost, next_, *_ = await claimed(stores, mail(1), mail(2), mail(3, method=None))
        assert await stores.queue.note([(gone, LATER), (lost, LATER)], []) == {"mai-1", "mai-2"}
        ends = [Settled(gone, ACCEPTED, LATER), Settled(lost, Verdict("queued", try_at=LATER), LATER, extra=True)]
        for _ in range(2):
            assert await stores.queue.note([(next_, LATER)], ends) == {"mai-3"}
        found = [await now(stores, number) for number in (1, 2, 3)]
        assert [(one.state, one.handing, one.extra_used) for one in found] == [
            ("accepted", False, False), ("queued", False, True), ("sending", True, False),
        ]  # fmt: skip
        assert [line.split(" ", 2)[2] for line in found[0].timeline] == ["queued", "accepted: 2.0.0 taken"]
        assert await stores.queue.note([(gone, LATER)], []) == set()
        assert await stores.queue.note([], []) == set()

    async def test_the_first_attempt_is_remembered_through_later_ones(self, stores: Stores):
        (one,) = await claimed(stores, mail())
        await begin(stores, one)
        await stores.queue.settle(one, Verdict("deferred", try_at=LATER), LATER)
        (again,) = await stores.queue.claim("worker-1", 1, LATER)
        await begin(stores, again, LATER + dt.timedelta(hours=1))
        found = await now(stores)
        assert (found.first_tried, found.attempts) == (LATER, 2)

    @pytest.mark.parametrize(
        ("verdict", "kept"),
        [
            (Verdict("deferred", try_at=LATER, detail="451", status="4.7.0"), ("deferred", "451", "4.7.0", False)),
            (Verdict("bounced", suppress=True, status="5.1.1"), ("bounced", "", "5.1.1", True)),
            (Verdict("suppressed", detail="No."), ("suppressed", "No.", "", False)),
        ],
    )
    async def test_a_claimed_mail_is_settled_once_by_who_has_claimed(self, stores: Stores, verdict, kept):
        (one,) = await claimed(stores, mail())
        await begin(stores, one)
        assert not await stores.queue.settle(another_claim(one), verdict, LATER)
        assert await stores.queue.settle(one, verdict, LATER)
        assert not await stores.queue.settle(one, ACCEPTED, LATER)
        found = await now(stores)
        assert (found.state, found.detail, found.status, found.permanent) == kept
        assert (found.handing, found.changed_at, found.try_at) == (False, LATER, verdict.try_at or START)

    async def test_an_extra_attempt_is_remembered(self, stores: Stores):
        (one,) = await claimed(stores, mail())
        await stores.queue.settle(one, Verdict("queued", try_at=LATER), LATER, extra=True)
        (again,) = await stores.queue.claim("worker-1", 1, LATER)
        assert again.extra_used
        await stores.queue.settle(again, Verdict("unknown"), LATER)
        assert (await now(stores)).extra_used

    async def test_what_is_due_while_nothing_can_go_out_is_deferred_and_stays_due(self, stores: Stores):
        await claimed(stores, mail(1))
        later = LATER + dt.timedelta(seconds=1)
        await stores.queue.add([mail(2), mail(3, try_at=later)])
        assert await stores.queue.postpone("The relay is away.", LATER) == 1
        assert await stores.queue.postpone("The relay is away.", LATER) == 0
        assert [(await now(stores, number)).state for number in (1, 2, 3)] == ["sending", "deferred", "queued"]
        found = await now(stores, 2)
        assert (found.detail, found.attempts, found.try_at) == ("The relay is away.", 0, START)
        assert found.timeline[-1] == "2026-09-07 08:01:00 deferred: The relay is away."
        counts = await stores.queue.counts()
        assert {state: count for state, count in counts.items() if count} == {"sending": 1, "deferred": 1, "queued": 1}
        assert len(counts) == len(MOVES)
        assert [one.mail_id for one in await stores.queue.claim("worker-2", 9, LATER)] == ["mai-2"]

    async def test_a_worker_that_stops_gives_back_what_it_has_not_begun(self, stores: Stores):
        begun, other, *_ = await claimed(stores, mail(1), mail(2))
        await begin(stores, begun)
        assert await stores.queue.release("worker-2") == 0
        assert await stores.queue.release("worker-1") == 1
        found = await now(stores, int(other.mail_id[-1]))
        assert (found.state, found.attempts) == ("queued", 0)
        assert (await now(stores, int(begun.mail_id[-1]))).state == "sending"

    async def test_mails_of_a_worker_that_shows_no_life_are_orphans(self, stores: Stores):
        await claimed(stores, mail(1), owner="worker-dead")
        await claimed(stores, mail(2), owner="worker-alive")
        await stores.queue.beat("worker-alive")
        assert [one.mail_id for one in await stores.queue.orphans(30.0)] == ["mai-1"]


class EntriesContract:
    async def test_an_entry_is_plain_where_a_mail_was_written_that_carries_no_seal(self, stores: Stores):
        first, second, *_ = await claimed(stores, mail(1), mail(2), mail(3))
        await stores.queue.keep([built(first), replace(built(second), plain_entry=True)])
        older = mail(4, message_id="<mai-4@kindred.example>", built=True)
        await stores.queue.add([older, mail(5, message_id="<mai-5@kindred.example>", method=None)])
        people = [f"per-{number}" for number in range(1, 6)]
        assert await stores.ledger.plain(["vis-1"], people) == {("vis-1", "per-2"), ("vis-1", "per-4")}
        assert await stores.ledger.plain(["vis-1"], ["per-2"]) == {("vis-1", "per-2")}
        assert await stores.ledger.plain(["vis-2"], people) == set()
        assert ((await now(stores, 1)).sealed, (await now(stores, 3)).sealed) == (True, False)


class OutcomesContract:
    @pytest.mark.parametrize(
        ("state", "method", "published"),
        [
            ("accepted", "REQUEST", True), ("accepted", None, False), ("bounced", None, True), ("failed", None, True),
            ("deferred", "REQUEST", False), ("unknown", "REQUEST", False), ("suppressed", "REQUEST", False),
        ],
    )  # fmt: skip
    async def test_what_others_must_hear_waits_to_be_published(
        self, stores: Stores, state: MailState, method, published
    ):
        (one,) = await claimed(stores, mail(method=method))
        await stores.queue.settle(one, Verdict(state, try_at=LATER), LATER)
        assert [found.mail_id for found in await stores.queue.unpublished(5)] == (["mai-1"] if published else [])

    async def test_what_is_published_waits_no_more_and_events_are_counted(self, stores: Stores):
        for one in await claimed(stores, mail(1), mail(2)):
            await stores.queue.settle(one, ACCEPTED, LATER)
        assert len(await stores.queue.unpublished(1)) == 1
        waiting = await stores.queue.unpublished(5)
        await stores.queue.mark_published(waiting)
        assert await stores.queue.unpublished(5) == []
        assert (await now(stores)).published == len(events_of(waiting[0])) == 1

    async def test_what_has_changed_since_it_was_read_is_published_again(self, stores: Stores):
        (one,) = await claimed(stores, mail())
        await stores.queue.settle(one, ACCEPTED, LATER)
        (read,) = await stores.queue.unpublished(5)
        await stores.queue.mark_published([read])
        await stores.ledger.returned(await now(stores), BOUNCED_LATER, LATER)
        await stores.queue.mark_published([read])
        (again,) = await stores.queue.unpublished(5)
        assert (again.state, again.published) == ("bounced", 1)
