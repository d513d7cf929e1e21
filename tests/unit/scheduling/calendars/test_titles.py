"""A term file is read by the whole words of its titles; spans, first and last days fit together or are doubted."""

import datetime as dt

import pytest

from services.scheduling.domain.calendars.files import read_terms
from services.scheduling.domain.calendars.titles import Entry, kind_of
from tests.unit.scheduling.calendars.test_files import calendar, refused, span


def kind(title, days=1, first=dt.date(2026, 10, 26), hours=None):
    return kind_of(Entry(title, first, first + dt.timedelta(days=days - 1), hours)).value


@pytest.mark.parametrize(
    "title",
    [
        "INSET", "INSET day", "Inset Day (school closed to pupils)", "Staff training day", "Teacher training",
        "Non-pupil day", "Occasional Day", "CPD day", "PD Day", "Professional development day", "Baker day",
        "School closed - polling day", "Staff development", "Bank holiday", "May Day", "Good Friday", "Boxing Day",
        "New Year's Day", "Easter Monday", "Half-term", "School holiday", "Christmas Day", "No pupils in school",
        "Disaggregated INSET", "Snow day", "SNOW DAYS", "NEU strike", "Teachers' strike", "Strike action", "Strike day",
        "Industrial action - partial closure", "Snow closure", "School closed due to snow", "Closed: heating failure",
    ],
)  # fmt: skip
def test_single_days_without_school(title):
    assert kind(title) == "closed"


@pytest.mark.parametrize(
    "title",
    [
        "Twilight INSET 4-6pm", "Food bank collection", "School bank", "Break the rules day", "First day of Ramadan",
        "First day of Summer clubs", "Last day for club payments", "Last day to apply for a place",
        "Snow White pantomime", "Snowman craft day", "Lucky strike bowling", "INSET cancelled", "Strike suspended",
        "Snow sports trip", "Training day postponed", "NEU strike called off",
        "Last day of Year 11 exams", "Term ends for Year 11", "Year 7 only in school", "Last day of school photographs",
    ],
)  # fmt: skip
def test_days_that_say_nothing_about_all_pupils(title):
    assert kind(title) == "ignored"


@pytest.mark.parametrize(
    "title",
    ["Strike day - school open as usual", "Polling day (school remains open)", "Snow day: school is open to all"],
)
def test_days_on_which_school_is_open_all_the_same(title):
    assert kind(title) == "school"


def test_the_long_break_of_summer_is_no_term():
    assert kind("Summer break", 41, dt.date(2027, 7, 22)) == "closed"
    assert kind("School in session", 40) == "school"
    assert kind("Non-contact day") == "closed"


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Christmas", 15), ("Easter", 14), ("Half term", 5), ("October half-term", 9), ("Autumn half term", 9),
        ("Winter break", 14), ("Spring break", 12), ("Christmas holidays 2026", 15), ("Easter Vacation", 10),
        ("Whitsun", 5), ("Whit week holiday", 7), ("Sheffield: February half-term", 9), ("May half term", 5),
    ],
)  # fmt: skip
def test_spans_without_school(title, days):
    assert kind(title, days) == "closed"


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Autumn term", 52), ("Spring Term 2", 35), ("Summer Term", 60), ("Half Term 1", 51), ("HT1", 40),
        ("Term 3", 40), ("Autumn 1", 45), ("Michaelmas", 90), ("Lent Term", 70), ("Trinity", 60), ("2nd half term", 40),
        ("Spring", 60), ("Autumn term first half", 45), ("School days", 5),
    ],
)  # fmt: skip
def test_spans_of_school(title, days):
    assert kind(title, days) == "school"


def test_summer_is_the_holiday_in_august_and_the_term_before():
    assert kind("Summer", 41, dt.date(2027, 7, 22)) == "closed"
    assert kind("Summer", 60, dt.date(2027, 4, 12)) == "school"
    assert kind("Summer holidays", 41, dt.date(2027, 7, 22)) == "closed"


@pytest.mark.parametrize(
    "title",
    [
        "Last day of term", "Last day before half-term", "Term ends", "End of term", "School closes for Christmas",
        "Schools break up", "Break up for summer", "School finishes at 2pm for Easter break", "End of Autumn Term",
        "Autumn term ends at 1.30pm", "School breaks up for the holidays",
    ],
)  # fmt: skip
def test_last_days_of_school(title):
    assert kind(title) == "last day"


@pytest.mark.parametrize(
    "title",
    [
        "First day back", "First day of term", "Term starts", "Start of term", "School reopens", "Back to school",
        "First day after the Christmas holidays", "Schools return after half term", "Pupils return",
        "Start of Spring Term", "Term begins", "Children return to school",
    ],
)  # fmt: skip
def test_first_days_of_school(title):
    assert kind(title) == "first day"


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Year 1&2 disco", 1), ("Christmas Fair", 1), ("Christmas jumper day", 1), ("Easter bonnet parade", 1),
        ("Summer fayre", 1), ("Parents' evening", 1), ("Holiday club", 5), ("Half-term football camp", 5),
        ("Year 6 residential", 5), ("Term 3 reports home", 1), ("SATs week", 4), ("Sports day", 1), ("Book week", 5),
        ("Breakfast with dads", 1), ("Shoebox holidays appeal meeting", 1), ("Insets for shoes sale", 1),
        ("Enclosed: photos", 1), ("Sunflower competition", 30), ("", 1), ("Easterly walk", 1),
    ],
)  # fmt: skip
def test_what_says_nothing_about_term_dates(title, days):
    assert kind(title, days) == "ignored"


