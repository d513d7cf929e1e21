"""Every read of a released entry is a line of a log that cannot be changed unseen."""

import asyncio

import pytest

from shared.commands import forms as asks
from shared.commands.audit import ListAudit, VerifyAudit
from shared.errors import Rejected
from shared.events.rounds import RoundPublished
from tests.fakes import FakeWork
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import at_work, findings_sent

LEAD, HEAD = exchange.HOST_LEAD, exchange.HOST_HEAD


async def released():
    made = await at_work()
    entry_id = await findings_sent(made)
    await made.show(LEAD, entry_id)
    await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    await made.do(asks.ReleaseEntry(entry_id=entry_id, person_id=HEAD, number=1))
    return made, entry_id


async def test_reads_are_noted_from_the_release_on():
    made, entry_id = await released()
    await made.show(LEAD, entry_id)
    await made.find(asks.EntryHistory(entry_id=entry_id, person_id=HEAD))
    with pytest.raises(Rejected):
        await made.show(exchange.MANAGER, entry_id)
    await made.find(asks.ListEntries(person_id=LEAD))
    found = await made.find(ListAudit())
    assert [(line.number, line.person_id, line.entry_id, line.version) for line in found.lines] == [
        (2, HEAD, entry_id, 1),
        (1, LEAD, entry_id, 1),
    ]
    assert (await made.find(ListAudit(person_id=LEAD))).total == 1


async def test_many_reads_at_once_are_one_chain():
    made, entry_id = await released()
    await asyncio.gather(*(made.show(LEAD, entry_id) for _ in range(20)))
    state = await made.find(VerifyAudit())
    assert (state.lines, state.broken_at) == (20, None)
    assert state.hash == made.memory.audit.rows[20].hash


async def four_lines():
    made, entry_id = await released()
    for _ in range(4):
        await made.show(LEAD, entry_id)
    return made, made.memory.audit.rows


@pytest.mark.parametrize("change", [{"person_id": "per-other"}, {"version": 9}, {"before": "0"}, {"hash": "0"}])
async def test_a_line_that_was_changed_is_found(change):
    made, rows = await four_lines()
    rows[2] = rows[2].model_copy(update=change)
    state = await made.find(VerifyAudit())
    assert state.broken_at == 2


async def test_a_line_that_was_written_anew_with_its_own_hash_is_found():
    made, rows = await four_lines()
    changed = rows[2].model_copy(update={"person_id": "per-other"})
    rows[2] = changed.model_copy(update={"hash": changed.digest()})
    assert (await made.find(VerifyAudit())).broken_at == 3


async def test_a_line_that_was_taken_out_is_found():
    made, rows = await four_lines()
    del rows[2]
    assert (await made.find(VerifyAudit())).broken_at == 2


async def test_an_empty_log_is_whole():
    made = await at_work()
    assert (await made.find(VerifyAudit())).model_dump() == {
        "lines": 0, "hash": "", "broken_at": None, "cut": 0,
    }  # fmt: skip


async def test_lines_that_changed_places_are_found():
    made, rows = await four_lines()
    rows[2], rows[3] = (
        rows[3].model_copy(update={"number": 2}), rows[2].model_copy(update={"number": 3}),
    )  # fmt: skip
    assert (await made.find(VerifyAudit())).broken_at == 2


async def test_lines_taken_out_at_the_end_are_missed():
    made, rows = await four_lines()
    del rows[3], rows[4]
    state = await made.find(VerifyAudit())
    assert (state.lines, state.broken_at, state.cut) == (2, 3, 2)


async def test_a_log_that_was_forged_as_a_whole_differs_from_what_was_noted_elsewhere():
    made, rows = await four_lines()
    noted, before = rows[3].hash, None
    for number in sorted(rows):
        forged = rows[number].model_copy(update={"person_id": "per-other", "before": before.hash if before else ""})
        rows[number] = before = forged.model_copy(update={"hash": forged.digest()})
    assert (await made.find(VerifyAudit())).broken_at is None
    assert (await made.find(VerifyAudit(kept_line=3, kept_hash=noted))).broken_at == 3
    assert (await made.find(VerifyAudit(kept_line=3, kept_hash=rows[3].hash))).broken_at is None
    assert (await made.find(VerifyAudit(kept_line=9, kept_hash=noted))).cut == 5


async def test_what_people_release_and_overrule_is_a_line_of_who_sent_it():
    made = await at_work()
    facts = {"programme_id": "prg-1", "round": "exchange", "revision": 1, "placed": 2}
    published = RoundPublished(version=1, round_id="rnd-1", people_without=0, things_without=0, **facts)
    for actor in ("per-coo", ""):
        await made.handle(published, work=FakeWork(now=made.clock.now(), actor=actor))
    (line,) = (await made.find(ListAudit())).lines
    assert (line.person_id, line.act, line.about) == ("per-coo", "released:round", "rnd-1")
