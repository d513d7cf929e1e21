"""The empty enrolment file as rows.

Headings, an example marked as one (and ignored when it comes back), and the topics to choose from.
"""

import csv
import io

from services.programmes.domain.enrolment.columns import (
    DATES,
    EXAMPLE_ROW,
    NOT_WITH,
    SCHOOL_NAME,
    TRAVEL,
    URN,
    claim_columns,
    headings,
    role_columns,
)
from shared.events.template import ProgrammeTemplate

__all__ = ["csv_form", "csv_form_rows", "escaped", "example_row", "topic_rows"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PEOPLE = (
    "Alex Example",
    "Sam Sample",
    "Robin Pattern",
    "Jo Specimen",
    "Kit Model",
    "Lee Instance",
    "Chris Case",
    "Ray Likeness",
)


def escaped(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def example_row(template: ProgrammeTemplate) -> dict[str, str]:
    """One made-up school, by column."""
    rules = template.enrolment
    row = {URN: EXAMPLE_ROW, SCHOOL_NAME: "Example Primary School"}
    for name, role in zip(_PEOPLE, (*rules.people, *rules.optional_people), strict=False):
        columns = role_columns(role)
        row |= {columns["name"]: name, columns["email"]: f"{name.split()[0].lower()}@example-school.example"}
        if role in rules.pair:
            row[columns["dates not possible"]] = "17/05/2027; 24/05/2027 to 28/05/2027"
    topics = [topic.title for topic in rules.topics]
    for word, topic, evidence in (
        ("Strength", topics[0], "Visitors from three schools have used our approach; pupils' books show it."),
        ("Need", topics[-1], "Our own review in June found it uneven between year groups."),
    ):
        row |= dict(zip(claim_columns(word, 1), (topic, "4", evidence), strict=True))
    return row | {DATES: "04/01/2027", TRAVEL: f"{rules.travel_km:g}", NOT_WITH: "123456"}


def topic_rows(template: ProgrammeTemplate) -> list[str]:
    """The titles a coordinator can choose from."""
    return [topic.title for topic in template.enrolment.topics]


def csv_form_rows(template: ProgrammeTemplate) -> list[list[str]]:
    """The form as CSV rows; notes start with '#' and are ignored when the file comes back."""
    columns = [heading.name for heading in headings(template)]
    example = example_row(template)
    notes = [
        ["# Topics to choose from (write them as they stand):"],
        *([f"# {title}"] for title in topic_rows(template)),
    ]
    return [[escaped(cell) for cell in row] for row in (columns, [example.get(name, "") for name in columns], *notes)]


def csv_form(template: ProgrammeTemplate) -> bytes:
    """The form as a CSV file that Excel opens with the right letters."""
    text = io.StringIO()
    csv.writer(text).writerows(csv_form_rows(template))
    return text.getvalue().encode("utf-8-sig")
