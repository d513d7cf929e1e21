"""Rounds of matching: who is brought together with whom."""

from pydantic import Field

from shared.events.base import Fact
from shared.template.words import Declared, Key, People, Rule, When


class Weights(Fact):
    """Weights of the soft terms of groups.

    f = coverage * sum c_i + weakest * |g| * min c_i + sum_i mean_j (diversity + travel)

    `both_ways` steers the search and is no part of the score: what each school that would only give, or only receive,
    counts against a group.
    """

    coverage: float = Field(0.50, ge=0, le=1, description="needs that somebody in the group can meet")
    weakest: float = Field(0.25, ge=0, le=1, description="the school that is covered least")
    diversity: float = Field(0.15, ge=0, le=1, description="schools that differ")
    travel: float = Field(0.10, ge=0, le=1, description="short ways")
    both_ways: float = Field(0.25, ge=0, le=1, description="schools that would only give or only receive")


class Waiting(Fact):
    """What happens with a place that becomes free: it is offered to who waits, for so many working days each."""

    offer_working_days: int = Field(5, ge=1, description="how long each has to say yes")


class Round(Declared):
    """One run of matching. `kind` is one of `kinds.ROUNDS`, which also says which settings it uses."""

    kind: str
    title: str = ""
    sizes: tuple[int, ...] = Field((), description="how many schools a group has")
    weights: Weights | None = Field(None, description="what a good group is")
    phases_apart: tuple[tuple[str, str], ...] = Field((), description="pairs of phases that are never grouped")
    islands: tuple[str, ...] = Field((), description="codes of authorities across the water from all others")
    regions: str = Field("", description="`mixed` or `near`")
    people: Key | None = Field(None, description="the form that names who is placed")
    things: Key | None = Field(None, description="the form that names what they are placed to")
    who: tuple[People, ...] = Field((), description="who is brought together")
    begins: tuple[When, ...] = Field((), description="moments of the clock at which it is drafted, each time anew")
    skip: str = Field("", description="`form.field`: the told yes by which somebody is left out next time")
    pupils: int | None = Field(None, ge=1, description="most pupils of a school that is small")
    kilometres: float | None = Field(None, gt=0, description="farthest way between two neighbours")
    accept: str = Field("", description="`form.field`: the told yes by which each of both accepts")
    wishes: str = Field("", description="`form.field` with ranked wishes; none: what fits is ranked, by lists of both")
    choose: str = Field("", description="`least-cost`, `stable` or `school-picks`")
    agreed_outside: bool = Field(
        False, description="whether two schools may agree between themselves: both say so, then it is a pin"
    )
    rules: tuple[Rule, ...] = Field((), description="who must not be matched")
    waiting: Waiting | None = Field(None, description="how a free place is offered")
    review_before_publishing: bool = Field(True, description="whether a coordinator publishes it")
