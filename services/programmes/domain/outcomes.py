"""Counts what inspections said of a programme's schools: grades that stand, and report cards since it began.

The two regimes are counted apart, and nothing of one is read as anything of the other.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from services.programmes.domain.register.inspections import AREAS, Area, AreaGrade, ReportCard
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import OverallGrade
from shared.commands.outcomes import OutcomeRow, Outcomes

__all__ = ["counted", "since_of"]

OVERALL = "overall"
_GOOD = frozenset({OverallGrade.GOOD, OverallGrade.OUTSTANDING})
_ORDER = tuple(AreaGrade)
"""Best first."""
_EXPECTED = _ORDER.index(AreaGrade.EXPECTED)


def since_of(year: int) -> dt.date:
    """The day from which an inspection counts as one since the programme began: its first September."""
    return dt.date(year, 9, 1)


def counted(schools: Collection[tuple[Sequence[School], Sequence[ReportCard]]], since: dt.date) -> Outcomes:
    """The counts. `schools`: of each its entries under all its URNs, and its report cards."""
    latest, earlier = list[ReportCard](), dict[int, ReportCard]()
    graded = list[OverallGrade]()
    for number, (entries, cards) in enumerate(schools):
        after = [one for one in cards if one.inspected >= since]
        before = [one for one in cards if one.inspected < since]
        if before:
            earlier[len(latest) if after else -1 - number] = max(before, key=_day)
        if after:
            latest.append(max(after, key=_day))
        if not cards and (grade := _standing(entries)):
            graded.append(grade)
    return Outcomes(
        since=since,
        schools=len(schools),
        grades=OutcomeRow(of=OVERALL, judged=len(graded), met=sum(one in _GOOD for one in graded)),
        cards=tuple(row for area in AREAS if (row := _area(area, latest, earlier)).judged),
        before=len(earlier),
    )


def _day(card: ReportCard) -> dt.date:
    return card.inspected


def _standing(entries: Iterable[School]) -> OverallGrade | None:
    """The grade of the latest inspection that gave one."""
    known = [one for one in entries if one.overall_grade]
    last = max(known, key=lambda one: one.inspected or dt.date.min, default=None)
    return last.overall_grade if last else None


def _area(area: Area, latest: Sequence[ReportCard], earlier: Mapping[int, ReportCard]) -> OutcomeRow:
    judged = [(number, _ORDER.index(one.grades[area])) for number, one in enumerate(latest) if area in one.grades]
    moved = [
        _ORDER.index(earlier[number].grades[area]) - now
        for number, now in judged
        if number in earlier and area in earlier[number].grades
    ]
    return OutcomeRow(
        of=area.value,
        judged=len(judged),
        met=sum(now <= _EXPECTED for _, now in judged),
        gained=sum(one > 0 for one in moved),
        kept=sum(one == 0 for one in moved),
        lost=sum(one < 0 for one in moved),
    )
