"""Other words for the days that begin and end terms and breaks, and which of these belong together."""

import datetime as dt

import pytest

from services.scheduling.domain.calendars.files import read_terms
from services.scheduling.domain.calendars.titles import Entry, kind_of
from tests.unit.scheduling.calendars.test_files import calendar, span


def kind(title, days=1, first=dt.date(2026, 10, 26)):
    return kind_of(Entry(title, first, first + dt.timedelta(days=days - 1))).value


@pytest.mark.parametrize(
    "title",
    [
        "Term commences", "Autumn Term commences for all pupils", "Term opens", "Schools open", "Open on", "Reopen",
        "School opens for Autumn term", "All pupils back in school", "Children back", "Lessons resume",
        "Academic year starts", "Spring 2 begins", "Half term 1 begins", "Half term ends, school reopens",
        "Return after half term", "Return from Easter holidays", "Beginning of Summer Term", "First full day of term",
    ],
)  # fmt: skip
def test_first_days_of_school_in_other_words(title):
    assert kind(title) == "first day"


@pytest.mark.parametrize(
    "title",
    [
        "Final day of term", "Final day of autumn term", "Last teaching day", "Breaking up for Christmas", "Closes",
        "Spring 1 ends", "Close of term", "Term concludes", "Schools close", "Last day of term - Christmas party",
    ],
)  # fmt: skip
def test_last_days_of_school_in_other_words(title):
    assert kind(title) == "last day"


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Half term begins", "break begins"),
        ("Christmas holidays begin", "break begins"),
        ("School holidays start", "break begins"),
        ("First day of the summer holidays", "break begins"),
        ("Start of half-term", "break begins"),
        ("Half term ends", "break ends"),
        ("End of Easter holidays", "break ends"),
        ("Last day of the Christmas holidays", "break ends"),
        ("End of half term 1", "last day"),
        ("Last day before the holidays", "last day"),
    ],
)
def test_breaks_begin_and_end_too(title, read_as):
    assert kind(title) == read_as


@pytest.mark.parametrize(
    "title",
    [
        "Pupil-free day",
        "Pupils not in school",
        "School not open to pupils",
        "Day off in lieu",
        "Staff day",
        "No lessons",
    ],
)
def test_days_without_pupils_in_other_words(title):
    assert kind(title) == "closed"


@pytest.mark.parametrize(
    "title",
    ["End of term disco", "End of term assembly", "End-of-term celebration", "First day of Spring", "School open day",
     "Staff return to school", "Music lessons resume"],
)  # fmt: skip
def test_what_takes_place_when_a_term_ends_is_no_end_of_it(title):
    assert kind(title) == "ignored"


@pytest.mark.parametrize(
    ("title", "days", "first", "read_as"),
    [
        ("Mid term", 5, dt.date(2026, 10, 26), "closed"),
        ("Mid-term break", 5, dt.date(2026, 10, 26), "closed"),
        ("Whit week", 5, dt.date(2027, 5, 31), "closed"),
        ("Summer break", 42, dt.date(2027, 7, 22), "closed"),
        ("Exeat weekend", 4, dt.date(2027, 1, 29), "closed"),
        ("Summer School", 12, dt.date(2027, 7, 26), "ignored"),
        ("Autumn One", 51, dt.date(2026, 9, 3), "school"),
        ("Autumn Term A", 51, dt.date(2026, 9, 3), "school"),
        ("School year 2026-27", 322, dt.date(2026, 9, 3), "school"),
    ],
)
def test_spans_in_other_words(title, days, first, read_as):
    assert kind(title, days, first) == read_as


def day(title, on):
    return span(title, f";VALUE=DATE:{on}")


def read(*events):
    return read_terms(calendar(*events), "terms.ics")


TERM = (day("Autumn term begins", "20261019"), day("Autumn term ends", "20261106"))


def days(found):
    return [f"{each:%d%m}" for each in found.days]


FORTNIGHT = ["1910", "2010", "2110", "2210", "2310", "0211", "0311", "0411", "0511", "0611"]


def test_a_half_term_that_begins_and_ends_in_a_week_has_no_school():
    found = read(*TERM, day("Half term begins", "20261026"), day("Half term ends", "20261030"))
    assert (days(found), found.doubts) == (FORTNIGHT, ())
    assert [one.kind for one in found.titles] == ["school", "school", "closed", "closed"]


def test_a_half_term_that_lasts_for_weeks_is_one_of_school():
    found = read(day("Start of half term", "20261102"), day("End of half term", "20261218"))
    assert (len(found.days), found.doubts) == (35, ())
    assert [one.kind for one in found.titles] == ["school", "school"]


def test_the_first_day_of_a_break_whose_last_is_missing_is_closed_and_doubted():
    found = read(*TERM, day("Half term begins", "20261026"))
    assert "2610" not in days(found)
    assert found.doubts == ("'Half term begins' on 26/10/2026: its end does not follow",)


def test_single_days_of_school_beside_first_and_last_days_are_added_to_them():
    found = read(*TERM, day("School day", "20261107"), day("School day", "20261109"))
    assert len(found.days) == 16
