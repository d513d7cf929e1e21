"""Made-up rounds, plain and from Hypothesis, and the slow truths that the engine is held against."""

from functools import cache
from itertools import combinations

from hypothesis import strategies as st

from services.matching.domain.rules import feasible
from services.matching.domain.schools import Pins, Round, Rules, School
from services.matching.domain.score import worth

TOPICS = ("feedback", "homework", "reading", "writing", "attendance", "coaching")


def school(number, **facts):
    """A primary school of its own trust at the origin, without needs."""
    return School(
        **{"id": f"sch-{number:03}", "urn": 100000 + number, "name": f"School {number}", "place": (0.0, 0.0), **facts}
    )


def plain(count, **facts):
    """So many schools on a line, 2 km apart, each sharing one topic and looking for two others."""
    return Round(
        tuple(
            school(
                n,
                **{
                    "phase": "primary",
                    "authority": str(n % 2),
                    "place": (2000.0 * n, 0.0),
                    "pupils": 100 + 90 * (n % 7),
                    "fsm": 0.05 * (n % 5),
                    "strengths": ((TOPICS[n % 6], 1 + n % 5),),
                    "needs": ((TOPICS[(n + 1) % 6], 5), (TOPICS[(n + 2) % 6], 2)),
                    **facts,
                },
            )
            for n in range(count)
        )
    )


@st.composite
def rounds(draw, least=3, most=9, pins=False):
    """Rounds with every kind of fact missing or present and every rule at work."""
    count = draw(st.integers(least, most))
    ids = [f"sch-{n:03}" for n in range(count)]
    weights = st.lists(st.tuples(st.sampled_from(TOPICS), st.integers(1, 5)), max_size=3, unique_by=lambda one: one[0])
    coordinates = st.one_of(st.none(), st.tuples(st.integers(0, 60000).map(float), st.integers(0, 60000).map(float)))
    pairs = st.lists(st.sampled_from(list(combinations(ids, 2))), max_size=2, unique=True)
    schools = tuple(
        School(
            id=ids[n],
            urn=n,
            name=f"School {n}",
            phase=draw(st.sampled_from(["primary", "primary", "secondary", "all-through", "middle-deemed-primary"])),
            trust=draw(st.sampled_from(["", "", "a", "b"])),
            authority=draw(st.sampled_from(["x", "y"])),
            place=draw(coordinates),
            pupils=draw(st.sampled_from([None, 0, 90, 250, 400, 1500])),
            fsm=draw(st.sampled_from([None, 0.0, 0.13, 0.5])),
            needs=tuple(draw(weights)),
            strengths=tuple(draw(weights)),
            farthest=draw(st.sampled_from([20.0, 60.0, 90.0])),
            apart=frozenset(draw(st.lists(st.sampled_from(ids), max_size=1))) - {ids[n]},
            grouped_before=frozenset(draw(st.lists(st.sampled_from(ids), max_size=1))) - {ids[n]},
            people=draw(st.sampled_from([(), (), (("per-1", "headteacher"),), (("per-1", "senior-leader"),)])),
        )
        for n in range(count)
    )
    together = frozenset(frozenset(pair) for pair in draw(pairs)) if pins else frozenset()
    apart = (frozenset(frozenset(pair) for pair in draw(pairs)) - together) if pins else frozenset()
    islands = draw(st.sampled_from([frozenset(), frozenset({"x"}), frozenset({"x", "y"})]))
    return Round(schools, Rules(islands=islands), Pins(together, apart))


def best_by_force(matching):
    """(schools placed, what they are worth) in the best of all partitions, weighed one by one, slowly."""
    numbered = range(len(matching.schools))
    values = {
        frozenset(chosen): worth(matching.rules.weights, group)
        for size in (3, 4)
        for chosen in combinations(numbered, size)
        if feasible(matching, group := tuple(matching.schools[n] for n in chosen))
    }

    @cache
    def best(left):
        if not left:
            return 0, 0.0
        first = min(left)
        found = best(left - {first})
        for group, value in values.items():
            if first in group and group <= left:
                placed, score = best(left - group)
                found = max(found, (placed + len(group), score + value))
        return found

    placed, total = best(frozenset(numbered))
    return placed, total
