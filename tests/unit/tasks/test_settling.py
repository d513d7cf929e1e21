"""Who owes what by when, out of facts in any order."""

import datetime as dt

import pytest

from shared.events import forms
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.scheduling import VisitCancelled, VisitMoved
from tests.unit.tasks import world
from tests.unit.tasks.facts import ANSWER, BRIEF, FORMS
from tests.unit.tasks.world import Desk, lead, names

DUE = dt.date(2026, 9, 21)
"""Ten working days after the programme's start."""
LEAD = (lead("sch-1"),)
ONE = ("note", LEAD, "sch-1")


def alone(*tasks, **changes):
    """One school with its two people."""
    desk = Desk(*tasks, people=world.People(*world.staff("sch-1")), **changes)
    desk.tell(*world.staff("sch-1"))
    return desk


def test_nothing_is_asked_before_its_moment():
    desk = alone(world.task(opens="season.opens"))
    assert names(desk.events) == []
    assert desk.stand() == {ONE: ("planned", dt.date(2026, 9, 28))}


def test_each_school_is_asked_when_the_moment_comes():
    desk = Desk(world.task())
    told = desk.tell(*world.staff(), world.came())
    assert names(told) == [("TaskAsked", (lead(school),)) for school in world.SCHOOLS]
    assert {event.due for event in told} == {DUE}
    assert desk.tell(world.came()) == []


@pytest.mark.parametrize(
    ("due", "until"),
    [
        ("10-03", dt.date(2026, 10, 5)),  # a Saturday
        ("12-26", dt.date(2026, 12, 29)),  # a Saturday before a bank holiday
        ("05-31", dt.date(2027, 6, 1)),  # a bank holiday
        ("10-05", dt.date(2026, 10, 5)),
    ],
)
def test_what_is_due_on_a_day_without_work_is_due_on_the_next_working_day(due, until):
    desk = Desk(world.task(due=due))
    assert {event.due for event in desk.tell(*world.staff(), world.came())} == {until}


def test_what_was_filled_in_before_it_was_asked_is_done():
    desk = alone(world.task(opens="season.opens"))
    told = desk.tell(world.entry())
    assert names(told) == [("TaskDone", LEAD)]
    assert desk.tell(today=dt.date(2026, 9, 14)) == []


def test_each_person_owes_it_or_all_do_together():
    each = alone(world.task(who=["pair"]))
    together = alone(world.task(who=["pair"], together=True))
    pair = (world.head("sch-1"), lead("sch-1"))
    assert [people for _, people in names(each.events)] == [(one,) for one in pair]
    assert names(together.events) == [("TaskAsked", pair)]
    assert names(together.tell(world.entry())) == [("TaskDone", pair)]
    assert names(each.tell(world.entry())) == [("TaskDone", LEAD)]


def test_changes_asked_for_open_the_task_again_with_time_enough():
    desk = alone(world.task(), world.task("agree", who=["head"], do={"agree": "note"}, opens="note.submitted"))
    desk.tell(world.entry(), today=dt.date(2026, 9, 18))
    told = desk.tell(world.entry(forms.ChangesAsked, version=2))
    assert names(told) == [("TaskReopened", LEAD), ("TaskDone", (world.head("sch-1"),))]
    assert desk.stand()[ONE] == ("open", dt.date(2026, 9, 25))
    told = desk.tell(world.entry(version=3, number=2), today=dt.date(2026, 9, 24))
    assert names(told) == [("TaskDone", LEAD), ("TaskReopened", (world.head("sch-1"),))]
    told = desk.tell(world.entry(forms.FormAgreed, version=4, number=2))
    assert names(told) == [("TaskDone", (world.head("sch-1"),))]


def test_an_entry_that_is_withdrawn_is_owed_again_and_needs_nobody_to_agree():
    desk = alone(world.task(), world.task("agree", who=["head"], do={"agree": "note"}, opens="note.submitted"))
    desk.tell(world.entry())
    told = desk.tell(world.entry(forms.EntryWithdrawn, version=2))
    assert names(told) == [("TaskReopened", LEAD), ("TaskExcused", (world.head("sch-1"),))]
    assert told[1].reason == "cancelled"


