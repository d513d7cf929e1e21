"""Where `kindred clock advance` moves the clock to."""

import datetime as dt

import pytest

from kindred.cli.operations.clock import ZONE, target
from shared.errors import Rejected

FRIDAY = dt.datetime(2028, 3, 24, 20, 2, tzinfo=ZONE)
"""The evening before the clocks go forward."""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2028-05-11", dt.datetime(2028, 5, 11, tzinfo=ZONE)),
        ("2028-05-11T16:30", dt.datetime(2028, 5, 11, 16, 30, tzinfo=ZONE)),
        ("+30m", dt.datetime(2028, 3, 24, 20, 32, tzinfo=ZONE)),
        ("+2w", dt.datetime(2028, 4, 7, 20, 2, tzinfo=ZONE)),
        ("monday", dt.datetime(2028, 3, 27, 9, tzinfo=ZONE)),
        ("Friday", dt.datetime(2028, 3, 31, 9, tzinfo=ZONE)),
    ],
)
def test_a_moment_a_step_or_a_weekday(text: str, moment: dt.datetime) -> None:
    assert target(text, FRIDAY) == moment


def test_a_weekday_is_today_before_nine() -> None:
    early = FRIDAY.replace(hour=8)
    assert target("friday", early) == early.replace(hour=9, minute=0)


@pytest.mark.parametrize("text", ["4w", "+4 weeks", "mon", "tomorrow"])
def test_what_is_no_time_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(Rejected, match="write 2027-03-11"):
        target(text, FRIDAY)
