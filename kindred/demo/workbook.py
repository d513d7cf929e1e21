"""Fills in the form that `kindred enrolments form` writes, as a coordinator does from the schools' answers."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl

from kindred.demo.cast import Joining
from shared.events.base import DateSpan
from shared.events.people import ROLE_TITLES


def fill_in(form: Path, filled: Path, schools: Iterable[Joining], topics: Mapping[str, str]) -> int:
    """Write one row a school under the form's own headings; return how many.

    `topics`: key -> title, of those that the programme asks about; none where it asks about none.
    """
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    headings = [str(cell.value or "").strip() for cell in sheet[1]]
    row = 1
    for row, school in enumerate(schools, start=2):
        values = _row(school, topics)
        for column, heading in enumerate(headings, start=1):
            sheet.cell(row=row, column=column).value = values.get(heading.casefold())
    book.save(filled)
    return row - 1


def _row(school: Joining, topics: Mapping[str, str]) -> dict[str, str | int | float]:
    wishes = school.wishes
    values: dict[str, str | int | float] = {
        "urn": school.urn,
        "school name": school.name,
        "dates not possible": _spans(wishes.dates_not_possible),
        "farthest travel (km)": wishes.farthest_travel_km,
    }
    for person in school.people:
        title = ROLE_TITLES[person.role].casefold()
        values |= {f"{title} name": person.name, f"{title} email": person.email}
    for word, claims in (("strength", wishes.strengths), ("need", wishes.needs)):
        for number, claim in enumerate((one for one in claims if one.topic in topics), start=1):
            values[f"{word} {number}"] = topics[claim.topic]
            values[f"{word} {number} weight"] = claim.weight
            values[f"{word} {number} evidence"] = claim.evidence
    return values


def _spans(spans: Iterable[DateSpan]) -> str:
    def said(span: DateSpan) -> str:
        first, last = f"{span.first:%d/%m/%Y}", f"{span.last:%d/%m/%Y}"
        return first if first == last else f"{first} to {last}"

    return "; ".join(said(span) for span in spans)
