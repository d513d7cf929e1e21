"""Two threads over one map: who is faster changes nothing, and neither touches the other's groups."""

import numpy as np

from benchmarks.instances import generate, instance
from services.matching.engine import stripes
from services.matching.engine.anneal import fresh
from services.matching.engine.candidates import partners
from services.matching.engine.effort import Effort
from services.matching.engine.large import search
from services.matching.engine.solve import WEIGHTS
from services.matching.engine.start import first_groups
from services.matching.engine.stripes import on_each_side, sides

EFFORT = Effort(steps=300, base=0, refined=0)


class OneByOne:
    """In place of the threads: one side after the other, the last first."""

    def __init__(self, _count):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def map(self, work, items):
        return [work(item) for item in reversed(list(items))]


def searched(count=200):
    x = instance(generate(count))
    near, counts = partners(x, WEIGHTS, 20)
    state = fresh(x, WEIGHTS, first_groups(x, 4, 47))
    search(x, WEIGHTS, state, near, counts, 1, EFFORT, None)
    return state


def test_the_result_does_not_depend_on_which_side_is_worked_on_first(monkeypatch):
    whole = searched()
    monkeypatch.setattr(stripes, "STRIPED", 50)
    together = searched()
    monkeypatch.setattr(stripes, "ThreadPoolExecutor", OneByOne)
    assert np.array_equal(together.groups, searched().groups)
    assert not np.array_equal(together.groups, whole.groups)


def test_a_cut_halves_the_schools_and_turns(monkeypatch):
    monkeypatch.setattr(stripes, "STRIPED", 50)
    x = instance(generate(200))
    state = fresh(x, WEIGHTS, first_groups(x, 4, 47))
    west_east, south_north = sides(x, state, 0), sides(x, state, 1)
    for cut, column in ((west_east, 0), (south_north, 1)):
        first = x.facts[state.groups[:, 0], column]
        assert first[cut == 0].max() <= first[cut == 1].min()
        assert abs(int(state.sizes[cut == 0].sum()) - 100) <= 4
    seen = []
    on_each_side(x, state, 0, lambda schools, _cut, side: seen.append((side, schools.tolist())))
    assert sorted(one for _, schools in seen for one in schools) == list(range(200))
    assert [side for side, _ in sorted(seen)] == [0, 1]


def test_a_small_round_is_not_cut():
    x = instance(generate(100))
    state = fresh(x, WEIGHTS, first_groups(x, 16, 13))
    assert not sides(x, state, 0).any()
