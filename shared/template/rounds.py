"""Rounds of matching: who is brought together with whom."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Declared, Key, Rule


class Weights(Fact):
    """Weights of the soft terms of groups.

    f = coverage * sum c_i + weakest * |g| * min c_i + sum_i mean_j (diversity + travel)

    `both_ways` steers the search and is no part of the score: what each school that would only give, or only receive,
    counts against a group.
    """

    coverage: float = Field(0.50, ge=0, le=1)
    weakest: float = Field(0.25, ge=0, le=1)
    diversity: float = Field(0.15, ge=0, le=1)
    travel: float = Field(0.10, ge=0, le=1)
    both_ways: float = Field(0.25, ge=0, le=1)


class Waiting(Fact):
    """What happens with a place that becomes free: it is offered to who waits, for so many working days each."""

    offer_working_days: int = Field(5, ge=1)


class Round(Declared):
    """One run of matching. `kind` is one of `kinds.ROUNDS`, which also says which settings it uses."""

    kind: str
    title: str = ""
    sizes: tuple[int, ...] = ()
    weights: Weights | None = None
    phases_apart: tuple[tuple[str, str], ...] = ()
    islands: tuple[str, ...] = Field((), description="codes of authorities across the water from all others")
    regions: str = Field("", description="`mixed` or `near`")
    people: Key | None = Field(None, description="the form that names who is placed")
    things: Key | None = Field(None, description="the form that names what they are placed to")
    wishes: str = Field("", description="`form.field` with ranked wishes")
    choose: str = Field("", description="`least-cost`, `stable` or `school-picks`")
    agreed_outside: bool = Field(False, description="whether two parties may agree between themselves")
    rules: tuple[Rule, ...] = ()
    waiting: Waiting | None = None
    review_before_publishing: bool = True
