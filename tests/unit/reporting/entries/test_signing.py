"""Sign-off, release, withdrawal, and what happens when nobody says a word."""

import datetime as dt

import pytest

from services.tasks.domain.calendar import Calendar
from shared.bus import Reminder
from shared.commands import forms as asks
from shared.errors import Rejected
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.template.moments import Offset
from tests.fakes import FakeWork
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import GOOD_FINDINGS, HOLIDAYS, at_work, days, findings_sent, published

VISITOR, LEAD, HEAD = exchange.VISITOR, exchange.HOST_LEAD, exchange.HOST_HEAD
PROJECT = {"topic": "reading", "need": "Books", "done_by": "1/3/2027"}


async def ask(made, entry_id, text="More evidence.", number=1, person=LEAD):
    return await made.do(asks.AskForChanges(entry_id=entry_id, person_id=person, number=number, text=text))


async def agree(made, entry_id, number=1, person=LEAD):
    return await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=person, number=number))


async def release(made, entry_id, number=1, person=HEAD):
    return await made.do(asks.ReleaseEntry(entry_id=entry_id, person_id=person, number=number))


async def edit(made, summary):
    revision = made.kept(await _only(made)).revision
    return await made.send("findings", exchange.MATCH, VISITOR, {"summary": summary}, revision=revision)


async def _only(made):
    (entry_id,) = made.memory.entries.rows
    return entry_id


async def silence(made, entry_id, number=1):
    work = FakeWork(now=made.time.now())
    reminder = Reminder("entry-silent", entry_id, made.time.now(), {"number": str(number)})
    await made.remind(reminder, work)
    return work


async def test_changes_are_asked_for_twice_and_both_requests_stay():
    made = await at_work()
    entry_id = await findings_sent(made)
    _, work = await ask(made, entry_id, "SECRET one")
    assert published(work) == ["ChangesAsked"]
    assert "SECRET" not in work.published[0].model_dump_json()
    assert work.cancelled == [("entry-silent", entry_id)]
    await edit(made, "Better.")
    await ask(made, entry_id, "SECRET two", number=2)
    await edit(made, "Best.")
    _, work = await agree(made, entry_id, number=3)
    assert published(work) == ["FormAgreed", "ProjectFindingsSubmitted", "ReportRequested"]
    history = await made.find(asks.EntryHistory(entry_id=entry_id, person_id=VISITOR))
    assert [(one.number, one.text, one.person_id) for one in history.changes] == [
        (1, "SECRET one", LEAD),
        (2, "SECRET two", LEAD),
    ]
    assert [one.changed for one in history.versions][1:] == [("summary",), ("summary",)]


async def test_the_same_request_again_changes_nothing():
    made = await at_work()
    entry_id = await findings_sent(made)
    await ask(made, entry_id)
    _, work = await ask(made, entry_id)
    assert published(work) == []
    assert len(made.kept(entry_id).changes) == 1


async def test_sending_the_same_text_again_is_no_change():
    made = await at_work()
    entry_id = await findings_sent(made)
    await ask(made, entry_id)
    with pytest.raises(Rejected) as refused:
        await findings_sent(made)
    assert refused.value.rule == "unchanged"


@pytest.mark.parametrize(("text", "rule"), [("  \n", "missing"), ("x" * 5001, "too-long")])
async def test_a_request_says_what_should_change(text, rule):
    made = await at_work()
    entry_id = await findings_sent(made)
    with pytest.raises(Rejected) as refused:
        await ask(made, entry_id, text)
    assert refused.value.rule == rule


async def test_nobody_decides_about_a_version_that_they_have_not_read():
    made = await at_work()
    entry_id = await findings_sent(made)
    await edit(made, "Better.")
    for decide in (ask(made, entry_id, number=1), agree(made, entry_id, number=1)):
        with pytest.raises(Rejected) as refused:
            await decide
        assert refused.value.rule == "stale"


async def test_what_was_agreed_to_is_not_changed_any_more():
    made = await at_work()
    entry_id = await findings_sent(made)
    await agree(made, entry_id)
    with pytest.raises(Rejected) as refused:
        await edit(made, "Otherwise.")
    assert refused.value.rule == "agreed"
    with pytest.raises(Rejected) as refused:
        await ask(made, entry_id)
    assert refused.value.rule == "agreed"


async def test_agreeing_twice_is_agreeing_once():
    made = await at_work()
    entry_id = await findings_sent(made)
    await agree(made, entry_id)
    _, work = await agree(made, entry_id)
    assert published(work) == []


async def test_readers_are_those_of_the_moment_of_release():
    made = await at_work()
    entry_id = await findings_sent(made)
    await agree(made, entry_id)
    await made.handle(exchange.role_left(HEAD, "head", exchange.HOST, exchange.SEPTEMBER))
    await made.handle(exchange.role_taken("per-new-head", "head", exchange.HOST))
    with pytest.raises(Rejected, match="no such entry"):
        await release(made, entry_id)
    _, work = await release(made, entry_id, person="per-new-head")
    assert work.published[0].reader_ids == ("per-new-head", LEAD)
    assert work.published[0].person_id == "per-new-head"
    _, work = await release(made, entry_id, person="per-new-head")
    assert published(work) == []


