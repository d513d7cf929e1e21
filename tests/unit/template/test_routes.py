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
clock: {moments: [{key: start, at: 09-15}]}
matching: [{key: trios, kind: groups, sizes: [3]}]
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
