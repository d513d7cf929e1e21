"""What is refused, with a sentence for each field, and what is taken whole."""

import datetime as dt

import pytest

from services.reporting.domain.findings import action_ids, findings_problems
from services.reporting.domain.problems import refuse
from services.reporting.domain.status import rating
from shared.commands.reporting import Finding, PlannedAction
from shared.errors import Rejected

TODAY = dt.date(2027, 6, 21)
FINE = Finding(title="Reading", detail="It works.")
ACTION = PlannedAction(what="Read", owner="Head", due=TODAY, success="All read")


def problems(text="", findings=(FINE,), actions=(ACTION,), **longest):
    return [(p.rule, p.field) for p in findings_problems(text, findings, actions, TODAY, longest)]


def test_ordinary_findings_are_taken():
    assert problems("A summary") == []


def test_fifty_thousand_characters_are_taken_and_one_more_is_refused_with_both_numbers():
    assert problems(findings=(Finding(title="t", detail="x" * 50_000),)) == []
    (problem,) = findings_problems("", (Finding(title="t", detail="x" * 50_001),), (), TODAY)
    assert problem.sentence == "The text of finding 1 has 50,001 characters; 50,000 is the most."


def test_the_templates_own_limit_holds():
    assert problems("x" * 301, summary=300) == [("too-long", "summary")]


def test_every_bad_field_is_named_at_once():
    bad = PlannedAction(what=" ", owner="", due=dt.date(2207, 1, 1), success="x" * 2001)
    assert problems(findings=(), actions=(ACTION, bad)) == [
        ("missing", "findings"),
        ("missing", "actions.2.what"),
        ("missing", "actions.2.owner"),
        ("too-long", "actions.2.success"),
        ("due", "actions.2.due"),
    ]


def test_a_form_that_is_too_long_as_a_whole_is_refused():
    long = tuple(Finding(title="t", detail="x" * 50_000) for _ in range(5))
    assert problems(findings=long) == [("too-long", "form")]


def test_too_many_findings_and_actions_are_refused():
    assert problems(findings=(FINE,) * 61, actions=(ACTION,) * 151) == [
        ("too-many", "findings"),
        ("too-many", "actions"),
    ]


def test_a_refusal_carries_the_first_rule_and_all_sentences():
    with pytest.raises(Rejected) as refused:
        refuse(findings_problems("", (), (PlannedAction(what="", owner="o", due=TODAY, success="s"),), TODAY))
    assert refused.value.rule == "missing"
    assert refused.value.sentence == (
        "There is no finding yet: please write at least one. "
        "What is to be done (action 1) is missing: please write something."
    )


def test_an_action_that_says_the_same_keeps_its_id_in_the_next_version():
    one, two, three = (ACTION.model_copy(update={"what": what}) for what in ("one", "two", "three"))
    first = action_ids("fnd-1", {}, (one, two), 1)
    second = action_ids("fnd-1", dict(zip(("one", "two"), first, strict=True)), (three, two), 2)
    assert second[1] == first[1]
    assert second[0] not in first
    assert first == action_ids("fnd-1", {}, (one, two), 1)


def test_two_actions_of_the_same_words_have_different_ids():
    ids = action_ids("fnd-1", {"Read": "act-1"}, (ACTION, ACTION), 2)
    assert ids[0] == "act-1"
    assert ids[1] != "act-1"


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        ("done", -30, "complete"), ("dropped", -30, "dropped"), ("under-way", -1, "off-track"),
        ("not-started", -1, "off-track"), ("under-way", 0, "on-track"), ("not-started", 28, "at-risk"),
        ("not-started", 29, "on-track"),
    ],
)  # fmt: skip
def test_how_an_action_stands(status, days, expected):
    assert rating(status, TODAY + dt.timedelta(days=days), TODAY) == expected
