"""Dead letters of a real server, as the console lists them and gives them back."""

import pytest

from services.portal.adapters.dead_letters import BusDeadLetters
from services.portal.domain.stuck import alike
from shared.bus import Service
from shared.errors import Permanent, Rejected
from shared.events.base import Fact
from shared.events.people import ContactCard
from shared.events.tasks import TaskMissed
from tests.waiting import until, until_equal

CARD = ContactCard(person_id="per-1", version=1, name="Amara Osei", email="amara@school.example")


class Listener:
    """A service that cannot handle anything until it is mended."""

    def __init__(self, settings) -> None:
        self.mended = False
        self.heard: list[Fact] = []
        self.service = Service("notifications", settings)
        self.service.subscribe(TaskMissed, "notifications-missed", self.hear)
        self.service.subscribe(ContactCard, "notifications-cards", self.hear)

    async def hear(self, fact, _work):
        if not self.mended:
            raise Permanent("The template names no mail for it.")
        self.heard.append(fact)


def missed(number):
    return TaskMissed(
        version=1, task_id=f"tsk-{number}", programme_id="prg-1", task="post", do="form", of="project",
        person_ids=("per-1",), about="school", about_id="sch-1", opened="2026-09-07", due="2026-09-14",
    )  # fmt: skip


@pytest.fixture
async def listener(settings, running):
    """Two events and a contact card that it could not handle wait as dead letters."""
    teller, listener = Service("tasks", settings), Listener(settings)
    await running(teller, listener.service)

    async def facts(work):
        for number in (1, 2):
            work.publish(missed(number))
        work.put_contact(CARD)

    await teller.transact(facts)
    return listener


async def test_letters_are_listed_in_words_and_tried_again(listener, client):
    letters = BusDeadLetters(lambda: client)

    async def all_there():
        found = await letters.waiting(10)
        return found if len(found) == 3 else None

    found = alike(await until(all_there, "until the letters are there"))
    events, (card,) = (
        [one for one in found if one.what == "Task missed"],
        [one for one in found if len(one.numbers) == 1],
    )
    assert [(one.what, len(one.numbers), one.programme_ids) for one in events] == [("Task missed", 2, ("prg-1",))]
    assert events[0].follows == "Mails about it have not gone out."
    assert events[0].reason.endswith("The template names no mail for it.")
    assert events[0].since is not None
    assert "Amara" not in repr(card)
    assert len(await letters.waiting(2)) == 2

    listener.mended = True
    numbers = sorted(number for one in found for number in one.numbers)
    for number in numbers:
        await letters.again(number)

    async def heard():
        return sorted(type(one).__name__ for one in listener.heard)

    await until_equal(heard, ["ContactCard", "TaskMissed", "TaskMissed"])
    assert await letters.waiting(10) == []
    with pytest.raises(Rejected, match="no dead letter"):
        await letters.again(numbers[0])


async def test_what_fails_again_waits_again(listener, client):
    letters = BusDeadLetters(lambda: client)
    first = await until(lambda: letters.waiting(1), "until a letter is there")
    await letters.again(first[0].number)

    async def later():
        return {one.number for one in await letters.waiting(10)}

    await until(lambda: _three_after(later, first[0].number), "until it is back")


async def _three_after(numbers, gone):
    found = await numbers()
    return len(found) == 3 and gone not in found


async def test_no_letter_waits_where_there_is_no_stream_for_them(client, jetstream):
    await jetstream.delete_stream("DEAD")
    assert await BusDeadLetters(lambda: client).waiting(10) == ()
