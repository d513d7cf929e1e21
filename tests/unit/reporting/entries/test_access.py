"""Who may do what: one table, asked by every command and query; a stranger learns nothing."""

import datetime as dt

import pytest

from services.reporting.handlers.queries import entries
from shared.commands import forms as asks
from shared.errors import Rejected
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import GOOD_FINDINGS, at_work, findings_sent

VISITOR, LEAD, HEAD = exchange.VISITOR, exchange.HOST_LEAD, exchange.HOST_HEAD
PEOPLE = {
    "author": VISITOR, "signer": LEAD, "releaser": HEAD, "manager": exchange.MANAGER,
    "coordinator": exchange.COORDINATOR, "own head": exchange.person("head", exchange.OWN), "stranger": "per-nobody",
    "nobody": "",
}  # fmt: skip
FILL, READ, ASK, AGREE, RELEASE, WITHDRAW = "fill", "read", "ask-for-changes", "agree", "release", "withdraw"


async def allowed(made, entry_id, who):
    try:
        return (await made.show(PEOPLE[who], entry_id, view="read")).may
    except Rejected:
        return ()


@pytest.mark.parametrize(
    ("state", "table"),
    [
        ("draft", {"author": (FILL, READ, WITHDRAW)}),
        ("submitted", {"author": (FILL, READ, WITHDRAW), "signer": (READ, ASK, AGREE)}),
        ("agreed", {"author": (FILL, READ, WITHDRAW), "signer": (READ, ASK, AGREE), "releaser": (READ, RELEASE)}),
        ("released", {"author": (FILL, READ, WITHDRAW), "signer": (READ, ASK, AGREE), "releaser": (READ, RELEASE)}),
    ],
)
async def test_who_may_what_with_findings(state, table):
    made = await at_work()
    saved = await made.save("findings", exchange.MATCH, VISITOR, GOOD_FINDINGS)
    entry_id = saved.entry_id
    if state != "draft":
        await made.submit(saved, VISITOR)
    if state in {"agreed", "released"}:
        await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    if state == "released":
        await made.do(asks.ReleaseEntry(entry_id=entry_id, person_id=HEAD, number=1))
    assert {who: acts for who in PEOPLE if (acts := await allowed(made, entry_id, who))} == table


async def test_every_command_of_a_stranger_is_answered_as_if_there_were_nothing():
    made = await at_work()
    entry_id = await findings_sent(made)
    before = made.kept(entry_id)
    for known_id in (entry_id, "ent-unknown"):
        about = {"entry_id": known_id, "person_id": exchange.person("head", exchange.OWN)}
        for command in (
            asks.SubmitEntry(**about, revision=1),
            asks.AskForChanges(**about, number=1, text="x"),
            asks.AgreeEntry(**about, number=1),
            asks.ReleaseEntry(**about, number=1),
            asks.WithdrawEntry(**about),
        ):
            with pytest.raises(Rejected) as refused:
                await made.do(command)
            assert (refused.value.rule, refused.value.sentence) == ("unknown-entry", "There is no such entry.")
        for query in (asks.ShowEntry(**about), asks.EntryHistory(**about)):
            with pytest.raises(Rejected) as refused:
                await made.find(query)
            assert (refused.value.rule, refused.value.sentence) == ("unknown-entry", "There is no such entry.")
    assert made.kept(entry_id) == before


@pytest.mark.parametrize(
    ("form", "about", "person"),
    [
        ("project", exchange.OWN, exchange.HOST_LEAD),
        ("project", "sch-unknown", exchange.OWN_LEAD),
        ("findings", exchange.MATCH, exchange.person("head", exchange.OWN)),
        ("findings", "mat-unknown", VISITOR),
        ("nomination", "per-unknown", exchange.OWN_LEAD),
        ("consent", "ent-unknown", exchange.OWN_LEAD),
    ],
)
async def test_a_form_is_filled_in_by_whom_it_names_about_what_there_is(form, about, person):
    made = await at_work()
    with pytest.raises(Rejected, match="no such entry"):
        await made.save(form, about, person, {})
    with pytest.raises(Rejected, match="no such entry"):
        await made.show(person, form=form, about_id=about)
    assert made.memory.entries.rows == {}


