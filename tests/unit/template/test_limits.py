"""What would break services or readers: days that there are not, texts too long or unseen, courses without room."""

import datetime as dt
from pathlib import Path

import pytest

from shared.template.moments import WrongMomentError, parse_moment
from shared.template.preview import year_of
from shared.template.reading import faults_of, read_template

CIRCLE = (Path(__file__).parents[1] / "own_template" / "templates" / "reading-circle.yaml").read_text(encoding="utf-8")
DUE, TITLE, LAST = (
    "due: opened + 2 weeks, essential",
    "title: Tales at dusk",
    "{key: last, title: The last page, at: 06-21}",
)
QUESTION = '      - {key: wish, label: "What do you wish for?"}\n'
MANY = "".join(f'      - {{key: w{number}, label: "Which?"}}\n' for number in range(101))
SPOILED = {
    "a day of leap years": (LAST, LAST.replace("06-21", "02-29"), "there is no 29 February in most years"),
    "a fourth term of three": ("opens: last, due", "opens: term 4, due", "has the terms 1 to 3"),
    "no term": ("opens: last, due", "opens: term 0, due", "has the terms 1 to 3"),
    "the year 40000": (DUE, DUE.replace("2 weeks", "1999999 weeks"), "lies too far away"),
    "a day that takes an hour to count": (DUE, DUE.replace("2 weeks", "99999999 working days"), "lies too far away"),
    "thirty years from now": (DUE, DUE.replace("2 weeks", "1500 weeks"), "more than five years away"),
    "a title of a page": (TITLE, f"title: {'x' * 201}", "201 characters; 200 is the most"),
    "a question of a page": ("Which book do we read?", "y" * 301, "301 characters; 300 is the most"),
    "a summary of a book": ("summary: Librarians", f"summary: {'z' * 5000} Librarians", "5,000 is the most"),
    "a line break in a title": (TITLE, 'title: "Tales\\nBcc: x@y.example"', "stands on one line"),
    "a bell in a title": (TITLE, 'title: "Tales\\a"', "nobody sees (U+0007)"),
    "a title that turns round": (TITLE, 'title: "\\u202eselaT"', "nobody sees (U+202E)"),
    "a hundred and one questions": (QUESTION, MANY, "101 questions are more than anybody answers"),
    "an excuse twice": ("excused: [school-closed]", "excused: [school-closed, school-closed]", "is here twice"),
    "ties of what somebody chooses": ("chosen_by: patron,", "chosen_by: patron, ties: storyteller,", "leave it out"),
    "weighed before anybody answers": (
        "closes: voting.closes, chosen",
        "closes: voting.opens, chosen",
        "before anybody",
    ),
    "a room for days at schools": (
        "at: school\n    during: [at-home]",
        "at: school\n    venue: {name: The hall}\n    during: [at-home]",
        "its days are at each school",
    ),
    "more days than weeks": ("each: 2\n    apart_weeks: 2", "each: 9\n    apart_weeks: 2", "do not fit into 'tales'"),
    "dates of what people sign up for": (
        "do: {roll: tale}, opens: tale.ended",
        "do: {tick: tale}, opens: tale.offered",
        "people sign up for 'tale' themselves",
    ),
    "catching up on what nobody makes up for": (
        "do: {roll: tale}, opens: tale.ended",
        "do: {catch_up: tale}, opens: tale.missed",
        "nobody makes up for 'tale'",
    ),
}


def test_it_is_right_as_it_stands() -> None:
    assert faults_of(CIRCLE) == ()


@pytest.mark.parametrize("what", SPOILED)
def test_it_is_refused(what: str) -> None:
    before, after, said = SPOILED[what]
    assert before in CIRCLE
    faults = faults_of(CIRCLE.replace(before, after, 1))
    assert [fault for fault in faults if said in fault.what and fault.line > 1], faults


def test_a_leap_day_of_an_earlier_release_is_the_day_before_in_other_years() -> None:
    leap = parse_moment("02-29")
    assert leap.date_in(2027) == dt.date(2028, 2, 29)
    assert leap.date_in(2026) == dt.date(2027, 2, 28)
    assert parse_moment("y2 02-29").date_in(2026) == dt.date(2028, 2, 29)


def test_what_lies_too_far_away_is_no_moment() -> None:
    assert parse_moment("opened + 2000 days").offset is not None
    with pytest.raises(WrongMomentError, match="2,000 days are the most"):
        parse_moment("opened + 2001 days")


def test_terms_of_a_second_year_stand_in_the_preview() -> None:
    template = read_template(
        CIRCLE.replace("clock:\n", "clock:\n  years: 2\n").replace("opens: last,", "opens: term 5,"), "x"
    )
    (asked,) = (row.day for row in year_of(template, 2026) if row.detail == "Thank somebody" and row.what == "asked")
    assert asked == dt.date(2028, 1, 1)
