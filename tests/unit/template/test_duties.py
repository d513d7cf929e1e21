"""Duties in the language: what is wrong with one is said with its field, and nothing is passed over."""

import pytest

from shared.template.cadences import cadence_for
from shared.template.reading import faults_of

RIGHT = """
key: trust
version: 1
title: Trust
summary: A trust.
roles:
  - {key: headteacher, least: 1}
  - {key: middle-leader}
clock: {moments: []}
relations:
  - {key: line-manages, from_role: headteacher, to_role: middle-leader}
lists:
  - {key: strands, entries: [{key: first, title: First}]}
activities:
  - {key: drop-in, kind: duty, title: Drop in, strand: first, who: [headteacher], cadence: daily, tick: weekly}
  - {key: lines, kind: duty, title: Lines, who: [headteacher, middle-leader], over: line-manages, cadence: weekly, tick: weekly}
  - {key: review, kind: duty, title: Review, who: [headteacher], cadence: termly, form: review}
  - {key: seen, kind: duty, title: Seen, who: [headteacher], at: school, cadence: {by: role, headteacher: yearly}, tick: weekly}
  - {key: coaching, kind: duty, title: Coaching, who: [headteacher], cadence: as-needed, tick: weekly, confidential: existence-only}
forms:
  - key: review
    title: Review
    by: [headteacher]
    fields: [{key: page, label: What stands out}]
  - key: middle
    title: Name a middle leader
    by: [headteacher]
    about: middle-leader
    many: true
    fields: [{key: who, kind: person, label: Who}, {key: headteacher, kind: person, label: Their head}]
tasks:
  - {key: tick, who: [attendees], do: {tick: week}, opens: week, due: opened + 5 working days, bundled: true, missed: {counts: [headteacher]}}
"""  # noqa: E501 (one activity a line is how a template is read)


def test_duties_are_right() -> None:
    assert faults_of(RIGHT) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("cadence: daily", "cadence: hourly", "'hourly' is none of: daily, weekly"),
        (", cadence: daily", "", "'duty' needs `cadence`"),
        ("{by: role, headteacher: yearly}", "{headteacher: yearly}", "write `by: category` or `by: role`"),
        ("{by: role, headteacher: yearly}", "{by: role}", "say how often for each role"),
        ("{by: role, headteacher: yearly}", "{by: role, deputy: yearly}", "'deputy' is no role here"),
        ("{by: role, headteacher: yearly}", "{by: role, headteacher: never}", "'never' is none of"),
        ("{by: role, headteacher: yearly}", "{by: category, poor: yearly}", "'poor' is no category here; known: none"),
        ("over: line-manages", "over: line-manager", "'line-manager' is no relation; declared: line-manages"),
        ("[headteacher, middle-leader], over", "[headteacher], over", "[headteacher, middle-leader]"),
        ("strand: first", "strand: second", "'second' is no entry of the list `strands`; declared: first"),
        ("at: school", "at: venue", "'venue' is none of: school"),
        ("cadence: daily, tick: weekly", "cadence: daily", "say how it shows that it was done"),
        ("cadence: daily, tick: weekly", "cadence: daily, tick: daily", "'daily' is none of: weekly"),
        ("tick: weekly, confidential: existence-only", "tick: weekly, confidential: secret", "none of: existence-only"),
        ("cadence: termly, form: review", "cadence: termly, tick: weekly, form: review", "say how it shows"),
        ("cadence: termly, form: review", "cadence: as-needed, form: review", "what comes as needed is never due"),
        ("cadence: termly, form: review", "cadence: termly, form: middle", "'middle' is no form about a school"),
        ("cadence: termly, form: review", "cadence: termly, form: review, confidential: existence-only",
         "only that it took place may be kept of it: leave the form out"),
        ("title: Review\n    by: [headteacher]\n", "title: Review\n    by: [headteacher]\n    about: coaching\n",
         "only that it took place may be kept of 'coaching': nothing can be written about it"),
        ("cadence: daily", "cadence: daily, opens: 10-01", "leave `opens` out"),
        ("cadence: daily", "cadence: daily, purpose: To be seen", "nobody reads its purpose"),
        ("cadence: daily", "cadence: daily, pack: review", "nobody gets what the host writes: leave it out"),
        ("cadence: termly, form", "at: school, cadence: termly, starts: '09:00', form", "say when it begins and when"),
        ("cadence: termly, form", "cadence: termly, starts: '09:00', ends: '12:00', form", "write `at: school`, or"),
        ("cadence: daily", "at: school, cadence: daily, starts: '09:00', ends: '12:00'", "to what comes daily"),
        ("at: school, cadence: {by: role, headteacher: yearly}",
         "at: school, cadence: {by: role, headteacher: weekly}, starts: '09:00', ends: '12:00'", "what comes weekly"),
        ("as-needed, tick: weekly", "yearly, tick: weekly, at: school, starts: '09:00', ends: '12:00'",
         "only that it took place may be kept of it: leave the hours out"),
        ("cadence: daily", "cadence: daily, minutes: headteacher", "'duty' does not use `minutes`"),
        ("do: {tick: week}", "do: {tick: day}", "write `tick: week`"),
        ("opens: week", "opens: 10-01", "write `opens: week`"),
        ("[attendees]", "[headteacher]", "write `who: [attendees]`"),
        ("do: {tick: week}, opens: week", "do: {confirm: it is so}, opens: week", "add a task with `do: {tick: week}`"),
        ("do: {tick: week}, opens: week", "do: {form: review}, opens: 10-01", "only duties are counted"),
        ("due: opened", "due: drop-in", "nothing is called 'drop-in'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    spoiled = RIGHT.replace(right, wrong, 1)
    assert spoiled != RIGHT
    assert said in " ".join(fault.what for fault in faults_of(spoiled))


def test_a_task_without_duties_ticks_off_nothing() -> None:
    bare = RIGHT.replace("tick: weekly", "form: review")
    assert "no duty has `tick: weekly`" in " ".join(fault.what for fault in faults_of(bare))


def test_a_category_that_is_not_written_has_the_first_cadence() -> None:
    cadence = {"by": "category", "standard": "yearly", "attention": "termly"}
    assert [cadence_for(cadence, one) for one in ("standard", "attention", "other")] == ["yearly", "termly", "yearly"]
    assert cadence_for("daily", "attention") == "daily"
