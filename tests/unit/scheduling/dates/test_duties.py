"""Duties by intent over a real school year, and the feed's rule that must expand to exactly those days."""

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from services.scheduling.domain.calendars import term_dates
from services.scheduling.domain.calendars.json_layouts import bank_holidays_from_json, from_json
from services.scheduling.domain.dates.duties import Cadence, lay_out, periods
from services.scheduling.domain.dates.feeds import series
from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import TermCalendar

DATA = Path(__file__).parents[4] / "services" / "scheduling" / "data"
LONDON = ZoneInfo("Europe/London")
HOLIDAYS = bank_holidays_from_json(json.loads((DATA / "bank-holidays.json").read_text(encoding="utf-8")))
WHOLE = from_json(json.loads((DATA / "term-dates" / "sheffield.json").read_text(encoding="utf-8")))
YEAR = term_dates.calendar("373", "", [day for day in WHOLE.days if dt.date(2026, 9, 1) <= day <= dt.date(2027, 8, 1)])
HORIZON = Horizon.over(dt.date(2026, 9, 1), dt.date(2027, 7, 31), HOLIDAYS)
OPEN = HORIZON.mask(YEAR.days)
COUNTS = {
    Cadence.DAILY: 195,
    Cadence.WEEKLY: 40,
    Cadence.FORTNIGHTLY: 20,
    Cadence.MONTHLY: 11,
    Cadence.SIX_A_YEAR: 6,
    Cadence.TERMLY: 3,
    Cadence.TWICE_A_YEAR: 2,
    Cadence.YEARLY: 1,
    Cadence.AS_NEEDED: 0,
}


@pytest.mark.parametrize("cadence", list(Cadence))
def test_a_year_has_as_many_days_as_the_cadence_says_and_all_are_school_days(cadence):
    duty = lay_out(cadence, YEAR, HORIZON, OPEN)
    assert (len(duty.days), duty.gaps) == (COUNTS[cadence], ())
    assert set(duty.days) <= YEAR.days
    assert list(duty.days) == sorted(set(duty.days))


def test_a_weekly_duty_keeps_the_weekday_that_suits_most_weeks_and_moves_only_where_it_must():
    closed = [dt.date(2026, 9, 30), dt.date(2026, 10, 6), dt.date(2026, 10, 13)]  # a Wednesday, two Tuesdays
    duty = lay_out(Cadence.WEEKLY, YEAR, HORIZON, OPEN & ~HORIZON.mask(closed))
    assert duty.weekday == 3
    assert duty.moved == (dt.date(2027, 7, 21),)  # the school year ends on a Wednesday
    assert {day.isocalendar()[:2] for day in duty.days} == {day.isocalendar()[:2] for day in YEAR.days}


def test_three_termly_days_lie_in_the_middle_of_their_terms():
    days = lay_out(Cadence.TERMLY, YEAR, HORIZON, OPEN).days
    assert [(day.year, day.month) for day in days] == [(2026, 10), (2027, 2), (2027, 5)]


def test_a_half_term_in_which_nobody_can_is_told():
    second = YEAR.half_terms[1]
    duty = lay_out(Cadence.SIX_A_YEAR, YEAR, HORIZON, OPEN & ~HORIZON.between(second.first, second.last))
    (gap,) = duty.gaps
    assert (len(duty.days), gap.first, gap.last) == (5, second.first, second.last)
    days = sum(second.first <= day <= second.last for day in YEAR.days)
    assert gap.sentence.endswith(f"none of the {days} school days suits everybody.")


def test_days_that_are_too_few_for_the_distance_are_used_all_the_same():
    first, second = YEAR.half_terms[:2]
    able = HORIZON.mask([first.last, second.first])
    assert lay_out(Cadence.SIX_A_YEAR, YEAR, HORIZON, able, apart=50).days == (first.last, second.first)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([cadence for cadence in Cadence if cadence is not Cadence.AS_NEEDED]),
    st.sets(st.integers(0, len(HORIZON.days) - 1), max_size=150),
)
def test_each_period_has_one_possible_day_or_is_named(cadence, impossible):
    able = OPEN & ~HORIZON.mask(HORIZON.days[number] for number in impossible)
    duty = lay_out(cadence, YEAR, HORIZON, able)
    assert all(HORIZON.mask([day]) & able for day in duty.days)
    for days in periods(cadence, YEAR):
        inside = [day for day in duty.days if day in days]
        named = any(gap.first == days[0] and gap.last == days[-1] for gap in duty.gaps)
        assert (len(inside), named) == ((1, False) if HORIZON.mask(days) & able else (0, True))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY, Cadence.TERMLY]),
    st.sets(st.integers(0, len(HORIZON.days) - 1), max_size=60),
)
def test_rule_exceptions_and_single_days_expand_to_exactly_the_days_of_the_duty(cadence, impossible):
    able = OPEN & ~HORIZON.mask(HORIZON.days[number] for number in impossible)
    duty = lay_out(cadence, YEAR, HORIZON, able)
    assert expanded(duty) == [dt.datetime.combine(day, dt.time(9), LONDON) for day in duty.days]


def test_nine_oclock_stays_nine_oclock_on_both_sides_of_the_clock_change():
    starts = expanded(lay_out(Cadence.WEEKLY, YEAR, HORIZON, OPEN))
    assert {start.utcoffset() for start in starts} == {dt.timedelta(0), dt.timedelta(hours=1)}
    assert {start.hour for start in starts} == {9}


def test_most_of_a_weekly_duty_is_one_rule():
    found = series(lay_out(Cadence.WEEKLY, YEAR, HORIZON, OPEN))
    assert (found.rule["FREQ"], found.rule["BYDAY"], found.singles) == ("WEEKLY", "WE", ())
    assert len(found.exceptions) == 7  # the holidays


def expanded(duty):
    """What a calendar program shows of the duty's feed, at 9:00."""
    found, feed = series(duty), Calendar()
    for day in found.singles:
        feed.add_component(_event(day))
    if found.first is not None:
        ruled = _event(found.first)
        last = found.rule["UNTIL"]
        assert isinstance(last, dt.date)
        until = dt.datetime.combine(last, dt.time(9), LONDON).astimezone(dt.UTC)
        ruled.add("rrule", {**found.rule, "UNTIL": until})
        for day in found.exceptions:
            ruled.add("exdate", dt.datetime.combine(day, dt.time(9), LONDON))
        feed.add_component(ruled)
    shown = recurring_ical_events.of(feed).between(dt.date(2026, 8, 1), dt.date(2027, 8, 31))
    return sorted(event["DTSTART"].dt for event in shown)


def _event(day):
    event = Event()
    event.add("uid", f"{day}@example")
    event.add("dtstart", dt.datetime.combine(day, dt.time(9), LONDON))
    event.add("dtend", dt.datetime.combine(day, dt.time(10), LONDON))
    return event


def test_a_year_without_school_days_has_no_periods():
    empty = TermCalendar("x", "", generated=False, days=frozenset(), half_terms=())
    assert [periods(cadence, empty) for cadence in Cadence] == [[] for _ in Cadence]
