"""A search tells how far it is at every stage, so that it can be called off at any."""

import time
from dataclasses import replace
from threading import Event

import pytest

from benchmarks.instances import generate, instance
from services.matching.domain.schools import Round
from services.matching.engine import integer_programme
from services.matching.engine.columns import generate as generate_columns
from services.matching.engine.dive import dive
from services.matching.engine.effort import Effort
from services.matching.engine.solve import WEIGHTS, solve
from services.matching.engine.warm_start import Search, around, improved
from services.matching.forming.formation import form
from services.matching.forming.rematch import curve, rematch
from tests.unit.matching import cases
from tests.unit.matching.regrouped import QUICK, standing
from tests.waiting import patience
from tests.workers import UNTRACED
from tests.yardstick import Watch, allowed

pytestmark = UNTRACED


class Called:
    """Keeps what it is told, and calls the search off at the first sign from `off` on."""

    def __init__(self, off=2.0):
        self.off, self.shares = off, []

    def __call__(self, share):
        self.shares.append(share)
        if share >= self.off:
            raise CalledOffError


class CalledOffError(Exception):
    """Nobody wants it any more."""


@pytest.mark.parametrize("count", [9, 20, 32])
def test_small_rounds_tell_how_far_they_are_too(count):
    matching, first = cases.plain(count, farthest=60.0), Called()
    form(matching, 1, replace(QUICK, rounds=0), first)
    assert len(first.shares) >= (1 if count < 12 else 3)
    again, stands = Called(), standing(matching)
    curve(Round(matching.schools[1:]), stands, 1, replace(QUICK, rounds=0), progress=again)
    assert len({share for share in again.shares if share <= 0.8}) >= 4
    for called in (first, again):
        assert called.shares == sorted(called.shares)
        assert called.shares[-1] <= 1.0


def test_assignments_and_refining_tell_that_they_go_on():
    x, called = instance(generate(120)), Called()
    solve(x, effort=Effort(base=200_000, assignments=2.0, rounds=4), progress=called)
    assert called.shares == sorted(called.shares)
    assert sum(0.8 <= share < 0.95 for share in called.shares) >= 60
    assert sum(share == 0.95 for share in called.shares) >= 8
    assert called.shares[-1] == 1.0


def test_columns_the_dive_and_the_search_of_a_curve_give_signs_in_every_round():
    x, signs = instance(generate(64)), []
    groups = list(solve(x, effort=Effort(base=20_000, rounds=0, refined=0)).groups)
    columns = generate_columns(x, WEIGHTS, groups, 3, lambda: signs.append("round"))
    dive(x, WEIGHTS, columns, groups, lambda: signs.append("dive"))
    assert signs.count("round") >= 3
    assert signs.count("dive") >= 1
    called = Called()
    improved(
        around(x, WEIGHTS),
        WEIGHTS,
        [list(group) for group in groups],
        Search(10, 0.09, 0.018, 2.0, whole=True),
        1,
        called,
    )
    assert sum(0.8 <= share < 1.0 for share in called.shares) >= 8
    assert called.shares == sorted(called.shares)


def test_nobody_waits_for_the_integer_programme_that_is_called_off(monkeypatch):
    """It cannot be interrupted; here it ends only after the test, and heeds nobody."""
    x, begun, over = instance(generate(64)), [], Event()

    def stubborn(*_args, **_how):
        begun.append(time.perf_counter())
        over.wait()

    def called(_share):
        if begun:
            raise CalledOffError

    monkeypatch.setattr(integer_programme, "milp", stubborn)
    with pytest.raises(CalledOffError):
        solve(x, effort=Effort(base=200_000), progress=called)
    waited = time.perf_counter() - begun[0]
    over.set()
    assert waited < patience(30), "it would wait for ever"


def test_what_goes_wrong_in_the_integer_programme_is_raised(monkeypatch):
    def broken(*_args, **_how):
        raise ZeroDivisionError

    monkeypatch.setattr(integer_programme, "milp", broken)
    with pytest.raises(ZeroDivisionError):
        solve(instance(generate(64)), effort=Effort(base=200_000), progress=Called())


@pytest.mark.parametrize("off", [0.0, 0.4, 0.8, 0.85, 0.95])
def test_a_search_stops_at_the_sign_at_which_it_is_called_off(off):
    called = Called(off)
    with pytest.raises(CalledOffError):
        solve(instance(generate(120)), effort=Effort(base=200_000, assignments=2.0), progress=called)
    assert [share >= off for share in called.shares].count(True) == 1


def test_both_sides_of_a_large_round_stop_when_it_is_called_off():
    called, effort = Called(0.8), Effort(steps=20, base=0, assignments=4.0)
    with Watch() as watch, pytest.raises(CalledOffError):
        solve(instance(generate(1600)), effort=effort, progress=called)
    assert 1 <= sum(share >= 0.8 for share in called.shares) <= 4
    assert watch.spent.processor < allowed(5_000)


def test_mending_searching_and_bounding_of_a_rematch_tell_that_they_go_on():
    matching = cases.plain(90, farthest=60.0)
    stands = standing(matching)
    rest = Round(matching.schools[2:])
    for called, search in ((Called(), rematch), (Called(), curve)):
        search(rest, stands, 1, replace(QUICK, rounds=4), progress=called)
        assert called.shares.count(0.0) > 2
        assert called.shares == sorted(called.shares)
        assert sum(0.0 < share < 0.8 for share in called.shares) >= 40
        assert sum(share >= 0.8 for share in called.shares) >= 4
