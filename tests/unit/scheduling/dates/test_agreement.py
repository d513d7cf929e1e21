"""Days that two people agree, calls from open slots, and days that suit most."""

import datetime as dt
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.domain.dates.agreement import nothing_suits, offer, reply, withdraw
from services.scheduling.domain.dates.booking import Opening, cells, slots
from services.scheduling.domain.dates.suiting_days import suit_most
from services.scheduling.planner.horizon import Horizon
from shared.errors import Rejected

HORIZON = Horizon.over(dt.date(2026, 9, 7), dt.date(2026, 12, 18), frozenset())
NOW = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)
DEADLINE = NOW + dt.timedelta(days=5)
PAIR = ("per-practitioner", "per-cpd-lead")


def agreement(able=HORIZON.everything, earliest=dt.date(2026, 9, 21)):
    return offer(HORIZON, able, PAIR, DEADLINE, earliest=earliest)


def all_say(given, answer):
    return dict.fromkeys(given.offers, answer)


def test_three_days_are_offered_spread_over_what_suits_both():
    assert agreement().offers == (dt.date(2026, 10, 5), dt.date(2026, 11, 4), dt.date(2026, 12, 4))


def test_one_common_day_is_the_only_offer_and_none_is_refused():
    only = HORIZON.mask([dt.date(2026, 10, 1)])
    assert agreement(only).offers == (dt.date(2026, 10, 1),)
    with pytest.raises(Rejected, match="no-common-day"):
        agreement(only, earliest=dt.date(2026, 10, 2))


def test_the_day_is_settled_once_both_have_answered_the_least_reluctant_first():
    first, second, third = agreement().offers
    one = reply(agreement(), PAIR[0], {first: "if-need-be", second: "yes", third: "no"}, NOW)
    assert (one.settled, one.waiting_for()) == (None, PAIR[1:])
    both = reply(one, PAIR[1], {first: "yes", second: "yes", third: "yes"}, NOW)
    assert (both.settled, both.held(DEADLINE)) == (second, (second,))


def test_offers_are_held_until_the_deadline_and_free_afterwards():
    standing = agreement()
    assert standing.held(DEADLINE - dt.timedelta(seconds=1)) == standing.offers
    assert standing.held(DEADLINE) == ()


def test_when_nothing_suits_new_days_are_needed_and_a_change_of_mind_counts():
    standing = agreement()
    one = reply(standing, PAIR[0], all_say(standing, "no"), NOW)
    both = reply(one, PAIR[1], all_say(standing, "yes"), NOW)
    assert (both.settled, nothing_suits(both)) == (None, True)
    assert reply(both, PAIR[0], all_say(standing, "if-need-be"), NOW).settled == standing.offers[0]


def test_answers_are_refused_with_their_rule():
    standing = agreement()
    yes = all_say(standing, "yes")
    settled = reply(reply(standing, PAIR[0], yes, NOW), PAIR[1], yes, NOW)
    refused = {
        "not-invited": (standing, "per-stranger", yes, NOW),
        "too-late": (standing, PAIR[0], yes, DEADLINE),
        "answer-each-day": (standing, PAIR[0], {standing.offers[0]: "yes"}, NOW),
        "already-settled": (settled, PAIR[0], yes, NOW),
    }
    for rule, (which, person, said, when) in refused.items():
        with pytest.raises(Rejected, match=rule):
            reply(which, person, said, when)


def test_a_settled_day_is_free_once_withdrawn_and_can_be_withdrawn_until_the_day_before():
    standing = agreement()
    yes = all_say(standing, "yes")
    settled = reply(reply(standing, PAIR[0], yes, NOW), PAIR[1], yes, NOW)
    (day,) = settled.held(NOW)
    gone = withdraw(settled, day - dt.timedelta(days=1))
    assert (gone.settled, gone.held(NOW)) == (day, ())
    with pytest.raises(Rejected, match="withdrawn"):
        reply(gone, PAIR[0], yes, NOW)
    for rule, which, today in (
        ("not-settled", standing, NOW.date()),
        ("withdrawn", gone, NOW.date()),
        ("already-over", settled, day),
    ):
        with pytest.raises(Rejected, match=rule):
            withdraw(which, today)


def test_a_call_takes_every_cell_it_touches():
    start = dt.datetime(2026, 10, 24, 9, 0, tzinfo=dt.UTC)
    assert [cell.minute for cell in cells(start, 30)] == [0, 5, 10, 15, 20, 25]
    assert len(cells(start, 31)) == 7
    for crooked in (start + dt.timedelta(minutes=3), start + dt.timedelta(seconds=1)):
        with pytest.raises(Rejected, match="five-minutes"):
            cells(crooked, 30)


def test_slots_are_local_times_on_both_sides_of_the_clock_change():
    openings = [Opening(day, dt.time(9), dt.time(10)) for day in (dt.date(2026, 10, 23), dt.date(2026, 10, 26))]
    found = slots(openings, [], 30, "Europe/London", after=NOW)
    assert [one.strftime("%d %H:%M") for one in found] == ["23 08:00", "23 08:30", "26 09:00", "26 09:30"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 22), st.sampled_from([5, 20, 30, 45])), max_size=6), st.integers(5, 60))
def test_no_slot_shares_a_minute_with_a_booked_call(booked, minutes):
    day = dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
    calls = [(day + dt.timedelta(minutes=5 * at), long) for at, long in booked]
    taken = {cell for start, long in calls for cell in cells(start, long)}
    free = slots([Opening(dt.date(2026, 10, 1), dt.time(9), dt.time(11))], taken, minutes, "Europe/London", after=NOW)
    for slot, (start, long) in product(free, calls):
        apart = slot + dt.timedelta(minutes=minutes) <= start or slot >= start + dt.timedelta(minutes=long)
        assert apart
    assert all(later - one >= dt.timedelta(minutes=minutes) for one, later in pairwise(free))


def test_three_strategy_days_one_a_term_suit_most_and_name_who_is_missing():
    terms = [HORIZON.mask(HORIZON.days[start : start + 20]) for start in (0, 25, 50)]
    free = {"per-1": HORIZON.everything, "per-2": HORIZON.everything & ~terms[1]}
    days = suit_most(HORIZON, free, terms, apart=10)
    assert days is not None
    assert [one.missing for one in days] == [(), ("per-2",), ()]
    assert {one.on.weekday() for one in days} <= {3, 4}


def test_a_stretch_without_a_day_that_keeps_the_distance_has_no_answer():
    day = HORIZON.mask(HORIZON.days[:1])
    assert suit_most(HORIZON, {}, [day, HORIZON.mask(HORIZON.days[1:2])], apart=5) is None
    assert suit_most(HORIZON, {}, [], apart=5) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 2**12 - 1), min_size=1, max_size=4), st.integers(1, 4))
def test_no_choice_of_days_has_fewer_missing(masks, apart):
    horizon = Horizon.over(dt.date(2026, 9, 7), dt.date(2026, 9, 22), frozenset())
    free = {f"per-{number}": mask for number, mask in enumerate(masks)}
    stretches = [0b1111, 0b11110000, 0b111100000000]
    found = suit_most(horizon, free, stretches, apart)
    choices = product(*([day for day in range(12) if stretch >> day & 1] for stretch in stretches))
    spaced = [days for days in choices if days[1] - days[0] >= apart and days[2] - days[1] >= apart]
    fewest = min(sum(not mask >> day & 1 for mask in masks for day in days) for days in spaced)
    assert found is not None
    assert sum(len(one.missing) for one in found) == fewest
