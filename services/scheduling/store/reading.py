"""Reads the documents of a whole cohort as records that share equal parts, so that a country's cohort fits into memory.

A country's diaries name the same stretches of days hundreds of thousands of times, and the visits of a group the same
people. Read one by one, each would be an object of its own.
"""

import datetime as dt
from collections.abc import Iterable
from sys import intern

from services.scheduling.domain.visits.records import EnrolmentRecord, EventRecord, VisitRecord
from services.scheduling.store.sharing import alike
from shared.events.base import DateSpan
from shared.events.scheduling_parts import Attendee
from shared.mongo import Document

__all__ = ["Reading"]

WORDS = ("programme_id", "authority_code", "authority", "phase", "region")


class Reading:
    """Reads documents, one after the other; what they share lives as long as one of them."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str, str], DateSpan] = {}
        self._attendees: dict[tuple[object, ...], Attendee] = {}

    def enrolment(self, document: Document) -> EnrolmentRecord:
        """An enrolment."""
        for word in WORDS:
            if document.get(word):
                document[word] = intern(document[word])
        document["dates_not_possible"] = self._days(document.get("dates_not_possible", ()))
        for one in document["people"]:
            one["dates_not_possible"] = self._days(one.get("dates_not_possible", ()))
            one["role"] = intern(one["role"])
        found = EnrolmentRecord.model_validate(document)
        for person in found.people:
            alike(person)
        return alike(found)

    def visit(self, document: Document) -> VisitRecord:
        """A visit."""
        visit = document["visit"]
        visit["attendees"] = tuple([self._attendee(one) for one in visit["attendees"]])
        for word in ("cohort_id", "programme_id", "activity", "timezone"):
            visit[word] = intern(visit[word])
        document["why"] = [intern(sentence) for sentence in document.get("why", ())]
        found = VisitRecord.model_validate(document)
        alike(found.visit)
        return alike(found)

    def event(self, document: Document) -> EventRecord:
        """A cohort event, or a part of one."""
        event = document["event"]
        event["attendees"] = tuple([self._attendee(one) for one in event["attendees"]])
        return EventRecord.model_validate(document)

    def _days(self, spans: Iterable[Document]) -> tuple[DateSpan, ...]:
        return tuple([self._span(each["first"], each["last"]) for each in spans])

    def _span(self, first: str, last: str) -> DateSpan:
        key = first, last
        if key not in self._spans:
            self._spans[key] = DateSpan(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))
        return self._spans[key]

    def _attendee(self, document: Document) -> Attendee:
        key = tuple(document.items())
        if key not in self._attendees:
            self._attendees[key] = alike(Attendee.model_validate(document))
        return self._attendees[key]