def test_who_comes_later_has_the_time_the_template_gives_but_is_not_asked_for_what_is_over():
    lately = dt.date(2026, 10, 5)
    fixed = world.task("fixed", do={"form": "fixed"}, due="season.closes")
    over = world.task("over", do={"form": "over"}, due="season.opens")
    form_list = [world.form(key) for key in ("note", "fixed", "over")]
    desk = alone(world.task(), fixed, over, form_list=form_list, today=lately, since={lead("sch-1"): lately})
    assert {one.task: (one.opened, one.due) for one in desk.tasks.values()} == {
        "note": (lately, dt.date(2026, 10, 19)),
        "fixed": (lately, dt.date(2026, 10, 30)),
    }


def test_an_open_task_of_who_leaves_passes_to_who_comes():
    desk = alone(world.task())
    desk.people = world.People(world.role("per-new", "lead", "sch-1"))
    told = desk.tell(today=dt.date(2026, 9, 14))
    assert names(told) == [("TaskAsked", ("per-new",)), ("TaskExcused", LEAD)]
    assert told[0].due == DUE
    assert told[1].reason == "left"


def test_a_school_that_withdraws_owes_nothing_more():
    desk = alone(world.task(), world.task("later", opens="season.opens"))
    told = desk.tell(world.withdrawn())
    assert [(type(event).__name__, event.task, event.reason) for event in told] == [
        ("TaskExcused", "note", "withdrawn")
    ]
    assert [one.task for one in desk.tasks.values()] == ["note"]


def test_a_school_that_is_closed_is_excused_where_the_template_says_so():
    desk = alone(world.task(excused=["school-closed"]), world.task("other", do={"form": "note"}))
    (place,) = desk.things
    desk.things[place] = desk.things[place].model_copy(update={"closed": True})
    assert [(event.task, event.reason) for event in desk.tell()] == [("note", "school-closed")]
    desk.things[place] = desk.things[place].model_copy(update={"closed": False})
    assert [(type(event).__name__, event.task) for event in desk.tell()] == [("TaskReopened", "note")]


def test_a_visit_is_prepared_by_its_host_before_its_day():
    desk = Desk(world.task("brief", **BRIEF), form_list=FORMS)
    told = desk.tell(world.visit())
    assert [(event.person_ids, event.about, event.about_id, event.due) for event in told] == [
        (LEAD, "visit", world.VISIT, dt.date(2026, 10, 22))
    ]


def test_a_visit_that_moves_moves_what_is_owed_for_it():
    desk = Desk(world.task("brief", **BRIEF), form_list=FORMS)
    desk.tell(world.visit())
    told = desk.tell(world.visit(VisitMoved, version=2, on=dt.date(2026, 12, 3), sequence=1))
    assert [(type(event).__name__, event.due, event.reason) for event in told] == [
        ("TaskReopened", dt.date(2026, 11, 12), "moved")
    ]


def test_an_answer_holds_until_the_visit_moves():
    desk = Desk(world.task("answer", **ANSWER))
    desk.tell(world.visit())
    told = desk.tell(world.answer(lead("sch-2")))
    assert names(told) == [("TaskDone", (lead("sch-2"),))]
    told = desk.tell(world.visit(VisitMoved, version=2, on=dt.date(2026, 12, 3), sequence=1))
    assert names(told) == [("TaskReopened", (lead("sch-2"),))]
    assert names(desk.tell(world.answer(lead("sch-2"), sequence=1, version=2))) == [("TaskDone", (lead("sch-2"),))]


def test_what_is_asked_days_after_an_invitation_is_asked_days_after_the_visit_has_moved_too():
    desk = Desk(world.task("answer", **{**ANSWER, "opens": "day.invited + 5 working days"}))
    assert desk.tell(world.visit()) == []
    assert names(desk.tell(world.answer(lead("sch-2")))) == [("TaskDone", (lead("sch-2"),))]
    assert desk.tell(world.visit(VisitMoved, version=2, on=dt.date(2026, 12, 3), sequence=1)) == []
    (own,) = (one for one in desk.tasks.values() if one.person_ids == (lead("sch-2"),))
    assert (own.state, own.done_on, own.opened > desk.today) == ("planned", None, True)