async def test_a_form_about_an_entry_names_its_author_and_whoever_stands_in_a_relation():
    made = await at_work(placed=False)
    project, _ = await made.send(
        "project", exchange.HOST, LEAD,
        {"topic": "maths", "need": "x", "done_by": "1/3/2027", "governors": "no"}, another="1",
    )  # fmt: skip
    named = {"wishes": (project,), "skills": ("lead",), "days": "2"}
    nomination, _ = await made.send("nomination", VISITOR, exchange.OWN_LEAD, named)
    for person in (exchange.OWN_LEAD, exchange.MANAGER):
        await made.send("consent", nomination, person, {"agree": "yes"})
    with pytest.raises(Rejected, match="no such entry"):
        await made.save("consent", nomination, VISITOR, {"agree": "yes"})


async def test_an_entry_of_one_person_stays_theirs():
    made = await at_work()
    entry_id = await findings_sent(made)
    until = dt.date(2026, 9, 30)
    await made.handle(exchange.role_left(VISITOR, "practitioner", exchange.OWN, until))
    await made.handle(exchange.role_taken("per-successor", "practitioner", exchange.OWN))
    await made.handle(exchange.placed(version=2, thing_entry_id=None).model_copy(update={"person_id": "per-successor"}))
    assert (await made.show(VISITOR, entry_id)).may == ("read",)
    with pytest.raises(Rejected, match="no such entry"):
        await made.show("per-successor", entry_id)
    own, _ = await made.send("findings", exchange.MATCH, "per-successor", GOOD_FINDINGS)
    assert own != entry_id
    assert made.kept(entry_id).author_ids == (VISITOR,)


async def test_whoever_left_reads_no_more():
    made = await at_work()
    entry_id = await findings_sent(made)
    await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    await made.do(asks.ReleaseEntry(entry_id=entry_id, person_id=HEAD, number=1))
    await made.handle(exchange.role_left(LEAD, "lead", exchange.HOST, dt.date(2026, 10, 1)))
    await made.handle(exchange.role_taken("per-new-lead", "lead", exchange.HOST))
    with pytest.raises(Rejected, match="no such entry"):
        await made.show(LEAD, entry_id)


async def test_a_list_for_a_person_holds_what_they_may_read_and_no_answers():
    made = await at_work()
    entry_id = await findings_sent(made)
    await made.save("plan", exchange.OWN, exchange.OWN_LEAD, {"aim": "SECRET"})
    everything = await made.find(asks.ListEntries(programme_id=exchange.PROGRAMME))
    assert everything.total == 2
    assert "SECRET" not in everything.model_dump_json()
    mine = await made.find(asks.ListEntries(programme_id=exchange.PROGRAMME, person_id=LEAD))
    assert [one.entry_id for one in mine.entries] == [entry_id]
    submitted = await made.find(asks.ListEntries(state="submitted", named=entry_id[:8]))
    assert [one.entry_id for one in submitted.entries] == [entry_id]


async def test_who_runs_kindred_sees_versions_without_words():
    made = await at_work()
    entry_id = await findings_sent(made, summary="SECRET")
    await made.do(asks.AskForChanges(entry_id=entry_id, person_id=LEAD, number=1, text="SECRET"))
    history = await made.find(asks.EntryHistory(entry_id=entry_id, number=1))
    assert "SECRET" not in history.model_dump_json()
    assert [(one.number, one.person_id, one.wording) for one in history.versions] == [(1, VISITOR, 3)]


async def test_readers_see_what_was_submitted_and_never_the_draft():
    made = await at_work()
    entry_id = await findings_sent(made)
    await made.save("findings", exchange.MATCH, VISITOR, {"summary": "not yet"}, revision=1)
    assert (await made.show(LEAD, entry_id)).answers["summary"] == "Reading is taught well."
    assert (await made.show(VISITOR, entry_id)).answers["summary"] == "not yet"
    assert (await made.show(VISITOR, entry_id, view="read")).answers["summary"] == "Reading is taught well."


async def test_notes_for_visitors_are_read_by_who_is_placed_there_and_by_no_other_visitor():
    day = {**exchange.DAY, "pack": "notes"}
    forms = [{**form, "readers": ["practitioner"]} if form["key"] == "notes" else form for form in exchange.FORMS]
    made = await at_work(placed=False)
    await made.handle(exchange.opened(activities=[day], forms=forms).model_copy(update={"version": 2}))
    entry_id, _ = await made.send("notes", exchange.HOST, LEAD, {"arrival": "8:45"})
    assert await allowed(made, entry_id, "author") == ()
    await made.handle(exchange.placed())
    assert await allowed(made, entry_id, "author") == (READ,)
    assert await allowed(made, entry_id, "manager") == ()
    await made.handle(exchange.placement_ended())
    assert await allowed(made, entry_id, "author") == ()


