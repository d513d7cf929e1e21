"""Actions: whoever is named by an address becomes their owner; how they stand, who sees and who changes them."""

import datetime as dt

import pytest

from shared.commands import forms as asks
from shared.commands.actions import ChangeAction, ListActions, ShowOwnersOfActions
from shared.commands.audit import ListAudit
from shared.errors import Rejected
from shared.events.forms import PlanChanged
from shared.events.programmes_parts import OwnersNamed
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import COORDINATOR, HOST, HOST_HEAD, HOST_LEAD, OWN_LEAD, PROGRAMME, VISITOR
from tests.unit.reporting.entries.harness import at_work, findings_sent

ACTION = {"what": "Read daily", "owner": "Head", "due": "2027-03-01", "success": "All read", "status": "not-started"}
CARETAKER = {**ACTION, "what": "Mend the door", "owner": "Sam Hill", "address": "sam@works.example"}
SAM = "per-sam"


def told(made):
    return [one for one in made.published if isinstance(one, PlanChanged)]


async def planned(made, *actions):
    """Findings with these actions, agreed to and let go; return the entry's id."""
    entry_id = await findings_sent(made, plan=list(actions))
    for command in (asks.AgreeEntry, asks.ReleaseEntry):
        person = HOST_LEAD if command is asks.AgreeEntry else HOST_HEAD
        await made.do(command(entry_id=entry_id, person_id=person, number=1))
    return entry_id


async def owned(made, *actions):
    """The same, where whoever keeps people has said who Sam is."""
    entry_id = await planned(made, *actions)
    awaited = {line.line_id: SAM for line in made.kept(entry_id).plan if line.awaited}
    await made.tell(
        OwnersNamed(version=3, entry_id=entry_id, programme_id=PROGRAMME, number=1, owners=awaited),
    )
    return entry_id


async def test_an_owner_by_address_is_awaited_until_somebody_says_who_that_is():
    made = await at_work()
    entry_id = await planned(made, ACTION, CARETAKER)
    _, door = made.kept(entry_id).plan
    assert (door.awaited, door.owner_id) == (True, "")
    found = await made.find(ShowOwnersOfActions(entry_id=entry_id))
    assert [(one.line_id, one.name, one.address) for one in found.owners] == [
        (door.line_id, "Sam Hill", "sam@works.example")
    ]
    await made.tell(
        OwnersNamed(version=9, entry_id=entry_id, programme_id=PROGRAMME, number=1, owners={door.line_id: SAM})
    )
    (event,) = told(made)
    assert [(line.owner_id, line.awaited) for line in event.plan] == [(HOST_HEAD, False), (SAM, False)]
    assert (event.version, made.kept(entry_id).version) == (4, 4)
    assert "sam@" not in event.model_dump_json()
    assert (await made.find(ShowOwnersOfActions(entry_id=entry_id))).owners == ()


async def test_whom_mail_cannot_reach_is_nobody_and_an_answer_to_an_older_version_changes_nothing():
    made = await at_work()
    entry_id = await planned(made, CARETAKER)
    (door,) = made.kept(entry_id).plan
    facts = {"version": 9, "entry_id": entry_id, "programme_id": PROGRAMME}
    await made.tell(OwnersNamed(**facts, number=2, owners={door.line_id: SAM}))
    assert made.kept(entry_id).plan == (door,)
    await made.tell(OwnersNamed(**facts, number=1, owners={door.line_id: ""}))
    assert made.kept(entry_id).plan == (door.model_copy(update={"awaited": False}),)


async def test_an_owner_without_a_role_says_how_their_action_stands_and_nothing_else():
    made = await at_work()
    entry_id = await owned(made, ACTION, CARETAKER)
    read, door = made.kept(entry_id).plan
    _, work = await made.send("progress", door.line_id, SAM, {"status": "under-way"})
    (event,) = [one for one in work.published if isinstance(one, PlanChanged)]
    stands = [(line.line_id, line.status) for line in event.plan]
    assert stands == [(read.line_id, "not-started"), (door.line_id, "under-way")]
    with pytest.raises(Rejected, match="no such entry"):
        await made.show(SAM, entry_id)
    with pytest.raises(Rejected, match="no such entry"):
        await made.save("progress", read.line_id, SAM, {"status": "done"})
    found = await made.find(ListActions(person_id=SAM))
    assert [(row.what, row.status, row.said_on, row.may_change) for row in found.actions] == [
        ("Mend the door", "under-way", exchange.NOW.date(), False)
    ]


