"""Hours in which people can be called, and the stretch of days that is searched for one that both can."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.calendars.common_days import able, days_named, of_year, stretch
from services.scheduling.domain.calendars.term_dates import calendar
from services.scheduling.domain.dates.booking import Opening, checked, is_open, shared_openings
from services.scheduling.planner.horizon import Horizon
from shared.errors import Rejected
from shared.events.base import DateSpan

DAY = dt.date(2026, 10, 5)


def opening(first, last, day=DAY):
    """Hours as quarters past midnight."""
    return Opening(day, dt.time(first // 4, first % 4 * 15), dt.time(last // 4, last % 4 * 15))


spans = st.tuples(st.integers(32, 60), st.integers(1, 12)).map(lambda span: opening(span[0], span[0] + span[1]))


def test_hours_are_kept_in_order_and_once():
    late, early = opening(48, 52), opening(36, 40)
    assert checked([late, early, late], DAY) == (early, late)


@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        (dt.time(10), dt.time(10), "ends-before-it-begins"),
        (dt.time(10, 1), dt.time(11), "five-minutes"),
        (dt.time(10), dt.time(11, 0, 1), "five-minutes"),
    ],
)
def test_hours_that_make_no_slots_are_refused(first, last, rule):
    with pytest.raises(Rejected, match=rule):
        checked([Opening(DAY, first, last)], DAY)


@pytest.mark.parametrize("days", [-1, 401, (dt.date.max - DAY).days])
def test_hours_of_another_year_are_refused(days):
    with pytest.raises(Rejected, match="other-year"):
        checked([opening(36, 40), opening(36, 40, DAY + dt.timedelta(days=days))], DAY)


@given(st.lists(st.lists(spans, max_size=4), min_size=1, max_size=3), st.integers(32, 72))
def test_a_quarter_is_shared_exactly_when_everybody_has_it(each, quarter):
    def holds(openings):
        at = dt.time(quarter // 4, quarter % 4 * 15)
        return any(one.first <= at < one.last for one in openings)

    assert holds(shared_openings(each)) == all(holds(theirs) for theirs in each)


def test_hours_of_different_days_do_not_meet():
    assert shared_openings([[opening(36, 40)], [opening(36, 40, DAY + dt.timedelta(days=1))]]) == ()
    assert shared_openings([]) == ()


@pytest.mark.parametrize(
    ("hour", "minute", "minutes", "fits"),
    [(8, 0, 60, True), (8, 30, 30, True), (8, 30, 35, False), (7, 55, 30, False), (9, 0, 5, False)],
)
def test_a_call_lies_within_hours_of_local_time(hour, minute, minutes, fits):
    start = dt.datetime(2026, 10, 5, hour, minute, tzinfo=dt.UTC)
    assert is_open([opening(36, 40)], start, minutes, "Europe/London") is fits  # nine to ten in London


def test_eight_weeks_are_searched_where_no_last_day_is_named():
    assert stretch(DAY, None, DAY) == (DAY, DAY + dt.timedelta(weeks=8))
    later = DAY + dt.timedelta(days=3)
    assert stretch(DAY, later, later) == (later, later)
    with pytest.raises(Rejected, match="ends-before-it-begins"):
        stretch(DAY, DAY, later)
    with pytest.raises(Rejected, match="too-long"):
        stretch(DAY, DAY + dt.timedelta(days=401), DAY)
    with pytest.raises(Rejected, match="other-year"):
        stretch(dt.date.max, None, DAY)


def test_a_span_of_centuries_is_refused_before_its_days_are_counted():
    year = DateSpan(first=DAY, last=DAY + dt.timedelta(days=400))
    assert len(days_named([year, year])) == 401
    with pytest.raises(Rejected, match="too-long"):
        days_named([year, DateSpan(first=dt.date.min, last=dt.date.max)])


def test_days_suit_when_all_schools_work_and_nobody_is_busy():
    horizon = Horizon.over(DAY, DAY + dt.timedelta(days=4), frozenset())
    monday, tuesday, wednesday, *_ = horizon.days
    terms = [calendar("a", "", [monday, tuesday, wednesday]), calendar("b", "", [tuesday, wednesday])]
    assert list(horizon.dates(able(horizon, terms, {tuesday}))) == [wednesday]
    assert able(horizon, [], ()) == horizon.everything


def test_a_school_year_is_cut_out_and_one_without_term_dates_is_refused():
    days = [dt.date(2026, 7, 20), dt.date(2026, 9, 1), dt.date(2027, 7, 20), dt.date(2027, 9, 1)]
    whole = calendar("Sheffield", "file", days, generated=True)
    found = of_year(whole, 2026)
    assert (found.days, found.source, found.generated) == (frozenset(days[1:3]), "file", True)
    with pytest.raises(Rejected, match=r"No term dates of Sheffield are known for 2030/31\."):
        of_year(whole, 2030)