def test_nobody_need_say_any_more_whether_they_are_coming_once_it_is_over():
    desk = Desk(world.task("answer", **ANSWER))
    desk.tell(world.visit(), world.answer(lead("sch-2")))
    told = desk.tell(world.held(), today=world.VISIT_DAY)
    assert {(type(event).__name__, event.reason) for event in told} == {("TaskExcused", "over")}
    assert [one.person_ids for one in desk.tasks.values() if one.state == "done"] == [(lead("sch-2"),)]


def test_a_cancelled_visit_excuses_everybody_but_who_has_done_it():
    desk = Desk(world.task("answer", **ANSWER))
    desk.tell(world.visit(), world.answer(lead("sch-2")))
    told = desk.tell(world.visit(VisitCancelled, version=2))
    assert {(type(event).__name__, event.reason) for event in told} == {("TaskExcused", "cancelled")}
    assert len(told) == 5


def test_those_who_were_there_are_asked_what_they_saw():
    survey = world.task("survey", who=["present"], opens="day.held + 1 working day")
    desk = Desk(survey, form_list=FORMS)
    desk.tell(world.visit())
    assert desk.tell(world.held(), today=world.VISIT_DAY) == []
    assert {one.person_ids[0] for one in desk.tasks.values()} == {
        one.person_id for one in world.attendees("sch-1", "sch-2")
    }
    assert {one.opened for one in desk.tasks.values()} == {dt.date(2026, 11, 13)}


def test_a_task_comes_again_each_term_and_each_time_needs_an_entry_of_its_own():
    desk = alone(world.task(repeat="term", times=3))
    assert [one.opened for one in desk.tasks.values()] == [
        world.OPENS, dt.date(2027, 1, 11), dt.date(2027, 4, 19)
    ]  # fmt: skip
    desk.tell(world.entry())
    assert [one.state for one in desk.tasks.values()] == ["done", "planned", "planned"]
    desk.tell(world.entry(version=2, number=2), today=dt.date(2027, 1, 12))
    assert [one.state for one in desk.tasks.values()] == ["done", "done", "planned"]


def test_each_line_of_a_plan_is_owed_by_its_owner_until_its_day_and_done_when_it_is():
    action = world.task(
        "action", who=["actions.owner"], do={"form": "progress"}, opens="note.submitted", due="actions.due",
        each="actions", done_when={"field": "status", "equals": ["done"]},
    )  # fmt: skip
    form_list = [
        world.form(fields=[{"key": "actions", "kind": "actions"}]),
        world.form("progress", about="action", by=["actions.owner"], fields=[{"key": "status", "kind": "choice"}]),
    ]
    desk = alone(action, form_list=form_list)
    plan = (
        {"line_id": "line-1", "due": dt.date(2027, 1, 15), "owner_id": "per-caretaker"},
        {"line_id": "line-2", "due": dt.date(2027, 2, 12)},
    )
    desk.tell(world.entry(plan=plan))
    caretaker, writer = ("action", ("per-caretaker",), "line-1"), ("action", LEAD, "line-2")
    assert desk.stand() == {
        caretaker: ("open", dt.date(2027, 1, 15)), writer: ("open", dt.date(2027, 2, 12))
    }  # fmt: skip
    progress = {"key": "progress", "about": ("action", "line-1"), "author_ids": ("per-caretaker",)}
    assert desk.tell(world.entry(**progress, answers={"status": "under-way"}, person_id="per-caretaker")) == []
    told = desk.tell(world.entry(**progress, version=2, answers={"status": "done"}, person_id="per-caretaker"))
    assert names(told) == [("TaskDone", ("per-caretaker",))]
    told = desk.tell(world.entry(version=2, number=2, plan=plan[:1]))
    assert [(type(event).__name__, event.about_id, event.reason) for event in told] == [
        ("TaskExcused", "line-2", "cancelled")
    ]


