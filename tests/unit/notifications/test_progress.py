"""Notes on claimed mails are gathered: one write at a time, and none lost or out of order."""

import asyncio
import datetime as dt
from collections.abc import Sequence

import pytest

from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail
from services.notifications.domain.settled import Settled
from services.notifications.handlers.workers import progress
from services.notifications.handlers.workers.progress import Progress
from tests.fakes import START
from tests.fakes.notifications.mails import MemoryMails
from tests.unit.notifications.ports.mails import ACCEPTED, mail
from tests.waiting import until


class SlowMails(MemoryMails):
    """Mails whose notes wait for a database; `written` is what each write held, by the mails' numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[tuple[set[str], set[str]]] = []
        self.answers = asyncio.Event()
        self.away = 0

    async def note(self, begun: Sequence[tuple[Mail, dt.datetime]], settled: Sequence[Settled]) -> set[str]:
        """Write once the database answers."""
        self.written.append(({one.mail_id for one, _ in begun}, {one.mail.mail_id for one in settled}))
        await self.answers.wait()
        if self.away:
            self.away -= 1
            raise ConnectionError
        return await super().note(begun, settled)


@pytest.fixture
async def mails() -> SlowMails:
    return SlowMails()


@pytest.fixture
async def claimed(mails: SlowMails) -> list[Mail]:
    await mails.add([mail(number) for number in range(1, 5)])
    return await mails.claim("worker-1", 4, START)


async def test_what_is_noted_while_a_write_is_on_its_way_goes_together_in_the_next(mails, claimed):
    noting = Progress(mails)
    first, second, *others = claimed
    early = [asyncio.create_task(noting.begin(one, START)) for one in (first, second)]
    await until(lambda: mails.written)
    late = [asyncio.create_task(noting.begin(one, START)) for one in others]
    await asyncio.sleep(0)
    noting.settle(first, ACCEPTED, START)
    assert not any(task.done() for task in (*early, *late))
    mails.answers.set()
    assert await asyncio.gather(*early, *late) == [True] * 4
    assert mails.written == [({"mai-1", "mai-2"}, set()), ({"mai-3", "mai-4"}, {"mai-1"})]


async def test_a_connections_next_mail_begins_only_when_the_end_of_its_last_one_is_noted(mails, claimed):
    noting = Progress(mails)
    mails.answers.set()
    first, second, *_ = claimed
    assert await noting.begin(first, START)
    noting.settle(first, ACCEPTED, START)
    assert mails.mails["mai-1"].state == "sending"
    assert await noting.begin(second, START)
    assert mails.mails["mai-1"].state == "accepted"


async def test_a_mail_that_somebody_else_has_taken_over_is_not_begun(mails, claimed):
    noting = Progress(mails)
    mails.answers.set()
    await mails.settle(claimed[0], Verdict("queued", try_at=START), START)
    assert await asyncio.gather(*(noting.begin(one, START) for one in claimed)) == [False, True, True, True]


async def test_notes_are_repeated_until_the_database_is_back(mails, claimed, monkeypatch):
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    noting = Progress(mails)
    mails.answers.set()
    mails.away = 2
    assert await noting.begin(claimed[0], START)
    noting.settle(claimed[0], ACCEPTED, START)
    await noting.written()
    assert mails.mails["mai-1"].state == "accepted"
    assert mails.written == [({"mai-1"}, set())] * 3 + [(set(), {"mai-1"})]


async def test_nothing_to_note_is_noted_at_once(mails):
    await Progress(mails).written()
    assert mails.written == []
