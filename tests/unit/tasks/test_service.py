"""The service from events to events: asked, reminded, missed, done, in whatever order facts come."""

import datetime as dt
import random

import pytest

from shared.commands.tasks import ConfirmTask, ExcuseTask, ListTasks, ShowTask
from shared.errors import Rejected
from shared.events import forms
from shared.events.programmes import PersonErased, SchoolClosed
from shared.events.programmes_parts import RelationDeclared
from shared.events.scheduling import VisitMoved
from tests.unit.tasks import world
from tests.unit.tasks.facts import ANSWER, BRIEF, FACTS, FORMS, TASKS
from tests.unit.tasks.office import Office
from tests.unit.tasks.world import head, lead

DUE = dt.date(2026, 9, 21)
LEAD = (lead("sch-1"),)


async def opened(*tasks, schools=("sch-1",), **changes):
    """A programme with its schools, on its first day."""
    office = Office()
    await office.tell(world.opened(*tasks, **changes), *world.staff(*schools))
    return office


async def test_a_task_is_asked_reminded_and_missed_and_whom_the_template_names_is_told():
    office = await opened(world.task(missed={"tell": ["head", "coordinator"]}))
    await office.tell(world.came())
    assert office.told() == [("TaskAsked", "note", LEAD)]
    await office.until(dt.date(2026, 9, 15))
    assert office.told() == []
    await office.until(DUE)
    assert office.told() == [("TaskReminded", "note", LEAD)]
    await office.until(dt.date(2026, 9, 22))
    (missed,) = office.events()
    assert (type(missed).__name__, missed.model_dump()["tell"]) == ("TaskMissed", (head("sch-1"), "per-coordinator"))
    office.told()
    await office.until(dt.date(2026, 12, 1))
    assert (office.told(), office.reminders) == ([], {})


async def test_who_has_done_it_hears_nothing_more_and_late_is_late():
    office = await opened(world.task(), schools=("sch-1", "sch-2"))
    await office.tell(world.came(), world.entry())
    office.told()
    await office.until(dt.date(2026, 9, 23))
    assert office.told() == [("TaskReminded", "note", (lead("sch-2"),)), ("TaskMissed", "note", (lead("sch-2"),))]
    late = {"entry_id": "ent-2", "school_id": "sch-2", "author_ids": (lead("sch-2"),), "person_id": lead("sch-2")}
    await office.tell(world.entry(about=("school", "sch-2"), **late))
    (done,) = office.events()
    assert (type(done).__name__, done.model_dump()["late"]) == ("TaskDone", True)


async def test_a_planned_task_is_asked_on_its_morning():
    office = await opened(world.task(opens="season.opens + 1 day"))
    assert office.told() == []
    await office.until(dt.date(2026, 9, 14))
    assert office.told() == []
    await office.until(dt.date(2026, 9, 15))
    assert office.told() == [("TaskAsked", "note", LEAD)]


async def test_what_a_school_writes_in_one_programme_asks_nothing_of_it_again_because_it_is_in_another():
    both = [world.opened(world.task()), *world.staff("sch-1"), world.came()]
    ids = ("programme_id", "membership_id", "moment_id")
    other = [
        one.model_copy(update={key: f"{getattr(one, key)}-other" for key in ids if hasattr(one, key)}) for one in both
    ]
    office = Office()
    await office.tell(*both, *other)
    assert office.told() == [("TaskAsked", "note", LEAD)] * 2
    await office.tell(world.entry())
    assert office.told() == [("TaskDone", "note", LEAD)]
    assert len(office.memory["tasks"]) == 2


async def test_what_comes_twice_changes_nothing():
    office = await opened(world.task(), world.task("answer", **ANSWER))
    facts = [world.came(), world.visit(), world.answer(lead("sch-1")), world.entry()]
    await office.tell(*facts)
    office.told()
    await office.tell(*facts, *world.staff("sch-1"), world.opened(world.task(), world.task("answer", **ANSWER)))
    assert office.told() == []


@pytest.mark.parametrize("seed", range(25))
async def test_the_same_facts_lead_to_the_same_tasks_in_whatever_order_they_come(seed):
    facts = [world.opened(*TASKS, form_list=[world.form(), *FORMS]), *FACTS]
    straight, shuffled = Office(dt.date(2026, 12, 7)), Office(dt.date(2026, 12, 7))
    await straight.tell(*facts)
    for fact in random.Random(seed).sample(facts, len(facts)):
        await shuffled.tell(fact)
    assert shuffled.stand() == straight.stand()
    assert shuffled.waiting() == 0
    owed = [state for state, _ in straight.stand().values()]
    assert {*owed} == {"open", "done"}


