"""The enrolment file.

One row a school, headings that a person reads. The same list makes the empty form and reads the filled one.
"""

from collections.abc import Iterable

from services.programmes.domain.enrolment.terms import EnrolmentTerms
from services.programmes.domain.tables import units
from services.programmes.domain.tables.headings import Heading, header_of

__all__ = [
    "DATES",
    "EXAMPLE",
    "EXAMPLE_ROW",
    "NOT_WITH",
    "SCHOOL_NAME",
    "TRAVEL",
    "URN",
    "Heading",
    "claim_columns",
    "headings",
    "place_headings",
    "role_columns",
]

URN, SCHOOL_NAME = "URN", "School name"
DATES, TRAVEL, NOT_WITH = "Dates not possible", "Farthest travel (km)", "Not with (URNs)"
EXAMPLE = "EXAMPLE"
EXAMPLE_ROW = f"{EXAMPLE} - this row is ignored"
"""The first cell of the example row, by which it is known when it comes back."""
_DATES_HINT = "17/05/2027; 24/05/2027 to 28/05/2027"
ROLE_PARTS = ("name", "email", "phone", "dates not possible")


def role_columns(terms: EnrolmentTerms, role: str) -> dict[str, str]:
    """The columns of one role, by part."""
    return {part: terms.column(role, part) for part in ROLE_PARTS}


def claim_columns(word: str, number: int) -> tuple[str, str, str]:
    """The columns of one strength or need: topic, weight, evidence."""
    return f"{word} {number}", f"{word} {number} weight", f"{word} {number} evidence"


def headings(terms: EnrolmentTerms) -> list[Heading]:
    """All columns of a programme's enrolment file, in order."""
    found = [
        Heading(URN, True, "Six digits, from Get Information About Schools"),
        Heading(SCHOOL_NAME, hint="For you to read, and to check the URN against"),
    ]
    for role in terms.roles:
        needed = role in terms.people
        columns = role_columns(terms, role)
        found += [
            Heading(columns["name"], needed, person=True),
            Heading(columns["email"], needed),
            Heading(columns["phone"]),
        ]
        if role in terms.pair:
            found.append(Heading(columns["dates not possible"], hint=_DATES_HINT, unit=units.day_order))
    for word, (_, most) in (("Strength", terms.strengths), ("Need", terms.needs)):
        for number in range(1, most + 1):
            topic, weight, evidence = claim_columns(word, number)
            found += [
                Heading(topic, number == 1, "A topic from the list"),
                Heading(weight, hint="1 to 5", unit=units.scale_of_five),
                Heading(evidence, hint="How do you know?"),
            ]
    blank = f"{terms.travel_km:g} if blank" if terms.travel_km else "As far as it takes if blank"
    found += [
        Heading(DATES, hint="INSET and closure days", unit=units.day_order),
        Heading(TRAVEL, hint=blank, unit=units.distance),
    ]
    return [*found, Heading(NOT_WITH, hint="URNs of schools not to be matched with")]


def place_headings(header: list[str], wanted: Iterable[Heading]) -> dict[str, int]:
    """Where each known column stands in a file's header. Raises `NotThisFile` when a required column is missing."""
    return dict(header_of(header, wanted).places)
