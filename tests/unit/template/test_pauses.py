"""Where days come to lie when a programme has stood still."""

import datetime as dt

import pytest
from pydantic import ValidationError

from shared.template.days import day_of, programme_ends
from shared.template.pauses import Pause, standing_still, through
from shared.template.reading import read_template

FIRST, LAST = dt.date(2027, 2, 10), dt.date(2028, 4, 26)
PAUSE = Pause(first=FIRST, last=LAST)
TEMPLATE = read_template(
    """\
key: circle
version: 1
title: Circle
summary: Schools read together.
roles: [{key: lead, title: lead, least: 1}]
clock:
  moments:
    - {key: gone, at: 02-01}
    - {key: begin, at: 03-03}
    - {key: after, at: begin + 2 weeks}
    - {key: soon, at: gone + 3 weeks}
    - {key: early, at: begin - 1 weeks}
""",
    "circle.yaml",
)


def days(pauses):
    return {moment.key: day_of(moment.at, TEMPLATE, 2026, pauses) for moment in TEMPLATE.clock.moments}


def test_without_a_pause_every_day_is_where_it_was_written():
    assert days(()) == {
        "gone": dt.date(2027, 2, 1),
        "begin": dt.date(2027, 3, 3),
        "after": dt.date(2027, 3, 17),
        "soon": dt.date(2027, 2, 22),
        "early": dt.date(2027, 2, 24),
    }


def test_what_is_still_to_come_keeps_its_distance_in_school_weeks_and_its_weekday():
    assert days([PAUSE]) == {
        "gone": dt.date(2027, 2, 1),
        "begin": dt.date(2028, 5, 17),  # the third Wednesday after, as it was
        "after": dt.date(2028, 5, 31),
        "soon": dt.date(2028, 5, 8),  # counted from a day before the pause into it
        "early": dt.date(2028, 5, 10),
    }


def test_nobody_can_tell_while_it_stands_still():
    assert days([Pause(first=FIRST)])["begin"] is None
    assert days([Pause(first=FIRST)])["gone"] == dt.date(2027, 2, 1)
    assert standing_still([PAUSE, Pause(first=LAST)])
    assert not standing_still([PAUSE])


def test_weeks_of_the_holidays_are_not_counted():
    over_summer = Pause(first=dt.date(2027, 6, 16), last=dt.date(2027, 7, 14))

    moved = over_summer.after(dt.date(2027, 7, 7))

    assert moved == dt.date(2027, 9, 8)  # three school weeks on; the summer lies between
    before_christmas = Pause(first=dt.date(2026, 12, 2), last=dt.date(2026, 12, 9))
    assert before_christmas.after(dt.date(2026, 12, 16)) == dt.date(2027, 1, 6)


def test_no_day_comes_before_the_programme_goes_on():
    friday = Pause(first=dt.date(2027, 2, 8), last=dt.date(2027, 3, 5))

    assert friday.after(dt.date(2027, 2, 9)) == dt.date(2027, 3, 5)


def test_later_days_never_come_before_earlier_ones():
    after = (PAUSE.after(FIRST + dt.timedelta(days=number)) for number in range(400))
    moved = [day for day in after if day]

    assert len(moved) == 400
    assert moved == sorted(moved)


def test_the_last_school_year_ends_later_by_what_was_paused():
    assert programme_ends(TEMPLATE, 2026) == dt.date(2027, 8, 31)
    assert programme_ends(TEMPLATE, 2026, [PAUSE]) == dt.date(2028, 11, 21)
    assert programme_ends(TEMPLATE, 2026, [Pause(first=FIRST)]) == dt.date(2027, 8, 31)


def test_two_pauses_add_up_and_one_before_something_happened_is_in_its_day_already():
    again = Pause(first=dt.date(2028, 5, 1), last=dt.date(2028, 5, 15))

    assert through(dt.date(2027, 3, 3), [PAUSE, again]) == dt.date(2028, 5, 31)
    assert through(dt.date(2028, 5, 17), [PAUSE, again], since=dt.date(2028, 4, 27)) == dt.date(2028, 5, 31)


def test_a_pause_does_not_end_before_it_begins():
    with pytest.raises(ValidationError, match="before it stood still"):
        Pause(first=LAST, last=FIRST)
