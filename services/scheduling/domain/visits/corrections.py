"""What an enrolment that says something else rules out which it did not rule out before."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.scheduling.domain.visits.records import EnrolmentRecord, VisitRecord
from shared.events.base import DateSpan

__all__ = ["RuledOut", "newly_ruled_out"]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Days on which a school, or people of it by id, cannot take part any more."""

    school_id: str
    school: frozenset[dt.date]
    people: Mapping[str, frozenset[dt.date]]

    def __bool__(self) -> bool:
        return bool(self.school or self.people)

    def concerns(self, record: VisitRecord) -> tuple[str, str | None] | None:
        """Why a visit cannot keep its date, and who cannot come; None where it can."""
        visit = record.visit
        if visit.on in self.school and self.school_id in {one.school_id for one in visit.attendees}:
            return "closure", None
        away = [one for one, days in self.people.items() if one in record.required and visit.on in days]
        return ("decline", away[0]) if away else None


def newly_ruled_out(before: EnrolmentRecord, after: EnrolmentRecord) -> RuledOut:
    """The days of `after` that `before` left possible."""
    were = {one.person_id: _days(one.dates_not_possible) for one in before.people}
    people = {one.person_id: _days(one.dates_not_possible) - were.get(one.person_id, set()) for one in after.people}
    return RuledOut(
        after.school_id,
        frozenset(_days(after.dates_not_possible) - _days(before.dates_not_possible)),
        {person: frozenset(days) for person, days in people.items() if days},
    )


def _days(spans: Iterable[DateSpan]) -> set[dt.date]:
    return {day for span in spans for day in span.days()}
