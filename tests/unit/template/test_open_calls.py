"""Calls that anybody books, in the language: what could not be booked, held or asked is refused with its field."""

import pytest

from shared.template.reading import faults_of

RIGHT = """
key: journey
version: 1
title: Journey
summary: A journey.
party: {kind: school, enquiry: true}
roles:
  - {key: headteacher, least: 1}
  - {key: trainer, at: programme}
clock: {moments: []}
activities:
  - {key: talk, kind: call, title: A talk, who: [trainer], lasts: 30, asks: questions}
forms:
  - key: questions
    title: Questions
    by: [headteacher]
    fields:
      - {key: where, label: Where are you}
      - {key: view, kind: choice, label: How is it, choices: [{key: well, title: Well}]}
reports:
  - {key: brochure, title: About it, about: programme, after: [coordinator], public: true, blocks: [{kind: dates}]}
"""


def test_a_call_is_right() -> None:
    assert faults_of(RIGHT) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (", enquiry: true", "", "it is booked on the page of the report for everybody"),
        ("lasts: 30, ", "", "'call' needs `lasts`"),
        ("lasts: 30", "lasts: 600", "less than or equal to 120"),
        (", asks: questions", "", "'call' needs `asks`"),
        ("asks: questions", "asks: question", "did you mean 'questions'?"),
        ("who: [trainer]", "who: [headteacher]", "'headteacher' is at a school; times are offered by people of the"),
        ("lasts: 30", "opens: 10-01, lasts: 30", "who offers times says when they can be called; leave `opens` out"),
        ("lasts: 30", "cadence: weekly, lasts: 30", "'call' does not use `cadence`"),
        ("{key: where, label: Where are you}", "{key: where, kind: person, label: Who}", "'where' cannot be asked on"),
        ("choices: [{key: well, title: Well}]", "of: questions", "A choice names its `choices`"),
        (
            "forms:",
            "  - {key: more, kind: call, title: B, who: [trainer], lasts: 30, asks: questions}\nforms:",
            "a programme has one call that anybody books; this is another.",
        ),
        ("clock: {moments: []}", "clock: {moments: [{key: after, at: talk.held}]}", "nothing is called 'talk'"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    assert right in RIGHT
    assert said in " ".join(fault.what for fault in faults_of(RIGHT.replace(right, wrong, 1)))
