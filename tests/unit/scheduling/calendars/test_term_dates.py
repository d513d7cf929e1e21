import datetime as dt
import json

import holidays
import pytest

from benchmarks.default_terms import default_calendar, easter_sunday
from services.scheduling.domain.calendars import term_dates
from services.scheduling.domain.calendars.json_layouts import from_json
from services.scheduling.planner.horizon import Horizon, add_working_days
from tests.unit.scheduling.cases import BANK_HOLIDAYS, DATA, EXAMS, sheffield, weekdays


def of_year(calendar, first_year):
    return [day for day in calendar.days if term_dates.school_year(day) == first_year]


@pytest.mark.parametrize("first_year", [2025, 2026, 2027])
def test_sheffield_has_195_real_school_days_in_six_half_terms(first_year):
    terms = sheffield()
    halves = [half for half in terms.half_terms if term_dates.school_year(half.first) == first_year]
    assert (len(of_year(terms, first_year)), [half.number for half in halves]) == (195, [1, 2, 3, 4, 5, 6])
    assert not terms.generated


def test_sheffields_half_terms_of_2026_are_the_published_ones():
    halves = [half for half in sheffield().half_terms if term_dates.school_year(half.first) == 2026]
    assert [(half.first.isoformat(), half.last.isoformat()) for half in halves] == [
        ("2026-09-01", "2026-10-23"),
        ("2026-11-02", "2026-12-18"),
        ("2027-01-04", "2027-02-12"),
        ("2027-02-22", "2027-03-25"),
        ("2027-04-12", "2027-05-28"),
        ("2027-06-07", "2027-07-21"),
    ]


@pytest.mark.parametrize("first_year", [2024, 2025, 2026, 2027])
@pytest.mark.parametrize("shift", [0, 1])
def test_a_generated_year_has_195_days_and_six_half_terms_and_says_so(first_year, shift):
    terms = default_calendar("Leeds", first_year, BANK_HOLIDAYS, easter_shift=shift)
    assert (len(terms.days), len(terms.half_terms), terms.generated) == (195, 6, True)
    assert not terms.days & BANK_HOLIDAYS
    assert max(terms.days).month == 7


def test_the_default_file_is_what_the_generator_makes():
    stored = from_json(json.loads((DATA / "term-dates" / "default.json").read_text(encoding="utf-8")))
    made = frozenset().union(*(default_calendar("", year, BANK_HOLIDAYS).days for year in (2025, 2026, 2027)))
    assert (stored.days, stored.generated) == (made, True)


@pytest.mark.parametrize(
    ("year", "day"), [(2025, dt.date(2025, 4, 20)), (2026, dt.date(2026, 4, 5)), (2027, dt.date(2027, 3, 28))]
)
def test_easter(year, day):
    assert easter_sunday(year) == day


@pytest.mark.parametrize("year", range(2016, 2029))
def test_bank_holidays_of_gov_uk_are_those_of_the_holidays_package(year):
    ours = {day for day in BANK_HOLIDAYS if day.year == year}
    theirs = {day for day in holidays.country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}
    assert {day for day in ours if day.weekday() < 5} == theirs


def test_no_bank_holiday_is_a_sheffield_school_day():
    assert not sheffield().days & BANK_HOLIDAYS


def test_key_stage_2_tests_fall_in_the_second_week_of_may():
    assert sorted(day for day in EXAMS["primary"] if day.year == 2027) == [
        dt.date(2027, 5, day) for day in range(10, 14)
    ]


def test_secondary_schools_host_nobody_from_may_to_late_june():
    days = sorted(day for day in EXAMS["secondary"] if day.year == 2027)
    assert (days[0], days[-1]) == (dt.date(2027, 5, 6), dt.date(2027, 6, 23))


@pytest.mark.parametrize("data", [{}, {"academic_years": []}, {"academic_years": [{"dates": [{"date": "soon"}]}]}])
def test_a_file_that_is_no_list_of_term_dates_gets_a_sentence(data):
    with pytest.raises(ValueError, match=r"this (is no list|list) of term dates"):
        from_json(data)


def test_ten_working_days_reach_over_a_bank_holiday_and_a_weekend():
    assert add_working_days(dt.date(2027, 4, 29), 10, BANK_HOLIDAYS) == dt.date(2027, 5, 14)
    assert add_working_days(dt.date(2027, 4, 29), 0, BANK_HOLIDAYS) == dt.date(2027, 4, 29)


def test_a_mask_holds_exactly_the_working_days_asked_for():
    horizon = Horizon.over(dt.date(2027, 4, 26), dt.date(2027, 5, 9), BANK_HOLIDAYS)
    assert len(horizon.days) == 9
    wanted = [dt.date(2027, 4, 30), dt.date(2027, 5, 3), dt.date(2027, 5, 4)]
    assert list(horizon.dates(horizon.mask(wanted))) == [dt.date(2027, 4, 30), dt.date(2027, 5, 4)]
    assert horizon.flags(horizon.mask(wanted)).tolist() == [False] * 4 + [True, True] + [False] * 3


def test_a_day_that_has_become_a_holiday_has_the_place_of_the_working_day_before():
    horizon = Horizon.over(dt.date(2027, 4, 28), dt.date(2027, 5, 9), BANK_HOLIDAYS)
    days = [dt.date(2027, 4, 1), dt.date(2027, 4, 30), dt.date(2027, 5, 3), dt.date(2027, 5, 4), dt.date(2027, 6, 1)]
    assert [horizon.place(day) for day in days] == [0, 2, 2, 3, 6]


def test_a_school_year_with_remarkably_few_or_many_school_days_is_named():
    days = sheffield().days
    assert term_dates.unusual_years(days) == {}
    autumn = {day for day in days if day.year == 2026 and day.month > 8}
    rest = {day for day in days if term_dates.school_year(day) != 2026}
    assert term_dates.unusual_years(autumn | rest) == {2026: len(autumn)}
    every = weekdays(dt.date(2026, 9, 1), 220)
    assert term_dates.unusual_years(every) == {2026: 220}
