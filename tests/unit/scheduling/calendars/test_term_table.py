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
        ("Term,First day,Last day", "it has headings but no row"),
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