async def test_facts_that_came_before_their_programme_are_not_lost():
    office = Office()
    await office.tell(*world.staff("sch-1"), world.came(), world.entry(), world.group())
    assert office.told() == []
    await office.tell(world.opened(world.task(), world.task("other", opens="trios.published", do={"form": "note"})))
    assert sorted(office.told()) == [("TaskDone", "note", LEAD), ("TaskDone", "other", LEAD)]


async def test_a_large_programme_is_laid_out_and_seen_to_in_batches(monkeypatch):
    monkeypatch.setattr("services.tasks.handlers.timers.TASKS_AT_ONCE", 7)
    schools = [f"sch-{number:02}" for number in range(11)]
    office = await opened(world.task(), schools=schools)
    await office.tell(world.came())
    assert office.told() == [("TaskAsked", "note", (lead(school),)) for school in schools]
    await office.until(dt.date(2026, 9, 16))
    assert len(office.told()) == len(schools)
    await office.until(dt.date(2026, 9, 22))
    assert [name for name, *_ in office.told()] == ["TaskMissed"] * len(schools)


async def test_a_leavers_open_task_passes_to_the_successor_on_their_day():
    office = await opened(world.task())
    await office.tell(world.came())
    office.told()
    handover = dt.date(2026, 9, 10)
    successor = world.role("per-new", "lead", "sch-1", since=handover, replaces=lead("sch-1"))
    await office.tell(world.left(lead("sch-1"), "lead", "sch-1", handover, "per-new"), successor)
    assert office.told() == []
    await office.until(handover)
    assert sorted(office.told()) == [("TaskAsked", "note", ("per-new",)), ("TaskExcused", "note", LEAD)]
    assert office.stand() == {("note", ("per-new",), "sch-1"): ("open", DUE)}


async def test_a_successor_of_somebody_whose_time_was_over_has_time_of_their_own():
    office = await opened(world.task())
    await office.tell(world.came())
    handover = dt.date(2026, 11, 9)
    await office.until(handover)
    office.told()
    successor = world.role("per-new", "lead", "sch-1", since=handover, replaces=lead("sch-1"))
    await office.tell(world.left(lead("sch-1"), "lead", "sch-1", handover, "per-new"), successor)
    assert ("TaskAsked", "note", ("per-new",)) in office.told()
    assert office.stand()["note", ("per-new",), "sch-1"] == ("open", dt.date(2026, 11, 23))


async def test_who_joins_later_has_their_own_time():
    office = await opened(world.task())
    await office.tell(world.came())
    await office.until(dt.date(2026, 9, 30))
    office.told()
    await office.tell(world.role("per-2", "lead", "sch-1", since=dt.date(2026, 9, 30)))
    assert office.told() == [("TaskAsked", "note", ("per-2",))]
    assert office.stand()["note", ("per-2",), "sch-1"] == ("open", dt.date(2026, 10, 14))


async def test_a_relation_that_is_declared_later_says_who_is_asked():
    agree = world.task("agree", who=["author.head"], do={"agree": "note"}, opens="note.submitted")
    office = await opened(agree)
    await office.tell(world.entry())
    assert office.told() == []
    declared = RelationDeclared(
        version=1, relation_id="rel-1", programme_id=world.PROGRAMME, relation="manages", from_person="per-boss",
        to_person=lead("sch-1"),
    )  # fmt: skip
    await office.tell(declared)
    assert office.told() == [("TaskAsked", "agree", ("per-boss",))]


async def test_a_form_about_a_person_is_found_by_who_wrote_it():
    reflection = world.form("reflection", about="person", by=["lead"])
    office = await opened(world.task("reflection"), form_list=[reflection])
    await office.tell(world.came())
    office.told()
    await office.tell(world.entry(key="reflection", about=("person", lead("sch-1"))))
    assert office.told() == [("TaskDone", "reflection", LEAD)]


