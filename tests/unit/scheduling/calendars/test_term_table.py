"""Term dates as a table: spans and markers, days before months, the last day counted in."""

import datetime as dt

import pytest

from services.scheduling.domain.calendars.files import read_terms
from shared.errors import Rejected

YEAR = """Term dates 2026/27,,
Term,First day,Last day
Autumn,Thursday 3 September 2026,18/12/2026
October half-term,26/10/2026,30/10/2026
INSET day,27/11/2026,
Spring,04/01/2027,2027-03-25
February half-term,15/02/2027,19/02/2027
Summer,12/04/2027,21 July 2027
May half-term,31/05/2027,04/06/2027
"""


def read(text, encoding="utf-8"):
    return read_terms(text.encode(encoding), "terms.csv")


def test_terms_and_holidays_are_read_with_their_last_days_and_every_title_shown():
    found = read(YEAR)
    days = set(found.days)
    ends = [dt.date(2026, 9, 3), dt.date(2026, 12, 18), dt.date(2027, 3, 25), dt.date(2027, 7, 21)]
    assert set(ends) <= days
    away = [dt.date(2026, 10, 26), dt.date(2026, 10, 30), dt.date(2026, 11, 27), dt.date(2027, 6, 4)]
    assert not days & {*away, dt.date(2026, 12, 21)}
    assert [(one.title, one.kind) for one in found.titles] == [
        ("Autumn term", "school"),
        ("October half-term", "closed"),
        ("INSET day", "closed"),
        ("Spring term", "school"),
        ("February half-term", "closed"),
        ("Summer term", "school"),
        ("May half-term", "closed"),
    ]
    assert found.notes == (
        "Passed over: 'Term dates 2026/27' above the headings (line 1).",
        "The last days of its rows are counted in.",
    )


@pytest.mark.parametrize(("mark", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1252")])
def test_whatever_program_wrote_it(mark, encoding):
    assert read(YEAR.replace(",", mark), encoding).days == read(YEAR).days


def test_first_and_last_days_make_terms():
    rows = ("Event,Date", "First day of term,03/09/2026", "Last day of term,18/12/2026", "Christmas disco,10/12/2026")
    found = read("\n".join(rows))
    assert (found.days[0], found.days[-1], len(found.days)) == (dt.date(2026, 9, 3), dt.date(2026, 12, 18), 77)
    assert [one.kind for one in found.titles] == ["school", "school", "ignored"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Who,When\nAda,soon", "no line with the headings 'Term', 'First day' and 'Last day'"),
        ("Term,First day,Last day", "it has headings but no row with a day"),
        (
            "Term,First day,Last day\nAutumn,09/21/2026,18/12/2026",
            "line 2: '09/21/2026' is no day of the calendar; days",
        ),
        ("Term,First day,Last day\nAutumn,03/09/2026,18/12/2025", "line 2: 'Autumn' ends on 18/12/2025, before it"),
        ("Term,First day,Last day\nAutumn,03/09/2026,18/12/2028", "line 2: 'Autumn' lasts over 366 days"),
        ("Term,First day,Last day\n,03/09/2026,18/12/2026", "line 2: it does not say what it is"),
        ("Event,Date\nChristmas disco,10/12/2026", "Neither school nor holiday is said by 'Christmas disco'"),
    ],
)
def test_what_is_wrong_is_said_by_line(text, said):
    with pytest.raises(Rejected) as refused:
        read(text)
    assert said in refused.value.sentence


TERMS = ("Autumn,03/09/2026,26/10/2026 to 30/10/2026,18/12/2026", "Spring,04/01/2027,15-19 February 2027,25/03/2027")


@pytest.mark.parametrize(
    "headings",
    [
        "Term,Term starts,Half term,Term ends",
        "Term,Start,Half-term holiday,End",
        "Term,Opening date,Half term,Closing date",
        "Term*,First day of term*,Mid-term break,Last day of term*",
        ",School opens,Half term,School closes",
    ],
)
def test_the_half_term_in_the_row_of_its_term_is_closed(headings):
    found = read("\n".join((headings, *TERMS)))
    assert (len(found.days), found.doubts) == (77 - 5 + 59 - 5, ())
    assert [one.kind for one in found.titles] == ["school", "closed", "school", "closed"]


def test_a_half_term_may_have_two_columns():
    rows = ("Term,Start,Half term start,Half term end,End", "Autumn,03/09/2026,26/10/2026,30/10/2026,18/12/2026")
    assert len(read("\n".join(rows)).days) == 72


@pytest.mark.parametrize(
    "written",
    [
        "26/10/2026 - 30/10/2026",
        "26 to 30 October 2026",
        "26 October to 30 October 2026",
        "Mon 26 - Fri 30 October 2026",
    ],
)
def test_a_range_of_days_stands_in_one_cell(written):
    found = read(f"Event,Date\nAutumn term,03/09/2026 to 18/12/2026\nHalf term,{written}")
    assert len(found.days) == 72


def test_hours_and_cancelled_rows_of_calendar_programs_are_heeded():
    rows = (
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Status",
        "Autumn term,03/09/2026,00:00:00,18/12/2026,00:00:00,True,Confirmed",
        "INSET,08/12/2026,3:30 PM,08/12/2026,5:00 PM,False,Confirmed",
        "INSET day,09/12/2026,00:00:00,09/12/2026,23:59:00,True,Cancelled",
    )
    found = read("\n".join(rows))
    assert (len(found.days), [one.kind for one in found.titles]) == (77, ["school", "ignored"])
    assert "Cancelled, and passed over: line 4." in found.notes


@pytest.mark.parametrize("written", ["2026-09-02T23:00:00Z", "03/09/2026 00:00", "3 September 2026 (am)"])
def test_times_beside_a_day_are_left_aside(written):
    assert read(f"Event,Start,End\nAutumn term,{written},18/12/2026 23:59").days[0] == dt.date(2026, 9, 3)


def test_rows_without_a_day_and_columns_with_days_that_are_not_read_are_doubtful():
    rows = (
        "Term,First day,Last day,INSET days,Days",
        "2026/27,,,,",
        "Autumn,03/09/2026,18/12/2026,27 November 2026,77",
        "Schools set their own INSET days,,,,",
    )
    found = read("\n".join(rows))
    assert found.doubts == (
        "Line 4 names no day, so it says nothing: 'Schools set their own INSET days'.",
        "'INSET days' holds days and would not be read (line 3: '27 November 2026').",
    )
    assert "Not read, as it holds no days: 'Days'." in found.notes


def test_years_side_by_side_are_refused():
    headings = "Term,2026/27 start,2026/27 end,2027/28 start,2027/28 end"
    with pytest.raises(Rejected) as refused:
        read(f"{headings}\nAutumn,03/09/2026,18/12/2026,02/09/2027,17/12/2027")
    assert "its columns '2026/27 start' and '2027/28 start' say the same; keep one of each" in refused.value.sentence
