"""One row of an enrolment file to a wish to enrol, every bad cell named by its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from services.programmes.domain.enrolment.columns import DATES, NOT_WITH, TRAVEL, URN, claim_columns, role_columns
from services.programmes.domain.enrolment.days import read_spans
from services.programmes.domain.enrolment.standing import Broken
from shared.commands.programmes import EnrolSchool, PersonDetails, TopicClaim
from shared.events.base import DateSpan
from shared.events.people import Role
from shared.events.template import ProgrammeTemplate

T = TypeVar("T")

__all__ = ["is_ignored", "read_wish"]

_MILE = 1.609344
_TRAVEL = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s*(km|kilometres|kilometers|miles?|mi)?", re.IGNORECASE)
_LONGEST = {"name": 200, "email": 254, "phone": 40}
_USUAL_WEIGHT = 3
_NO_DATES: tuple[DateSpan, ...] = ()
_NO_URNS: tuple[int, ...] = ()


def is_ignored(first_cell: str) -> bool:
    """Rows that are not schools: the form's example and its notes."""
    bare = first_cell.strip().lstrip("'").lower()
    return bare.startswith(("#", "example", "e.g."))


@dataclass
class _Cells:
    """The row's cells by column, and what is wrong with them so far."""

    cells: Mapping[str, str]
    faults: list[Broken] = field(default_factory=list)

    def text(self, column: str) -> str:
        value = self.cells.get(column, "").strip()
        return value[1:] if value[:1] == "'" and value[1:2] in {"=", "+", "-", "@"} else value

    def read(self, column: str, read: Callable[[str], T], otherwise: T) -> T:
        try:
            return read(self.text(column))
        except ValueError as error:
            self.faults.append(Broken("unreadable", str(error), column))
            return otherwise


def read_wish(
    cells: Mapping[str, str], programme_id: str, template: ProgrammeTemplate
) -> tuple[EnrolSchool | None, list[Broken]]:
    """The wish that the row states, or None with what is wrong with its cells."""
    row = _Cells(cells)
    rules = template.enrolment
    people = [found for role in (*rules.people, *rules.optional_people) if (found := _person(row, role))]
    topics = {_topic_key(name): topic.key for topic in rules.topics for name in (topic.key, topic.title)}
    strengths = _claims(row, "Strength", rules.strengths[1], topics)
    needs = _claims(row, "Need", rules.needs[1], topics)
    urn, travel = row.read(URN, _urn, 0), row.read(TRAVEL, _kilometres, None)
    dates, apart = row.read(DATES, read_spans, _NO_DATES), row.read(NOT_WITH, _urns, _NO_URNS)
    if row.faults:
        return None, row.faults
    wish = EnrolSchool(
        programme_id=programme_id,
        urn=urn,
        people=tuple(people),
        strengths=strengths,
        needs=needs,
        dates_not_possible=dates,
        farthest_travel_km=travel,
        not_with=apart,
    )
    return wish, []


def _person(row: _Cells, role: Role) -> PersonDetails | None:
    columns = role_columns(role)
    name, email, phone = (row.read(columns[part], _line(part), "") for part in ("name", "email", "phone"))
    dates = row.read(columns["dates not possible"], read_spans, _NO_DATES)
    if not name and not email:
        return None
    for part, value in (("name", name), ("email", email)):
        if not value and not any(fault.column == columns[part] for fault in row.faults):
            row.faults.append(Broken("unreadable", "It is blank.", columns[part]))
    if not name or not email:
        return None
    return PersonDetails(role=role, name=name, email=email, phone=phone or None, dates_not_possible=dates)


def _line(part: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if any(ord(char) < 32 or ord(char) == 127 for char in text):
            raise ValueError("It has a line break or control character in it.")
        if len(text) > _LONGEST[part]:
            raise ValueError(f"It is longer than {_LONGEST[part]} characters.")
        return text

    return read


def _claims(row: _Cells, word: str, most: int, topics: Mapping[str, str]) -> tuple[TopicClaim, ...]:
    claims = []
    for number in range(1, most + 1):
        topic_column, weight_column, evidence_column = claim_columns(word, number)
        topic = row.text(topic_column)
        weight = row.read(weight_column, _weight, _USUAL_WEIGHT)
        evidence = row.read(evidence_column, _evidence, "")
        if topic:
            claims.append(TopicClaim(topic=topics.get(_topic_key(topic), topic), weight=weight, evidence=evidence))
        elif evidence:
            row.faults.append(Broken("unreadable", "There is evidence but no topic.", topic_column))
    return tuple(claims)


def _topic_key(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


def _urn(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{4,6}(\.0)?", text):
        raise ValueError("It is blank." if not text else f"'{text[:40]}' is not a URN (six digits).")
    return int(text.removesuffix(".0"))


def _urns(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_urn(part) for part in re.split(r"[\s,;/]+", text) if part))


def _weight(text: str) -> int:
    if not text:
        return _USUAL_WEIGHT
    if text.removesuffix(".0") not in {"1", "2", "3", "4", "5"}:
        raise ValueError(f"'{text[:40]}' is not a weight; it must be a whole number from 1 to 5.")
    return int(text[0])


def _evidence(text: str) -> str:
    if len(text) > 2000:
        raise ValueError("It is longer than 2,000 characters.")
    return text


def _kilometres(text: str) -> float | None:
    if not text:
        return None
    found = _TRAVEL.fullmatch(text)
    if found is None or not 0 < float(found[1]) <= 1000:
        raise ValueError(f"'{text[:40]}' is not a distance between 1 and 1,000 km.")
    return round(float(found[1]) * _MILE, 1) if (found[2] or "").lower().startswith("mi") else float(found[1])
