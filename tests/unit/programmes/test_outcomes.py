"""What inspections said of a programme's schools: both regimes apart, since it began and before, each school once."""

import datetime as dt

from services.programmes.domain.outcomes import counted, since_of
from services.programmes.domain.register.inspections import AREAS, AreaGrade, ReportCard
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import OverallGrade, Status

SINCE = since_of(2026)
BEFORE, AFTER, LATER = dt.date(2026, 3, 2), dt.date(2027, 1, 18), dt.date(2027, 6, 7)


def school(urn: int, grade: OverallGrade | None = None, on: dt.date | None = None) -> School:
    return School(
        urn=urn, name=f"School {urn}", status=Status.OPEN, phase="primary", authority_code="373", authority="Sheffield",
        overall_grade=grade, inspected=on,
    )  # fmt: skip


def card(urn: int, on: dt.date, grade: AreaGrade) -> ReportCard:
    return ReportCard(urn, on, dict.fromkeys(AREAS[:6], grade), safeguarding_met=True)


def test_old_grades_and_report_cards_are_counted_apart() -> None:
    old = dt.date(2023, 5, 4)
    found = counted(
        [
            ([school(1, OverallGrade.GOOD, old)], []),
            ([school(2, OverallGrade.REQUIRES_IMPROVEMENT, old)], []),
            ([school(3, OverallGrade.OUTSTANDING, old)], [card(3, AFTER, AreaGrade.ATTENTION)]),
            ([school(4)], []),
        ],
        SINCE,
    )
    assert (found.schools, found.grades.judged, found.grades.met) == (4, 2, 1), "a card takes the place of a grade"
    assert {(one.judged, one.met) for one in found.cards} == {(1, 0)}
    assert [one.of for one in found.cards] == [area.value for area in AREAS[:6]], "nobody has a sixth form"


def test_the_latest_card_counts_and_moves_against_the_last_one_before() -> None:
    found = counted(
        [
            ([school(1)], [card(1, BEFORE, AreaGrade.ATTENTION), card(1, AFTER, AreaGrade.EXPECTED)]),
            ([school(2)], [card(2, BEFORE, AreaGrade.STRONG), card(2, AFTER, AreaGrade.STRONG)]),
            ([school(3)], [card(3, AFTER, AreaGrade.EXPECTED), card(3, LATER, AreaGrade.URGENT)]),
            ([school(4)], [card(4, BEFORE, AreaGrade.EXCEPTIONAL)]),
        ],
        SINCE,
    )
    leadership = next(one for one in found.cards if one.of == "leadership and governance")
    assert (leadership.judged, leadership.met) == (3, 2)
    assert (leadership.gained, leadership.kept, leadership.lost) == (1, 1, 0), "who has no card from before cannot move"
    assert found.before == 3


def test_a_school_under_two_urns_is_one() -> None:
    both = [school(1, OverallGrade.GOOD, dt.date(2019, 3, 4)), school(9)]
    found = counted([(both, [card(9, AFTER, AreaGrade.STRONG)])], SINCE)
    assert (found.schools, found.grades.judged, found.cards[0].judged) == (1, 0, 1)
