"""One row of an enrolment file to a wish to enrol, every bad cell named by its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from services.programmes.domain.enrolment.addresses import bare_address
from services.programmes.domain.enrolment.columns import (
    DATES,
    NOT_WITH,
    SCHOOL_NAME,
    TRAVEL,
    URN,
    claim_columns,
    role_columns,
)
from services.programmes.domain.enrolment.days import NOTHING, read_spans
from services.programmes.domain.enrolment.standing import Broken
from services.programmes.domain.enrolment.terms import EnrolmentTerms
from shared.commands.programmes import EnrolSchool, PersonDetails, TopicClaim
from shared.events.base import DateSpan
from shared.tables.cells import shown, tidy, unseen

T = TypeVar("T")

__all__ = ["read_wish"]

_MILE = 1.609344
_TRAVEL = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(kms?|kilometres?|kilometers?|miles?|mi)?", re.IGNORECASE)
_LONGEST = {"name": 200, "email": 254, "phone": 40}
_USUAL_WEIGHT = 3
_NO_DATES: tuple[DateSpan, ...] = ()
_NO_URNS: tuple[int, ...] = ()
_NONE: Mapping[str, str] = {}


@dataclass
class _Cells:
    """The row's cells by column, what was found wrong with them before, and what is wrong with them so far.

    `units` are those that the headings name.
    """

    cells: Mapping[str, str]
    found: Mapping[str, str]
    units: Mapping[str, str]
    faults: list[Broken] = field(default_factory=list)

    def text(self, column: str) -> str:
        value = tidy(self.cells.get(column, ""))
        return value[1:] if value[:1] == "'" and value[1:2] in {"=", "+", "-", "@"} else value

    def read(self, column: str, read: Callable[[str], T], otherwise: T, *, needed: bool = True) -> T:
        if column in self.found:
            self.faults.append(Broken("unreadable", self.found[column], column, row_kept=not needed))
            return otherwise
        try:
            return read(self.text(column))
        except ValueError as error:
            self.faults.append(Broken("unreadable", str(error), column, row_kept=not needed))
            return otherwise

    def spans(self, column: str) -> tuple[DateSpan, ...]:
        return self.read(column, partial(read_spans, month_first=self.units.get(column) == "month first"), _NO_DATES)


def read_wish(
    cells: Mapping[str, str],
    programme_id: str,
    terms: EnrolmentTerms,
    *,
    faults: Mapping[str, str] = _NONE,
    units: Mapping[str, str] = _NONE,
) -> tuple[EnrolSchool | None, list[Broken]]:
    """The wish that the row states, or None, with what is wrong with its cells.

    `faults` are those that are known already, `units` what the headings name, both by column.
    """
    row = _Cells(cells, faults, units)
    people = [found for role in terms.roles if (found := _person(row, role, role_columns(terms, role)))]
    topics = {_topic_key(name): topic.key for topic in terms.topics for name in (topic.key, topic.title)}
    strengths = _claims(row, "Strength", terms.strengths[1], topics)
    needs = _claims(row, "Need", terms.needs[1], topics)
    urn, travel = row.read(URN, _urn, 0), row.read(TRAVEL, partial(_kilometres, units.get(TRAVEL, "")), None)
    dates, apart = row.spans(DATES), row.read(NOT_WITH, _urns, _NO_URNS)
    row.read(SCHOOL_NAME, str, "", needed=False)
    if not all(fault.row_kept for fault in row.faults):
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
    return wish, row.faults


def _person(row: _Cells, role: str, columns: Mapping[str, str]) -> PersonDetails | None:
    name, email = (row.read(columns[part], _line(part), "") for part in ("name", "email"))
    phone = row.read(columns["phone"], _line("phone"), "", needed=False)
    dates = row.spans(columns["dates not possible"])
    if not name and not email:
        if (phone or dates) and not {columns["name"], columns["email"]} & row.found.keys():
            row.faults.append(
                Broken("unreadable", "It is blank, but a phone number or dates stand beside it.", columns["name"])
            )
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
        if unseen(text):
            raise ValueError(f"{shown(text)} has a character in it that cannot be seen. Type it anew.")
        return bare_address(text) if part == "email" else text

    return read


def _claims(row: _Cells, word: str, most: int, topics: Mapping[str, str]) -> tuple[TopicClaim, ...]:
    claims = []
    for number in range(1, most + 1):
        topic_column, weight_column, evidence_column = claim_columns(word, number)
        topic = row.read(topic_column, str, "")
        weight = row.read(weight_column, _weight, _USUAL_WEIGHT)
        evidence = row.read(evidence_column, _evidence, "")
        if topic:
            claims.append(TopicClaim(topic=topics.get(_topic_key(topic), topic), weight=weight, evidence=evidence))
        elif evidence and topic_column not in row.found:
            row.faults.append(Broken("unreadable", "There is evidence but no topic.", topic_column))
        elif row.text(weight_column) and topic_column not in row.found:
            said = "There is a weight but no topic; it was passed over."
            row.faults.append(Broken("unreadable", said, topic_column, row_kept=True))
    return tuple(claims)


def _topic_key(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&", " and ")).split())


def _urn(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{4,6}(\.0)?", text):
        raise ValueError("It is blank." if not text else f"{shown(text)} is not a URN (six digits).")
    return int(text.removesuffix(".0"))


def _urns(text: str) -> tuple[int, ...]:
    if text.strip().casefold() in NOTHING:
        return ()
    return tuple(dict.fromkeys(_urn(part) for part in re.split(r"[\s,;/]+", text) if part))


_NO_EVIDENCE = frozenset({
    "true", "false", "yes", "no", "y", "n", "x", "tick", "ticked", "ok", "done", "n/a", "na", "none", "nil", "tbc",
    "tba", "to follow", "see above", "as above", "ditto", "wahr", "vrai",
})  # fmt: skip
"""What a box that was ticked leaves in a cell, and what people write who have nothing to write."""


def _weight(text: str) -> int:
    if not text:
        return _USUAL_WEIGHT
    if text.removesuffix(".0") not in {"1", "2", "3", "4", "5"}:
        raise ValueError(f"{shown(text)} is not a weight; it must be a whole number from 1 to 5.")
    return int(text[0])


def _evidence(text: str) -> str:
    if text and (text.casefold().strip(" .!") in _NO_EVIDENCE or not any(map(str.isalpha, text))):
        raise ValueError(f"{shown(text)} is no evidence. Write a sentence: how does the school know?")
    if len(text) > 2000:
        raise ValueError("It is longer than 2,000 characters.")
    return text


def _kilometres(unit: str, text: str) -> float | None:
    if not text:
        return None
    found = _TRAVEL.fullmatch(text)
    distance = float(found[1].replace(",", ".")) if found else 0.0
    if found is None or not 0 < distance <= 1000:
        raise ValueError(f"{shown(text)} is not a distance between 1 and 1,000 km.")
    in_miles = (found[2] or unit).lower().startswith("mi")
    return round(distance * _MILE, 1) if in_miles else distance