@pytest.mark.parametrize("wanted", [True, False])
async def test_governors_read_it_where_the_project_says_so(wanted):
    made = await at_work(placed=False)
    project = {**PROJECT, "governors": "yes" if wanted else "no"}
    project_id, _ = await made.send("project", exchange.HOST, LEAD, project, another="one")
    await made.handle(exchange.placed(thing_entry_id=project_id))
    entry_id, _ = await made.send("findings", exchange.MATCH, VISITOR, _findings())
    await agree(made, entry_id)
    _, work = await release(made, entry_id)
    governor = exchange.person("governor", exchange.HOST)
    assert (governor in work.published[0].reader_ids) is wanted
    if wanted:
        assert (await made.show(governor, entry_id)).answers["summary"] == "Reading is taught well."
    else:
        with pytest.raises(Rejected, match="no such entry"):
            await made.show(governor, entry_id)


async def test_a_successor_reads_it_once_it_is_released_again():
    made = await at_work(placed=False)
    project_id, _ = await made.send("project", exchange.HOST, LEAD, {**PROJECT, "governors": "yes"}, another="one")
    await made.tell(exchange.placed(thing_entry_id=project_id))
    entry_id = await findings_sent(made)
    await agree(made, entry_id)
    await release(made, entry_id)
    _, work = await release(made, entry_id)
    assert published(work) == []
    await made.tell(exchange.role_taken("per-new-governor", "governor", exchange.HOST))
    with pytest.raises(Rejected, match="no such entry"):
        await made.show("per-new-governor", entry_id)
    _, work = await release(made, entry_id)
    assert "per-new-governor" in work.published[0].reader_ids
    assert (await made.show("per-new-governor", entry_id)).state == "released"


def _findings():
    finding = {"title": "Books", "evidence": "Six lessons"}
    return {"summary": "Reading is taught well.", "found": [finding]}


async def test_after_silent_days_the_coordinator_decides():
    made = await at_work()
    entry_id = await findings_sent(made)
    with pytest.raises(Rejected, match="no such entry"):
        await made.show(exchange.COORDINATOR, entry_id)
    made.time.advance(days(15))
    work = await silence(made, entry_id)
    (asked,) = work.published
    assert (type(asked).__name__, asked.coordinator_id) == ("AgreementOverdue", exchange.COORDINATOR)
    assert (await made.show(exchange.COORDINATOR, entry_id)).may == ("read", "ask-for-changes", "agree", "withdraw")
    _, work = await agree(made, entry_id, person=exchange.COORDINATOR)
    assert published(work) == ["FormAgreed", "ProjectFindingsSubmitted", "ReportRequested"]


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (dt.date(2026, 10, 1), dt.date(2026, 10, 15)),
        (dt.date(2026, 10, 3), dt.date(2026, 10, 19)),
        (dt.date(2026, 12, 24), dt.date(2027, 1, 12)),
    ],
)
async def test_silence_lasts_as_long_as_a_task_of_as_many_working_days(sent, last):
    made = await at_work()
    made.time.advance(days((sent - made.time.now().date()).days))
    entry_id, work = await made.send("findings", exchange.MATCH, exchange.VISITOR, GOOD_FINDINGS)
    assert work.reminders["entry-silent", entry_id].due.date() == last + days(1)
    calendar = Calendar(HOLIDAYS.__contains__)
    assert calendar.shifted(calendar.working(sent), Offset(10, "working days")) == last


async def test_silence_counts_once_the_programme_goes_on():
    made = await at_work()
    entry_id = await findings_sent(made)
    facts = {"programme_id": exchange.PROGRAMME, "on": made.time.now().date()}
    await made.handle(ProgrammePostponed(**facts, version=2, state="postponed"))
    made.time.advance(days(15))
    work = await silence(made, entry_id)
    assert published(work) == []
    assert work.reminders["entry-silent", entry_id].due == made.time.now() + days(7)

    await made.handle(ProgrammeResumed(**facts, version=3, state="running", postponed_on=facts["on"]))
    assert published(await silence(made, entry_id)) == ["AgreementOverdue"]


async def test_silence_about_what_was_answered_or_changed_asks_nobody():
    made = await at_work()
    entry_id = await findings_sent(made)
    await edit(made, "Better.")
    assert published(await silence(made, entry_id, number=1)) == []
    await agree(made, entry_id, number=2)
    assert published(await silence(made, entry_id, number=2)) == []
    assert published(await silence(made, "ent-unknown")) == []


async def test_a_withdrawn_entry_is_gone_for_everybody_else():
    made = await at_work()
    entry_id = await findings_sent(made)
    _, work = await made.do(asks.WithdrawEntry(entry_id=entry_id, person_id=VISITOR))
    assert published(work) == ["EntryWithdrawn"]
    assert work.cancelled == [("entry-silent", entry_id)]
    with pytest.raises(Rejected, match="no such entry"):
        await made.show(LEAD, entry_id)
    with pytest.raises(Rejected, match="no such entry"):
        await agree(made, entry_id)
    _, work = await made.do(asks.WithdrawEntry(entry_id=entry_id, person_id=VISITOR))
    assert published(work) == []


async def test_a_withdrawn_entry_may_be_written_anew():
    made = await at_work()
    entry_id = await findings_sent(made)
    await made.do(asks.WithdrawEntry(entry_id=entry_id, person_id=VISITOR))
    _, work = await edit(made, "Anew.")
    assert published(work) == ["FormSubmitted"]
    assert (work.published[0].number, work.published[0].version) == (2, 3)


async def test_a_draft_is_thrown_away_without_a_word():
    made = await at_work()
    saved = await made.save("findings", exchange.MATCH, VISITOR, {"summary": "x"})
    _, work = await made.do(asks.WithdrawEntry(entry_id=saved.entry_id, person_id=VISITOR))
    assert published(work) == []
    assert made.kept(saved.entry_id).state == "withdrawn"
