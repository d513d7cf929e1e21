"""What was expected and what came: every check of a round, so that it can end with a verdict."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from shared.errors import Permanent


class Failed(Permanent):
    """A step did not have the outcome it must have; the round cannot go on."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    what: str
    right: bool
    detail: str = ""


@dataclass
class Checks:
    """All of them, in order."""

    done: list[Check] = field(default_factory=list)

    def equal(self, what: str, found: Any, expected: Any) -> None:
        """Note whether what was found is what was expected."""
        right = found == expected
        self.done.append(Check(what, right, "" if right else f"expected {_short(expected)}, found {_short(found)}"))

    def true(self, what: str, right: bool, detail: str = "") -> None:
        """Note whether something holds."""
        self.done.append(Check(what, right, "" if right else detail))

    def same_counts(self, what: str, found: Counter[Any], expected: Counter[Any]) -> None:
        """Note whether two tallies agree, naming the first few that do not."""
        missing, extra = expected - found, found - expected
        said = [f"{sum(tally.values())} {word}, such as {list(tally)[:3]}" for word, tally in
                (("missing", missing), ("too many", extra)) if tally]  # fmt: skip
        self.done.append(Check(f"{what} ({sum(expected.values()):,})", not said, "; ".join(said)))

    @property
    def wrong(self) -> list[Check]:
        """Those that did not hold."""
        return [check for check in self.done if not check.right]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}..."
