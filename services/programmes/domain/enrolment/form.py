"""The empty enrolment file as rows.

Headings, an example marked as one (and ignored when it comes back), the topics to choose from, and how to fill it in.
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
from services.programmes.domain.enrolment.terms import EnrolmentTerms

__all__ = [
    "GUIDE",
    "advice",
    "csv_form",
    "csv_form_rows",
    "escaped",
    "example_row",
    "guide",
    "must_be_filled",
    "topic_rows",
]

GUIDE = ("Column", "Must it be filled?", "What goes in")
"""The headings of the guide that goes along with the form."""

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


def example_row(terms: EnrolmentTerms) -> dict[str, str]:
    """One made-up school, by column."""
    row = {URN: EXAMPLE_ROW, SCHOOL_NAME: "Example Primary School"}
    for name, role in zip(_PEOPLE, terms.roles, strict=False):
        columns = role_columns(terms, role)
        row |= {columns["name"]: name, columns["email"]: f"{name.split()[0].lower()}@example-school.example"}
        if role in terms.pair:
            row[columns["dates not possible"]] = "17/05/2027; 24/05/2027 to 28/05/2027"
    topics = [topic.title for topic in terms.topics]
    for word, asked, place, evidence in (
        ("Strength", terms.strengths, 0, "Visitors from three schools have used our approach; pupils' books show it."),
        ("Need", terms.needs, -1, "Our own review in June found it uneven between year groups."),
    ):
        if asked[1]:
            row |= dict(zip(claim_columns(word, 1), (topics[place], "4", evidence), strict=True))
    return row | {DATES: "04/01/2027", TRAVEL: f"{terms.travel_km or 40:g}", NOT_WITH: "123456"}


def topic_rows(terms: EnrolmentTerms) -> list[str]:
    """The titles a coordinator can choose from."""
    return [topic.title for topic in terms.topics]


def must_be_filled(terms: EnrolmentTerms) -> frozenset[str]:
    """The columns without which a school's row is left out."""
    needed = {URN}
    for role in terms.people:
        needed |= {role_columns(terms, role)["name"], role_columns(terms, role)["email"]}
    for word, (least, _) in (("Strength", terms.strengths), ("Need", terms.needs)):
        for number in range(1, least + 1):
            topic, _, evidence = claim_columns(word, number)
            needed |= {topic, evidence}
    return frozenset(needed)


def guide(terms: EnrolmentTerms) -> list[tuple[str, str, str]]:
    """Each column in order: its name, whether it must be filled, and what goes in."""
    needed = must_be_filled(terms)
    with_topic = {
        evidence: topic
        for word, (_, most) in (("Strength", terms.strengths), ("Need", terms.needs))
        for topic, _, evidence in (claim_columns(word, number) for number in range(1, most + 1))
    }
    return [(each.name, _whether(each.name, needed, with_topic), each.hint) for each in headings(terms)]


def _whether(column: str, needed: frozenset[str], with_topic: dict[str, str]) -> str:
    if column in needed:
        return "yes"
    return f"yes, where there is a {with_topic[column].lower()}" if column in with_topic else "no"


def advice(terms: EnrolmentTerms) -> list[str]:
    """How to fill the form in, as sentences."""
    sentences = ["One row a school. The example row is ignored; it may stay or go."]
    if terms.strengths[1] or terms.needs[1]:
        sentences.append(
            f"Each school names {_many(terms.strengths)} strengths and {_many(terms.needs)} needs. Each has a topic "
            "from the list, a weight from 1 to 5 (3 if blank) and a sentence of evidence: how does the school know?"
        )
    pair = " and ".join(terms.title_of(role) for role in terms.pair)
    apart = f"; the {pair} are two people" if len(terms.pair) > 1 else ""
    return [
        *sentences,
        f"Each person has an e-mail address of their own{apart}.",
        "Dates: 17/05/2027, the day before the month. Several: 17/05/2027; 24/05/2027 to 28/05/2027.",
    ]


def _many(bounds: tuple[int, int]) -> str:
    least, most = bounds
    return f"{least} to {most}" if least < most else str(most)


def csv_form_rows(terms: EnrolmentTerms) -> list[list[str]]:
    """The form as CSV rows; notes start with '#' and are ignored when the file comes back."""
    columns = [heading.name for heading in headings(terms)]
    example = example_row(terms)
    needed = ", ".join(name for name in columns if name in must_be_filled(terms))
    notes = [
        *([f"# {sentence}"] for sentence in advice(terms)),
        [f"# Columns that must be filled: {needed}."],
        *([f"# {line}"] for line in _topics(terms)),
    ]
    return [[escaped(cell) for cell in row] for row in (columns, [example.get(name, "") for name in columns], *notes)]


def _topics(terms: EnrolmentTerms) -> list[str]:
    asked = terms.strengths[1] or terms.needs[1]
    return ["Topics to choose from (write them as they stand):", *topic_rows(terms)] if asked else []


def csv_form(terms: EnrolmentTerms) -> bytes:
    """The form as a CSV file that Excel opens with the right letters."""
    text = io.StringIO()
    csv.writer(text).writerows(csv_form_rows(terms))
    return text.getvalue().encode("utf-8-sig")