async def test_what_an_owner_said_holds_over_a_new_version_unless_the_plan_says_something_else():
    made = await at_work()
    versioned = [{**form, "versioned": form["key"] == "findings"} for form in exchange.FORMS]
    await made.tell(exchange.opened(forms=versioned).model_copy(update={"version": 2}))
    entry_id = await owned(made, ACTION, CARETAKER)
    door = made.kept(entry_id).plan[1]
    await made.send("progress", door.line_id, SAM, {"status": "under-way"})
    answers = {"plan": [CARETAKER, {**ACTION, "status": "done"}]}
    revision = made.kept(entry_id).revision
    saved = await made.save("findings", exchange.MATCH, VISITOR, answers, revision=revision)
    await made.submit(saved, VISITOR)
    lines = {line.what: line for line in made.kept(entry_id).plan}
    assert (lines["Mend the door"].status, lines["Mend the door"].owner_id) == ("under-way", SAM)
    assert lines["Read daily"].status == "done"


async def test_actions_are_seen_by_who_reads_or_leads_their_plan_and_by_nobody_else():
    made = await at_work()
    await owned(made, ACTION, CARETAKER)
    seen = {
        person: [(row.what, row.may_change) for row in (await made.find(ListActions(person_id=person))).actions]
        for person in (HOST_HEAD, HOST_LEAD, VISITOR, OWN_LEAD, COORDINATOR)
    }
    both = [("Mend the door", True), ("Read daily", True)]
    assert {person: sorted(rows) for person, rows in seen.items()} == {
        HOST_HEAD: both, HOST_LEAD: both, VISITOR: [(what, False) for what, _ in both], OWN_LEAD: [], COORDINATOR: [],
    }  # fmt: skip
    of_programme = await made.find(ListActions(person_id=COORDINATOR, programme_id=PROGRAMME))
    assert sorted((row.what, row.may_change) for row in of_programme.actions) == both
    read = await made.find(ListAudit(person_id=COORDINATOR))
    assert [line.person_id for line in read.lines] == [COORDINATOR]


async def test_who_runs_kindred_sees_how_actions_stand_without_words():
    made = await at_work()
    entry_id = await owned(made, {**ACTION, "due": "2026-10-05"}, CARETAKER)
    made.time.at = dt.datetime(2026, 10, 6, 9, tzinfo=dt.UTC)
    found = await made.find(ListActions())
    first, second = found.actions
    assert (found.total, found.by_rating) == (2, {"on-track": 1, "off-track": 1})
    assert (first.what, first.owner, first.owner_id, first.rating) == ("", "", HOST_HEAD, "off-track")
    assert (second.owner_id, second.school_id, second.form_title) == (SAM, HOST, "Findings")
    late = await made.find(ListActions(rating="off-track"))
    assert (late.total, late.by_rating) == (1, {"on-track": 1, "off-track": 1})
    one = await made.find(ListActions(named=made.kept(entry_id).plan[1].line_id[:12], owner_id=SAM, form="findings"))
    assert [row.action_id for row in one.actions] == [second.action_id]
    assert (await made.find(ListActions(school_id="sch-other"))).total == 0


async def test_whoever_leads_names_another_owner_and_day():
    made = await at_work()
    entry_id = await owned(made, ACTION, CARETAKER)
    read, door = made.kept(entry_id).plan
    change = {"action_id": read.line_id, "person_id": HOST_HEAD}
    await made.do(ChangeAction(**change, owner="Ann Ley", address="ann@school.example", due=dt.date(2027, 4, 2)))
    (line, _) = made.kept(entry_id).plan
    assert (line.owner, line.owner_id, line.awaited, line.due) == ("Ann Ley", "", True, dt.date(2027, 4, 2))
    _, work = await made.do(ChangeAction(**change, owner="Lead", status="dropped"))
    (event,) = [one for one in work.published if isinstance(one, PlanChanged)]
    assert (event.plan[0].owner_id, event.plan[0].status, event.plan[0].awaited) == (HOST_LEAD, "dropped", False)
    _, work = await made.do(ChangeAction(**change, status="dropped"))
    assert work.published == []
    for person in (VISITOR, OWN_LEAD, SAM):
        with pytest.raises(Rejected) as refused:
            await made.do(ChangeAction(action_id=door.line_id, person_id=person, status="done"))
        assert refused.value.rule == "unknown-action"


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({}, "nothing"),
        ({"owner": "Ann", "address": "ann at school"}, "address"),
        ({"address": "ann@school.example"}, "missing"),
    ],
)
async def test_a_change_that_says_nothing_or_the_impossible_is_refused(given, rule):
    made = await at_work()
    entry_id = await planned(made, ACTION)
    (line,) = made.kept(entry_id).plan
    with pytest.raises(Rejected) as refused:
        await made.do(ChangeAction(action_id=line.line_id, person_id=HOST_HEAD, **given))
    assert refused.value.rule == rule
