"""Between two signs of life lies a bounded amount of work, at every stage, and no sign changes a result."""

from collections import Counter
from dataclasses import replace
from functools import cache, partial
from typing import Any

import pytest

from benchmarks.instances import generate, instance
from services.matching.domain.schools import Pins, Round
from services.matching.engine import (
    assign,
    bound,
    candidates,
    columns,
    integer_programme,
    large,
    pricing,
    refine,
    stages,
)
from services.matching.engine.chance import Chance
from services.matching.engine.effort import Effort
from services.matching.engine.pool import Pool
from services.matching.engine.solve import WEIGHTS, solve
from services.matching.forming import regrouping, repair
from services.matching.forming.formation import form
from services.matching.forming.rematch import curve, rematch
from tests.unit.matching import cases
from tests.unit.matching.regrouped import QUICK, ids, standing
from tests.workers import UNTRACED

pytestmark = UNTRACED

MOST = {
    "moves": 300_000,
    "blocks": 1,
    "assignments": 1,
    "small moves": 4_000,
    "group values": 60_000,
    "partners listed": 40,
    "pricings": 1,
    "programmes": 1,
    "groups asked about": 1,
}
"""What may lie between two signs; two threads list partners, each in slices of half as many."""


class CalledOffError(Exception):
    """Nobody wants it any more."""


class Meter:
    """Hears signs, calls off the work from number `off` on, and keeps the most work of a kind between two signs."""

    def __init__(self):
        self.begin()

    def begin(self, off=None):
        self.off, self.signs, self.shares = off, 0, []
        self.late: Counter[str] = Counter()
        self.since: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    def __call__(self, share):
        self.signs += 1
        self.shares.append(share)
        self.since.clear()
        if self.off and self.signs >= self.off:
            raise CalledOffError

    def did(self, kind, amount=1):
        self.since[kind] += amount
        self.most[kind] = max(self.most[kind], self.since[kind])
        if self.off and self.signs >= self.off:
            self.late[kind] += amount


@pytest.fixture
def meter(monkeypatch):
    """A meter that all work is told to; small stretches, so that small rounds have several.

    The integer programme gives no signs: how many would depend on the clock.
    """
    found = Meter()
    monkeypatch.setattr(integer_programme, "LOOK", 60.0)
    monkeypatch.setattr(stages, "BLOCK", 20)
    monkeypatch.setattr(candidates, "SLICE", 20)
    monkeypatch.setattr(pricing, "STRETCH", 20_000)

    def counted(where, name, kind, amount=lambda *_: 1, *, left=False):
        inner = getattr(where, name)

        def call(*args):
            before = amount(*args)
            result = inner(*args)
            found.did(kind, before - amount(*args) if left else before)
            return result

        monkeypatch.setattr(where, name, call)

    for module in (stages, refine):
        counted(module, "anneal", "moves", lambda *args: args[8])
        counted(module, "anneal", "blocks")
    counted(assign, "_table", "assignments")
    counted(Chance, "pick", "small moves")
    counted(pricing, "_price_out", "group values", lambda *args: int(args[7][0]), left=True)
    counted(columns, "price_out", "pricings")
    counted(Pool, "master", "programmes")
    counted(candidates, "_best", "partners listed", lambda *args: args[10] - args[9])

    def asked(inner, x, weights):
        fits, worth = inner(x, weights)

        def fit(group):
            found.did("groups asked about")
            return fits(group)

        return fit, worth

    for module in (large, repair, regrouping):
        monkeypatch.setattr(module, "measures", partial(asked, module.measures))
    return found


def formed(matching, progress, effort=QUICK):
    found = form(matching, 1, effort, progress)
    return ids(found.groups), found.bound


def searched(progress):
    return solve(instance(generate(90)), effort=Effort(base=200_000, rounds=10), progress=progress).groups


@cache
def whole():
    x = instance(generate(64))
    return x, list(solve(x, effort=Effort(base=20_000, rounds=0, refined=0)).groups)


def bounded(progress):
    x, groups = whole()
    return bound.bound(x, WEIGHTS, groups, Effort(rounds=10), progress=progress)


@cache
def parted(count):
    """(a round that two schools have left and in which two others are to part, the groups as they were)."""
    matching = cases.plain(count, farthest=60.0)
    stands = standing(matching)
    pins = Pins(apart=frozenset({frozenset(stands.groups[-1][:2])}))
    return Round(matching.schools[2:], pins=pins), stands


def again(count, how, progress):
    found = how(*parted(count), 1, replace(QUICK, rounds=3), progress=progress)
    return [(option.point, ids(option.formed.groups)) for option in found] if how is curve else ids(found.groups)


ALIKE = cases.plain(70, farthest=5000.0)
"""No bound rules out any of their groups."""
STAGES: dict[str, tuple[Any, set[str]]] = {
    "exact": (partial(formed, cases.plain(9, farthest=60.0)), set()),
    "small": (partial(formed, cases.plain(15, farthest=60.0)), {"small moves"}),
    "refined": (searched, MOST.keys() - {"small moves"}),
    "bounded": (bounded, {"pricings", "group values", "programmes"}),
    "alike": (partial(formed, ALIKE, effort=Effort(base=50_000, rounds=2)), {"pricings", "group values"}),
    "small again": (partial(again, 20, rematch), {"small moves", "groups asked about"}),
    "small curve": (partial(again, 20, curve), {"small moves", "groups asked about"}),
    "again": (partial(again, 75, rematch), {"moves", "assignments", "pricings", "groups asked about"}),
    "curve": (partial(again, 75, curve), {"moves", "assignments", "pricings", "groups asked about"}),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_bounded_amount_of_work_lies_between_two_signs(meter, stage):
    work, kinds = STAGES[stage]
    expected = work(None)
    meter.begin()
    assert work(meter) == expected
    assert meter.most.keys() >= kinds
    assert {kind: (most, MOST[kind]) for kind, most in meter.most.items() if most > MOST[kind]} == {}
    assert meter.shares == sorted(meter.shares)
    assert meter.shares[-1] <= 1.0


@pytest.mark.parametrize("stage", STAGES)
def test_work_ends_at_whichever_sign_calls_it_off(meter, stage):
    work, _ = STAGES[stage]
    work(meter)
    signs, shares = meter.signs, meter.shares
    middle = shares.index(sorted(set(shares))[len(set(shares)) // 2]) + 1
    for off in {1, middle, signs}:
        meter.begin(off)
        with pytest.raises(CalledOffError):
            work(meter)
        assert off <= meter.signs <= off + 1  # a second thread may be about to give its own
        assert meter.late == {}


def test_both_threads_of_a_bound_by_windows_end_at_their_next_sign(meter, monkeypatch):
    monkeypatch.setattr(bound, "CERTIFIED", 40)
    monkeypatch.setattr(bound, "WINDOW", 12)
    bounded(meter)
    windows = round(64 / 12)
    assert meter.shares[-1] >= 0.5
    for off in (1, meter.signs // 2):
        meter.begin(off)
        with pytest.raises(CalledOffError):
            bounded(meter)
        assert meter.signs <= off + windows
