"""Working days, terms and months between days."""

import datetime as dt

import pytest

from services.tasks.domain.calendar import term_begins
from shared.template.moments import Offset, parse_moment
from tests.unit.tasks.world import CALENDAR

THURSDAY_BEFORE_EASTER = dt.date(2027, 3, 25)


@pytest.mark.parametrize(
    ("day", "offset", "expected"),
    [
        (dt.date(2026, 9, 11), (1, "working days"), dt.date(2026, 9, 14)),
        (dt.date(2026, 9, 12), (1, "working days"), dt.date(2026, 9, 14)),
        (dt.date(2026, 9, 14), (-1, "working days"), dt.date(2026, 9, 11)),
        (dt.date(2026, 12, 24), (1, "working days"), dt.date(2026, 12, 29)),
        (dt.date(2026, 12, 29), (-1, "working days"), dt.date(2026, 12, 24)),
        (THURSDAY_BEFORE_EASTER, (0, "working days"), THURSDAY_BEFORE_EASTER),
        (THURSDAY_BEFORE_EASTER, (2, "days"), dt.date(2027, 3, 27)),
        (THURSDAY_BEFORE_EASTER, (-2, "weeks"), dt.date(2027, 3, 11)),
        (dt.date(2027, 1, 31), (1, "months"), dt.date(2027, 2, 28)),
        (dt.date(2026, 11, 30), (-9, "months"), dt.date(2026, 2, 28)),
        (dt.date(2026, 9, 10), (1, "terms"), dt.date(2027, 1, 13)),
        (dt.date(2026, 12, 30), (1, "terms"), dt.date(2027, 4, 11)),
        (dt.date(2027, 5, 10), (1, "terms"), dt.date(2027, 9, 29)),
        (dt.date(2027, 1, 13), (-1, "terms"), dt.date(2026, 9, 10)),
        (dt.date(2026, 9, 10), (1, "half-terms"), dt.date(2026, 11, 11)),
    ],
)
def test_days_are_so_far_apart(day, offset, expected):
    assert CALENDAR.shifted(day, Offset(*offset)) == expected


def test_every_unit_of_the_grammar_is_known():
    texts = ("working days", "days", "weeks", "terms", "half-terms", "months")
    moved = [CALENDAR.shifted(dt.date(2026, 9, 14), parse_moment(f"start + 1 {unit}").offset) for unit in texts]
    assert len(set(moved)) == len(texts) - 1  # a working day later is a day later here


def test_terms_are_counted_through_the_years():
    assert [term_begins(2026, number) for number in (1, 2, 3, 4)] == [
        dt.date(2026, 9, 1), dt.date(2027, 1, 4), dt.date(2027, 4, 12), dt.date(2027, 9, 1)
    ]  # fmt: skip


def test_mails_of_the_week_go_out_on_its_first_working_monday():
    assert CALENDAR.bundle_day(dt.date(2026, 9, 14)) == dt.date(2026, 9, 14)
    assert CALENDAR.bundle_day(dt.date(2026, 9, 15)) == dt.date(2026, 9, 21)
    assert CALENDAR.bundle_day(dt.date(2027, 5, 27)) == dt.date(2027, 6, 1)
