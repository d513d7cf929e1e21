"""What a meeting brings with it: minutes, tasks and actions by default, and the template's own in their place."""

from typing import Any

from shared.template.minutes import with_minutes
from shared.template.reading import read_template
from shared.template.template import Template

MEETING = """\
key: circle
version: 1
title: Circle
summary: Schools meet.
roles:
  - {key: head, title: head, least: 1}
  - {key: clerk, title: clerk, least: 1}
  - {key: visitor, title: visitor, later: true}
clock:
  moments:
    - {key: recruit, opens: 09-01, closes: 09-25}
matching:
  - {key: swap, kind: placements, people: naming, things: wish}
activities:
  - key: board
    kind: meeting
    title: Board
    who: [visitor, host.head]
    at: host
    opens: swap.published
    closes: 07-09
    minutes: host.clerk
"""
FORMS = """\
forms:
  - {key: wish, title: Wish, by: [head], fields: [{key: what, label: "What?"}]}
  - {key: naming, title: Naming, by: [head], about: visitor, fields: [{key: who, kind: person, label: "Who?"}]}
"""
KEYS = ["board-minutes-write", "board-minutes-agree", "board-minutes-action"]


def read(forms: str = "", tasks: str = "") -> Template:
    return read_template(MEETING + FORMS + forms + tasks, "board.yaml")


def test_a_meeting_brings_its_minutes_and_the_tasks_around_them():
    template: Any = read()
    form = template.form("board-minutes")
    assert (form.title, form.by, form.about, form.after) == ("Minutes", ("host.clerk",), "board", "board.held")
    assert (form.sign_off.by, form.sign_off.each, form.sign_off.silence) == ("present", True, "agrees")
    assert form.release.to == ("attendees",)
    assert [task.key for task in template.tasks] == KEYS
    action = template.tasks[-1]
    assert (action.who, action.each, action.due) == (("actions.owner",), "actions", "actions.due")
    assert action.remind == ("due - 10 days", "due + 1 days")
    assert (action.done_when.field, action.done_when.equals) == ("action-progress.status", ("done", "dropped"))
    assert template.form("action-progress").about == "action"


def test_what_a_template_declares_under_those_keys_stands_in_their_place():
    form = """\
  - key: board-minutes
    title: Our minutes
    by: [host.clerk]
    about: board
    fields: [{key: said, label: "What was said?"}]
"""
    task = """\
tasks:
  - key: board-minutes-write
    who: [host.clerk]
    do: {form: board-minutes}
    opens: board.held
    due: opened + 2 working days
"""
    template: Any = read(form, task)
    assert template.form("board-minutes").title == "Our minutes"
    assert [task.key for task in template.tasks] == KEYS[:1]
    assert template.tasks[0].due == "opened + 2 working days"


def test_nothing_comes_twice_and_nothing_without_a_meeting():
    template: Any = read()
    assert with_minutes(template) == template
    bare = template.model_copy(update={"activities": (), "forms": (), "tasks": ()})
    assert with_minutes(bare) == bare
