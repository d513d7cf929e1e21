"""Payments in the language: reminded of where the template says so, and nothing hangs on them."""

import pytest

from shared.template.reading import faults_of

RIGHT = """
key: journey
version: 1
title: Journey
summary: A journey.
payments: reminded
roles:
  - {key: headteacher, least: 1}
clock: {moments: [{key: start, at: 09-15}]}
forms:
  - key: how
    title: How you pay
    by: [headteacher]
    fields:
      - {key: way, kind: choice, label: How, told: true, choices: [{key: one, title: Once}]}
tasks:
  - key: pay
    who: [headteacher]
    when: {field: how.way, equals: [one]}
    do: {confirm: It is paid}
    pays: true
    opens: how.submitted
    due: opened + 5 working days
  - {key: begin, who: [headteacher], do: {confirm: Begun}, opens: start, due: opened + 5 working days}
"""


def test_a_payment_is_right() -> None:
    assert faults_of(RIGHT) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("payments: reminded", "payments: none", "this programme speaks of no money"),
        ("payments: reminded\n", "", "this programme speaks of no money"),
        ("    pays: true\n", "", "no task has `pays: true`"),
        ("do: {confirm: It is paid}", "do: {form: how}", "a payment is made elsewhere: write `do: {confirm: ...}`"),
        ("Begun}, opens: start", "Begun}, opens: pay.done", "'pay' is a payment, and nothing hangs on whether"),
        ("field: how.way", "field: how.weigh", "'how.weigh' is no"),
        (", told: true", "", "'how.way' is no told question"),
    ],
)
def test_what_is_wrong_is_said(right: str, wrong: str, said: str) -> None:
    assert right in RIGHT
    assert said in " ".join(fault.what for fault in faults_of(RIGHT.replace(right, wrong, 1)))
