"""The verdict of a round: each check that did not hold says what was expected and what was found."""

from collections import Counter
from io import StringIO
from types import SimpleNamespace
from typing import Any

from rich.console import Console

from kindred.demo import summary
from kindred.demo.checks import Check, Checks


def said(checks: Checks) -> str:
    text = StringIO()
    round_: Any = SimpleNamespace(checks=checks)
    summary.verdict(Console(file=text, width=200), round_)
    return text.getvalue()


def test_what_holds_is_counted_and_nothing_else_is_said() -> None:
    checks = Checks()
    checks.equal("two groups", 2, 2)
    checks.true("a reason each", True)
    checks.same_counts("mails", Counter({"a": 2}), Counter({"a": 2}))
    assert checks.wrong == []
    assert said(checks) == "3 of 3 checks hold.\n"


def test_what_does_not_hold_is_named_with_what_was_found() -> None:
    checks = Checks()
    checks.equal("two groups", 3, 2)
    checks.true("a reason each", False, "group 4 has none")
    checks.true("fine", True, "unused")
    assert checks.wrong == [
        Check("two groups", False, "expected 2, found 3"), Check("a reason each", False, "group 4 has none"),
    ]  # fmt: skip
    assert said(checks) == (
        "not so: two groups: expected 2, found 3\nnot so: a reason each: group 4 has none\n1 of 3 checks hold.\n"
    )


def test_two_tallies_differ_by_what_is_missing_and_what_is_too_many() -> None:
    checks = Checks()
    checks.same_counts("mails", Counter({"a": 1, "c": 2}), Counter({"a": 3, "b": 1}))
    (check,) = checks.wrong
    assert check.what == "mails (4)"
    assert check.detail == "3 missing, such as ['a', 'b']; 2 too many, such as ['c']"


def test_a_long_value_is_cut() -> None:
    checks = Checks()
    checks.equal("rows", "x" * 500, "")
    assert checks.wrong[0].detail.endswith("xxx...")
    assert len(checks.wrong[0].detail) < 240