async def refused(made, person_id, entry_id):
    with pytest.raises(Rejected) as no:
        await made.show(person_id, entry_id, view="read")
    return no.value.sentence


async def test_who_may_read_it_later_is_told_what_they_wait_for():
    made = await at_work(placed=False)
    answers = {"topic": "maths", "need": "x", "done_by": "1/3/2027", "governors": "yes"}
    project_id, _ = await made.send("project", exchange.HOST, LEAD, answers, another="1")
    await made.tell(exchange.placed(thing_entry_id=project_id))
    entry_id = await findings_sent(made)
    governor = exchange.person("governor", exchange.HOST)
    assert await refused(made, HEAD, entry_id) == "You can read this once “Findings” has been agreed to."
    assert await refused(made, governor, entry_id) == "You can read this once “Findings” has been released."
    await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=1))
    assert await refused(made, governor, entry_id) == "You can read this once “Findings” has been released."
    assert await refused(made, "per-nobody", entry_id) == "There is no such entry."
    await made.do(asks.WithdrawEntry(entry_id=entry_id, person_id=VISITOR))
    assert await refused(made, governor, entry_id) == "There is no such entry."


async def test_a_reader_learns_nothing_of_how_an_entry_came_about():
    made = await at_work(placed=False)
    answers = {"topic": "maths", "need": "x", "done_by": "1/3/2027", "governors": "yes"}
    project_id, _ = await made.send("project", exchange.HOST, LEAD, answers, another="1")
    await made.tell(exchange.placed(thing_entry_id=project_id))
    entry_id = await findings_sent(made, summary="SECRET: Mr Brown cannot teach.")
    await made.do(asks.AskForChanges(entry_id=entry_id, person_id=LEAD, number=1, text="SECRET: take the name out."))
    revision = made.kept(entry_id).revision
    await made.send("findings", exchange.MATCH, VISITOR, {"summary": "Reading is taught well."}, revision=revision)
    await made.do(asks.AgreeEntry(entry_id=entry_id, person_id=LEAD, number=2))
    await made.do(asks.ReleaseEntry(entry_id=entry_id, person_id=HEAD, number=2))
    governor = exchange.person("governor", exchange.HOST)
    seen = [
        await made.show(governor, entry_id, view="read"),
        await made.find(asks.ListEntries(person_id=governor)),
        *[await made.find(asks.EntryHistory(entry_id=entry_id, person_id=governor, number=one)) for one in (1, 2)],
    ]
    assert seen[0].answers["summary"] == "Reading is taught well."
    assert [one for one in seen if "SECRET" in one.model_dump_json()] == []
    assert [one.number for one in seen[2].versions] == [1, 2]
    assert [one.changes for one in seen[1].entries if one.entry_id == entry_id] == [0]
    for person in (VISITOR, LEAD, HEAD):
        history = await made.find(asks.EntryHistory(entry_id=entry_id, person_id=person, number=2))
        assert history.before["summary"].startswith("SECRET"), person
        (row,) = (await made.find(asks.ListEntries(form="findings", person_id=person))).entries
        assert row.changes == 1, person


async def test_what_somebody_may_read_is_found_behind_many_that_they_may_not(monkeypatch):
    monkeypatch.setattr(entries, "AT_ONCE", 2)
    made = await at_work()
    first = await findings_sent(made)
    for number in range(5):
        await made.save("project", exchange.OWN, exchange.OWN_LEAD, {"topic": "maths"}, another=f"n-{number}")
    found = await made.find(asks.ListEntries(programme_id=exchange.PROGRAMME, person_id=LEAD, limit=1))
    assert ([one.entry_id for one in found.entries], found.total) == ([first], 1)
    mine = await made.find(asks.ListEntries(person_id=exchange.OWN_LEAD, limit=2))
    assert (len(mine.entries), mine.total > 2) == (2, True)
    later = await made.find(asks.ListEntries(person_id=exchange.OWN_LEAD, limit=2, offset=4))
    assert (len(later.entries), later.total) == (1, 5)
    monkeypatch.setattr(entries, "MOST_LOOKED", 4)
    with pytest.raises(Rejected, match="too-many-entries"):
        await made.find(asks.ListEntries(person_id=LEAD))
