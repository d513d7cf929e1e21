"""Categories that a form decides, and tasks of some categories or of schools with a group, in the language."""

import pytest

from shared.template.reading import faults_of

RIGHT = """
key: journey
version: 1
title: Journey
summary: A journey.
roles:
  - {key: headteacher, least: 1}
  - {key: trainer, at: programme}
categories:
  decided_by: trainer
  told_by: notes.stage
  values: [{key: open, title: Open}, {key: well, title: Well}]
matching: [{key: trios, kind: groups, sizes: [3]}]
clock: {moments: [{key: start, at: 09-15}, {key: autumn, opens: 10-01, closes: 12-10}]}
lists: [{key: themes, entries: [{key: vision, title: A vision}]}]
activities:
  - key: training
    kind: session
    title: Training
    who: [headteacher]
    during: [autumn]
    starts: "09:00"
    ends: "15:00"
    led_by: trainer
    routes: [{only: [open], of: themes, themes: [vision]}]
reports:
  - key: way
    title: Your way
    about: school
    after: [coordinator]
    to: [headteacher]
    blocks: [{kind: text, only: [open], text: [Ask for your first talk.]}]
forms:
  - key: notes
    title: Notes
    by: [trainer]
    fields:
      - {key: stage, kind: choice, label: Which, told: true, choices: [{key: well, title: Well}]}
tasks:
  - {key: write, who: [trainer], do: {form: notes}, opens: start, due: opened + 5 working days}
  - {key: begin, who: [headteacher], only: [well], do: {confirm: Begun}, opens: start, due: opened + 5 working days}
  - {key: end, who: [headteacher], placed: trios, do: {confirm: Ended}, opens: start, due: opened + 5 working days}
"""


def test_a_route_is_right() -> None:
    assert faults_of(RIGHT) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("only: [well]", "only: [good]", "'good' is no category of schools; declared: open, well."),
        ("placed: trios", "placed: stage", "'stage' is no round of groups; declared: trios."),
        ("only: [open], of: themes", "only: [good], of: themes", "'good' is no category of schools"),
        ("themes: [vision]", "themes: [visions]", "'visions' is no entry of the list 'themes'; its entries: vision."),
        ("themes: [vision]", "themes: [vision, vision]", "2 themes for 1 windows: one each."),
        (
            "themes: [vision]}]",
            "themes: [vision]}, {only: [open, well], of: themes, themes: [vision]}]",
            "schools in 'open' go another way already",
        ),
        ("text, only: [open]", "text, only: [good]", "'good' is no category of schools"),
        ("about: school\n", "about: programme\n", "a report about a programme is about no one school"),
        ("told_by: notes.stage", "told_by: stage", "'stage' is no field; write form.field."),
        ("told_by: notes.stage", "told_by: notes.why", "'notes.why' is no field; write form.field."),
        (", told: true", "", "'notes.stage' must be a told choice of a form about a school."),
        (
            "choices: [{key: well, title: Well}]",
            "choices: [{key: good, title: Good}]",
            "'good' is no category: the answers",
        ),
        ("decided_by: trainer", "decided_by: headteacher", "write the same role under its `by` and `decided_by`"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    assert right in RIGHT
    assert said in " ".join(fault.what for fault in faults_of(RIGHT.replace(right, wrong, 1)))
