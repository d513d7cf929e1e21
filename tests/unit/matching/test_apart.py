"""What a benchmark measures in a process of its own is that process's, whatever the benchmark itself holds."""

import operator

from benchmarks.apart import apart
from benchmarks.engines.measured import measured
from benchmarks.measuring import high_water
from benchmarks.rematch import COMPILED, again
from services.matching.forming.rematch import Standing
from tests.unit.matching import cases
from tests.workers import UNTRACED

pytestmark = UNTRACED


def test_memory_is_that_of_the_calls_not_of_who_asks():
    held = bytearray(b"x") * (400 << 20)
    assert high_water() > 400
    small = apart(operator.add, [(1, 2), (3, 4)], (0, 0))
    assert small.results == [3, 7]
    assert small.mb < 100
    assert measured("greedy", 30)["MB"] < 400
    matching = cases.plain(22)
    groups = tuple(tuple(school.id for school in matching.schools[at : at + 3]) for at in range(0, 21, 3))
    (row,) = again(matching, Standing(groups), COMPILED, line=False)
    assert (row["N"], row["what"], row["MB"] < 400) == (22, "re-match", True)
    assert len(held) == 400 << 20


def test_what_the_calls_hold_is_counted():
    large = apart(operator.mul, [(b"x", 150 << 20)], (b"x", 1))
    assert 150 < large.mb < 400
    assert len(large.wall) == len(large.cpu) == 1