def test_a_line_is_nobodys_while_its_owner_is_awaited_and_done_once_whoever_leads_says_so():
    action = world.task(
        "action", who=["actions.owner"], do={"form": "progress"}, opens="note.submitted", due="actions.due",
        each="actions",
    )  # fmt: skip
    form_list = [
        world.form(fields=[{"key": "actions", "kind": "actions"}]),
        world.form("progress", about="action", by=["actions.owner"], fields=[{"key": "status", "kind": "choice"}]),
    ]
    desk = alone(action, form_list=form_list)
    line = {"line_id": "line-1", "due": dt.date(2027, 1, 15)}
    assert desk.tell(world.entry(plan=({**line, "awaited": True},))) == []
    told = desk.tell(world.entry(forms.PlanChanged, version=2, plan=({**line, "owner_id": "per-caretaker"},)))
    assert names(told) == [("TaskAsked", ("per-caretaker",))]
    over = {**line, "owner_id": "per-caretaker", "status": "dropped"}
    told = desk.tell(world.entry(forms.PlanChanged, version=3, plan=(over,)))
    assert names(told) == [("TaskDone", ("per-caretaker",))]


def test_a_task_follows_from_another():
    first = world.task()
    second = world.task("second", do={"confirm": "Told the governors"}, opens="note.done", due="opened + 2 weeks")
    desk = alone(first, second)
    told = desk.tell(world.entry(), today=dt.date(2026, 9, 10))
    assert [(type(event).__name__, event.task) for event in told] == [("TaskDone", "note"), ("TaskAsked", "second")]
    assert told[1].due == dt.date(2026, 9, 24)


def test_a_manager_answers_for_whom_they_manage():
    agree = world.task("agree", who=["author.head"], do={"agree": "note"}, opens="note.submitted")
    desk = alone(agree)
    desk.people = world.People(*world.staff(), relations=[("manages", "per-boss", lead("sch-1"))])
    assert names(desk.tell(world.entry())) == [("TaskAsked", ("per-boss",))]


def test_schools_of_a_group_are_asked_when_they_have_one_and_let_off_when_they_leave_it():
    desk = Desk(world.task(opens="trios.published"))
    told = desk.tell(world.group())
    assert [people for _, people in names(told)] == [(lead(school),) for school in world.SCHOOLS]
    told = desk.tell(world.group(version=2, school_ids=world.SCHOOLS[:2], left=world.SCHOOLS[2:]))
    assert [(type(event).__name__, event.school_id) for event in told] == [("TaskExcused", "sch-3")]


def test_who_is_placed_and_their_host_owe_what_the_match_brings_until_it_ends():
    placed = {
        "match_id": "mat-1", "programme_id": world.PROGRAMME, "round": "exchange", "person_id": lead("sch-2"),
        "role": "lead", "school_id": "sch-2", "host_school_id": "sch-1",
    }  # fmt: skip
    matching = [{"key": "exchange", "kind": "placements", "people": "note", "things": "note"}]
    findings = world.task("findings", who=["lead", "host.head"], opens="exchange.published")
    desk = Desk(findings, form_list=[world.form("findings", about="match")], matching=matching)
    told = desk.tell(PersonPlaced(version=1, **placed))
    assert [(event.person_ids, event.about_id) for event in told] == [
        ((lead("sch-2"),), "mat-1"), ((world.head("sch-1"),), "mat-1")
    ]  # fmt: skip
    told = desk.tell(PlacementEnded(version=2, **placed))
    assert {(type(event).__name__, event.reason) for event in told} == {("TaskExcused", "cancelled")}


def test_bundled_tasks_are_asked_on_mondays():
    desk = alone(world.task(opens="09-09", bundled=True, remind=["opened + 3 days"]))
    (task,) = desk.tasks.values()
    assert (task.opened, task.reminders) == (dt.date(2026, 9, 14), (dt.date(2026, 9, 21),))
