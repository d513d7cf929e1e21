"""Projections: batches in stream order, one transaction each; a bad one is taken out alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.bus import Service, UnitOfWork, dead_letters, runtime
from shared.bus.clock import set_offset
from shared.errors import Permanent
from shared.events.people import ContactCard, ContactForgotten
from shared.mongo.transactions import ambient
from tests.integration.bus.samples import Heard, Rang, idle, subjects_of
from tests.integration.bus.test_delivery import ring
from tests.waiting import until

DURABLE = "tower-projection"
JANE = ContactCard(person_id="per-1", version=1, name="Jane Roe", email="jane@example.org")


def tower(settings):
    service = Service("tower", settings)
    seen = service.database["seen"]

    async def rang(event: Rang, work: UnitOfWork) -> None:
        if event.bell_id == "cracked":
            raise Permanent("A cracked bell cannot be heard.")
        await seen.insert_one({"_id": f"rang-{event.bell_id}-{event.version}"})

    async def heard(event: Heard, work: UnitOfWork) -> None:
        await seen.insert_one({"_id": f"heard-{event.bell_id}-{event.version}"})

    async def card(event: ContactCard, work: UnitOfWork) -> None:
        await service.database["people"].replace_one({"_id": event.person_id}, {"name": event.name}, upsert=True)

    async def forgotten(event: ContactForgotten, work: UnitOfWork) -> None:
        await service.database["people"].delete_one({"_id": event.person_id})

    service.projection(DURABLE, {Rang: rang, Heard: heard, ContactCard: card, ContactForgotten: forgotten})
    return service


async def rest(jetstream):
    await until(lambda: idle(jetstream, "EVENTS", DURABLE))
    await until(lambda: idle(jetstream, "PEOPLE", f"{DURABLE}-people"))


async def seen(service):
    return [line["_id"] async for line in service.database["seen"].find({}, sort=[("$natural", 1)])]


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_many_kinds_through_one_durable_in_stream_order(running, settings, jetstream):
    service = tower(settings)
    for number in range(1, 61):
        await ring(jetstream, f"r{number}", version=number)
        await ring(jetstream, f"h{number}", version=number, kind="village.Heard.v1")
    await running(service)
    await rest(jetstream)
    expected = [f"{kind}-tom-{number}" for number in range(1, 61) for kind in ("rang", "heard")]
    assert await seen(service) == expected
    assert await service.database["inbox"].count() == 120


async def test_a_batch_from_later_than_the_clock_moves_the_clock_before_it_is_read(
    running, settings, jetstream, monkeypatch
):
    async def never(_connection: Any, _clock: Any) -> None:
        """A process that has not yet seen that the clock was moved."""

    monkeypatch.setattr(runtime, "follow", never)
    service = Service("tower", settings.model_copy(update={"clock": "adjustable"}))
    when = []

    async def rang(event: Rang, work: UnitOfWork) -> None:
        when.append(work.now)

    service.projection(DURABLE, {Rang: rang})
    await running(service)
    await set_offset(jetstream, timedelta(days=3))
    later = datetime.now(UTC) + timedelta(days=3)
    await ring(jetstream, **{"ce-time": later.isoformat()})
    await until(lambda: bool(when))
    assert when[0] >= later


async def test_poison_in_a_batch_stops_nobody_else(running, settings, jetstream):
    service = tower(settings)
    for number in range(1, 21):
        await ring(jetstream, f"e{number}", version=number, bell="cracked" if number == 7 else "tom")
    await ring(jetstream, "nonsense", body=b"{")
    await ring(jetstream, "future", kind="belfry.Rang.v9")
    await running(service)
    await rest(jetstream)
    assert sorted(await seen(service)) == sorted(f"rang-tom-{number}" for number in range(1, 21) if number != 7)
    letters = [letter async for letter in dead_letters.ls(jetstream)]
    assert sorted((letter.headers["ce-id"], letter.parked) for letter in letters) == [
        ("e7", False), ("future", True), ("nonsense", False),
    ]  # fmt: skip


@pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)
async def test_a_batch_that_lasts_too_long_for_one_transaction_is_halved_until_it_does_not(
    running, settings, jetstream
):
    """The server ends whatever transaction handles more than three, as it ends one that lasts longer than it allows."""
    service = Service("tower", settings)
    together: dict[bytes, set[int]] = {}

    async def rang(event: Rang, work: UnitOfWork) -> None:
        session = ambient()
        mine = together.setdefault(bytes(session.session_id["id"]), set())
        mine = mine if event.version > max(mine, default=0) else set()
        together[bytes(session.session_id["id"])] = mine | {event.version}
        if len(mine) >= 3:
            ended = session.client.admin.command("killSessions", [session.session_id])
            await ended
        await service.database["seen"].insert_one({"_id": f"rang-{event.bell_id}-{event.version}"})

    service.projection(DURABLE, {Rang: rang})
    for number in range(1, 21):
        await ring(jetstream, f"e{number}", version=number)
    await running(service)
    await until(lambda: idle(jetstream, "EVENTS", DURABLE))
    assert await seen(service) == [f"rang-tom-{number}" for number in range(1, 21)]
    assert await service.database["inbox"].count() == 20
    assert [letter async for letter in dead_letters.ls(jetstream)] == []


async def test_duplicates_within_and_across_batches(running, settings, jetstream):
    service = tower(settings)
    for ce_id in ("e1", "e1", "e2"):
        await ring(jetstream, ce_id, version=int(ce_id[1]))
    await running(service)
    await rest(jetstream)
    await ring(jetstream, "e2", version=2)
    await rest(jetstream)
    assert await seen(service) == ["rang-tom-1", "rang-tom-2"]


async def test_erasing_a_person_leaves_no_name_anywhere(running, settings, jetstream, mongo):
    service = tower(settings)
    await running(service)

    async def put(work: UnitOfWork) -> None:
        work.put_contact(JANE)
        work.put_contact(JANE.model_copy(update={"version": 2, "name": "Jane Roe-Doe"}))

    async def erase(work: UnitOfWork) -> None:
        work.forget_contact("per-1")

    people = service.database["people"]
    await service.transact(put)

    async def arrived():
        return await people.find({}).to_list() == [{"_id": "per-1", "name": "Jane Roe-Doe"}]

    await until(arrived)
    assert await subjects_of(jetstream, "PEOPLE") == {"people.per-1": 1}
    await service.transact(erase)

    async def gone():
        return await people.count() == 0

    await until(gone)
    await rest(jetstream)
    last = await jetstream.get_last_msg("PEOPLE", "people.per-1")
    assert (last.headers["ce-type"], b"Jane" in (last.data or b"")) == ("people.ContactForgotten.v1", False)
    assert await subjects_of(jetstream, "PEOPLE") == {"people.per-1": 1}
    rows = await service.database["outbox"].find({}).to_list()
    assert [row["_id"] for row in rows] == ["contact:per-1"]
    assert "Jane" not in str(rows)


async def test_a_contact_card_leaves_no_name_among_the_dead_letters_and_replays(running, settings, jetstream):
    ready: list[bool] = []
    came: list[str] = []
    service = Service("tower", settings)

    async def card(event: ContactCard, work: UnitOfWork) -> None:
        if not ready:
            raise Permanent("not today")
        came.append(event.name)

    async def put(work: UnitOfWork) -> None:
        work.put_contact(JANE)

    service.subscribe(ContactCard, "tower-card", card)
    await running(service)
    await service.transact(put)

    async def dead():
        return [letter async for letter in dead_letters.ls(jetstream)]

    (letter,) = await until(dead)
    assert (letter.body, letter.subject) == (b"", "people.per-1")
    ready.append(True)
    await dead_letters.replay(jetstream, letter.number)

    async def replayed():
        return came == ["Jane Roe"]

    await until(replayed)
    assert await dead() == []
