"""Courses of sessions in the language: what is wrong with one is said with its field; what it brings stands in it."""

import pytest

from shared.template.reading import faults_of, read_template

RIGHT = """
key: leaders
version: 1
title: Leaders
summary: A course.
roles:
  - {key: headteacher, least: 1}
  - {key: governor}
  - {key: trainer, at: programme}
clock:
  moments:
    - {key: autumn, opens: 10-01, closes: 12-01}
    - {key: spring, opens: 01-10, closes: 03-20}
    - {key: recruit, at: 09-10}
activities:
  - key: trainings
    kind: session
    title: Trainings
    who: [headteacher, governor]
    during: [autumn, spring]
    each: 2
    starts: "09:30"
    ends: "15:30"
    led_by: trainer
    attendance: {every_date: [governor], catch_up: [headteacher]}
"""
OWN = """
tasks:
  - key: trainings-catch-up
    who: [attendees]
    do: {catch_up: trainings}
    opens: trainings.missed
    due: opened + 3 weeks
"""


def test_a_course_brings_its_tasks_unless_the_template_has_its_own() -> None:
    assert faults_of(RIGHT) == ()
    brought = {task.key: task for task in read_template(RIGHT, "x").tasks}
    assert {key: task.do.kind_and_key() for key, task in brought.items()} == {
        "trainings-tick": ("tick", "trainings"),
        "trainings-roll": ("roll", "trainings"),
        "trainings-catch-up": ("catch_up", "trainings"),
    }
    assert brought["trainings-roll"].who == ("trainer",)
    own = {task.key: task for task in read_template(RIGHT + OWN, "x").tasks}
    assert own["trainings-catch-up"].due == "opened + 3 weeks"
    assert len(own) == 3


def test_a_course_without_rules_asks_its_coordinator_who_came() -> None:
    plain = RIGHT.replace("    led_by: trainer\n", "").replace(
        "    attendance: {every_date: [governor], catch_up: [headteacher]}\n", ""
    )
    (only,) = read_template(plain, "x").tasks
    assert (only.key, only.who) == ("trainings-roll", ("coordinator",))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("    during: [autumn, spring]\n", "", "'session' needs `during`"),
        ("[autumn, spring]", "[autumn, summer]", "'summer' is no window of the clock"),
        ("[autumn, spring]", "[autumn, recruit]", "'recruit' is no window of the clock"),
        ("[autumn, spring]", "[spring, autumn]", "'autumn' begins before 'spring' has ended"),
        ("    led_by: trainer\n", "    opens: 10-01\n", "leave `opens` out"),
        ("every_date: [governor]", "every_date: [trainer]", "'trainer' does not come"),
        ("catch_up: [headteacher]", "catch_up: [governor]", "comes to every date"),
        ("    led_by: trainer\n", "    picking: true\n", "who may pick dates misses none"),
        ("kind: session", "kind: cohort-event", "'cohort-event' does not use"),
        ("led_by: trainer", "led_by: headteacher", "'headteacher' is at a school, and a course is at none"),
        ("    led_by: trainer\n", "    minutes: governor\n", "write 'programme.governor'"),
        ("    led_by: trainer\n", "    papers_days: 7\n", "no papers are named"),
        ("    led_by: trainer\n", "    papers: [plan]\n", "'plan' is no report"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    assert right in RIGHT
    found = faults_of(RIGHT.replace(right, wrong, 1))
    assert any(said in fault.what for fault in found), [fault.what for fault in found]


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("{key: t, who: [attendees], do: {catch_up: other}, opens: trainings.missed, due: 06-01}", "'other' is no"),
        ("{key: t, who: [attendees], do: {tick: trainings}, opens: 10-01, due: 06-01}", "'trainings.offered'"),
        ("{key: t, who: [trainer], do: {roll: trainings}, opens: trainings.held, due: 06-01}", "'trainings.ended'"),
        ("{key: t, who: [attendees], do: {confirm: So}, opens: trainings.agreed, due: 06-01}", "never comes"),
    ],
)
def test_a_task_that_nothing_brings_about_is_refused(task: str, said: str) -> None:
    found = faults_of(f"{RIGHT}tasks:\n  - {task}\n")
    assert any(said in fault.what for fault in found), [fault.what for fault in found]