async def test_who_is_to_be_nominated_is_named_by_the_form():
    nomination = world.form("nomination", about="practitioner")
    agreement = world.form("agreement", about="practitioner", by=["practitioner.head"])
    consent = world.form("consent", about="nomination", by=["practitioner"])
    asked = {"who": ["practitioner"], "opens": "nomination.submitted"}
    line = {"who": ["practitioner.head"], "opens": "nomination.submitted"}
    roles = [{"key": "head"}, {"key": "lead"}, {"key": "pair", "of": ["head"]}, {"key": "practitioner"}]
    office = await opened(
        world.task("nomination"), world.task("consent", **asked), world.task("agreement", **line),
        form_list=[nomination, consent, agreement], roles=roles,
        relations=[{"key": "manages", "from_role": "head", "to_role": "practitioner"}],
    )  # fmt: skip
    await office.tell(world.came())
    assert office.told() == [("TaskAsked", "nomination", LEAD)]
    await office.tell(world.entry(key="nomination", about=("practitioner", "sch-1")))
    assert office.told() == [("TaskDone", "nomination", LEAD)]
    managed = RelationDeclared(
        version=1, relation_id="rel-1", programme_id=world.PROGRAMME, relation="manages", from_person="per-boss",
        to_person="per-p",
    )  # fmt: skip
    await office.tell(world.role("per-p", "practitioner", "sch-1", entry_id="ent-nomination"), managed)
    assert office.told() == [("TaskAsked", "consent", ("per-p",)), ("TaskAsked", "agreement", ("per-boss",))]
    boss = {"author_ids": ("per-boss",), "person_id": "per-boss"}
    await office.tell(world.entry(key="agreement", about=("practitioner", "per-p"), **boss))
    assert office.told() == [("TaskDone", "agreement", ("per-boss",))]
    wrote = {"author_ids": ("per-p",), "person_id": "per-p"}
    await office.tell(world.entry(key="consent", about=("nomination", "ent-nomination"), **wrote))
    assert office.told() == [("TaskDone", "consent", ("per-p",))]


async def test_an_entry_about_another_may_come_before_it():
    reply = world.form("reply", about="note", by=["head"])
    asked = world.task("reply", who=["head"], opens="note.submitted")
    office = await opened(asked, form_list=[world.form(), reply])
    answered = {"author_ids": (head("sch-1"),), "person_id": head("sch-1")}
    await office.tell(world.entry(key="reply", about=("note", "ent-note"), **answered))
    assert office.told() == []
    await office.tell(world.entry())
    assert office.told() == [("TaskDone", "reply", (head("sch-1"),))]


async def test_a_visit_that_moves_is_prepared_by_another_day():
    office = await opened(world.task("brief", **BRIEF), form_list=FORMS)
    await office.tell(world.visit(), world.visit(VisitMoved, version=2, on=dt.date(2026, 12, 3), sequence=1))
    assert office.stand() == {("brief", LEAD, world.VISIT): ("open", dt.date(2026, 11, 12))}


async def test_a_school_that_closes_is_excused_where_the_template_says_so():
    office = await opened(world.task(excused=["school-closed"]))
    await office.tell(world.came())
    office.told()
    await office.tell(SchoolClosed(version=3, school_id="sch-1", urn=100001))
    assert office.told() == [("TaskExcused", "note", LEAD)]


async def test_who_is_erased_leaves_no_trace():
    office = await opened(world.task(), world.task("pair", who=["pair"], together=True, do={"form": "note"}))
    await office.tell(world.came(), world.entry(), PersonErased(version=1, person_id=lead("sch-1"), erased_on=DUE))
    names = ("tasks", "things", "entries", "answers")
    kept = [str(record) for name in names for record in office.memory[name].values()]
    assert len(kept) > 3
    assert [text for text in kept if lead("sch-1") in text] == []


async def test_people_confirm_and_a_coordinator_excuses():
    office = await opened(world.task("told", do={"confirm": "The governors know"}), world.task())
    await office.tell(world.came())
    rows = await office.find(ListTasks(programme_id=world.PROGRAMME))
    by_key = {row.task: row for row in rows.tasks}
    assert (rows.total, rows.owed, by_key["told"].of, by_key["note"].title) == (2, 2, "The governors know", "note")
    office.told()
    await office.ask(ConfirmTask(task_id=by_key["told"].task_id, person_id=lead("sch-1")))
    await office.ask(ExcuseTask(task_id=by_key["note"].task_id, reason="New in post"))
    assert office.told() == [("TaskDone", "told", LEAD), ("TaskExcused", "note", LEAD)]
    shown = await office.find(ShowTask(task_id=by_key["note"].task_id))
    assert (shown.task.state, shown.note, [step.what for step in shown.history]) == (
        "excused", "New in post", ["asked", "excused"]
    )  # fmt: skip
    with pytest.raises(Rejected, match="unknown-task"):
        await office.ask(ExcuseTask(task_id="tsk-0", reason="r"))
    await office.until(dt.date(2026, 10, 30))
    assert office.told() == []
    await office.tell(world.entry())
    assert office.told() == [("TaskDone", "note", LEAD)]


async def test_changes_that_are_asked_for_wake_a_finished_task():
    office = await opened(world.task())
    await office.tell(world.came(), world.entry())
    await office.until(dt.date(2026, 9, 18))
    office.told()
    await office.tell(world.entry(forms.ChangesAsked, version=2))
    assert office.told() == [("TaskReopened", "note", LEAD)]
    await office.until(dt.date(2026, 9, 28))
    assert office.told() == [("TaskMissed", "note", LEAD)]