def test_an_entry_of_some_hours_is_no_day_without_school():
    assert kind("Half-term treat", hours=1) == "ignored"
    assert kind("Autumn term", 5, hours=102.5) == "school"
    assert kind("INSET day", hours=24) == "closed"


def day(title, on):
    return span(title, f";VALUE=DATE:{on}")


MARKS = (
    day("First day back", "20261102"), day("Last day of term", "20261106"),
    day("First day back", "20261116"), day("Last day of term", "20261118"),
)  # fmt: skip


def read(*events):
    return read_terms(calendar(*events), "terms.ics")


def days(found):
    return [f"{each:%d%m}" for each in found.days]


def test_first_and_last_days_pair_into_spans():
    found = read(*MARKS, day("INSET day", "20261103"))
    assert days(found) == ["0211", "0411", "0511", "0611", "1611", "1711", "1811"]
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("left_out", "doubt"),
    [
        (1, "'First day back' on 02/11/2026: no last day follows it before the next first day"),
        (2, "'Last day of term' on 18/11/2026: no first day stands before it"),
        (3, "'First day back' on 16/11/2026: no last day follows it"),
    ],
)
def test_a_first_or_last_day_that_stands_alone_is_doubted(left_out, doubt):
    assert read(*(each for at, each in enumerate(MARKS) if at != left_out)).doubts == (doubt,)


def test_first_and_last_days_within_terms_change_nothing_and_others_are_doubted():
    term = span("Autumn term", ";VALUE=DATE:20261102", ";VALUE=DATE:20261107")
    found = read(term, day("Last day before the holidays", "20261106"), day("First day back", "20261116"))
    assert days(found) == ["0211", "0311", "0411", "0511", "0611"]
    assert found.doubts == ("'First day back' on 16/11/2026 lies outside every term",)


def test_what_is_cancelled_is_passed_over_and_counted():
    term = span("Autumn term", ";VALUE=DATE:20261102", ";VALUE=DATE:20261107")
    found = read(term, (*day("INSET day", "20261104"), "STATUS:CANCELLED"))
    assert (days(found), found.notes) == (
        ["0211", "0311", "0411", "0511", "0611"], ("1 entry that is cancelled was passed over.",),
    )  # fmt: skip


def test_ends_on_fridays_are_last_days_and_it_is_said():
    terms = [("20261102", "20261218"), ("20270104", "20270212"), ("20270222", "20270325")]
    found = read(
        *(span(f"Term {n}", f";VALUE=DATE:{a}", f";VALUE=DATE:{b}") for n, (a, b) in enumerate(terms, start=1))
    )
    assert (dt.date(2026, 12, 18) in found.days, dt.date(2027, 2, 12) in found.days) == (True, True)
    assert found.notes[0].startswith("The ends of its spans are read as their last days")


def test_ends_as_the_standard_has_them_stay():
    terms = [("20261102", "20261219"), ("20270104", "20270213"), ("20270222", "20270326")]
    found = read(
        *(span(f"Term {n}", f";VALUE=DATE:{a}", f";VALUE=DATE:{b}") for n, (a, b) in enumerate(terms, start=1))
    )
    assert (dt.date(2026, 12, 18) in found.days, found.notes) == (True, ())
    assert dt.date(2027, 3, 26) not in found.days


def test_every_title_is_told_with_what_it_is_read_as():
    found = read(*MARKS, day("Year 1 disco", "20261103"), day("INSET day", "20261104"))
    assert [(one.title, one.kind, one.times) for one in found.titles] == [
        ("First day back", "school", 2), ("Last day of term", "school", 2), ("Year 1 disco", "ignored", 1),
        ("INSET day", "closed", 1),
    ]  # fmt: skip


def test_an_entry_that_repeats_is_no_matter_where_it_says_nothing():
    weekly = (*day("Assembly", "20261103"), "RRULE:FREQ=WEEKLY")
    assert len(read(*MARKS, weekly).days) == 8


def test_a_file_of_nothing_but_other_entries_names_some():
    said = refused(calendar(day("Disco", "20261103"), day("Fair", "20261104")), "terms.ics")
    assert said.endswith("Neither school nor holiday is said by 'Disco', 'Fair'.")


@pytest.mark.parametrize(
    ("title", "days", "read_as"),
    [
        ("Autumn 1st half", 52, "school"),
        ("Spring second half", 40, "school"),
        ("Xmas hols", 12, "closed"),
        ("Wakes week", 5, "closed"),
        ("Staff only day", 1, "closed"),
        ("Early closure 1pm", 1, "ignored"),
        ("School closes early at 2.30pm", 1, "ignored"),
        ("Late opening: school opens at 10 am", 1, "ignored"),
        ("INSET evening", 1, "ignored"),
        ("After-school training", 1, "ignored"),
        ("Term ends (1:15pm)", 1, "school"),
        ("School closes at 2pm for Christmas", 1, "school"),
    ],
)
def test_days_that_are_only_shorter_and_words_of_other_places(title, days, read_as):
    entry = Entry(title, dt.date(2026, 10, 26), dt.date(2026, 10, 26) + dt.timedelta(days=days - 1))
    assert kind_of(entry).shown == read_as
