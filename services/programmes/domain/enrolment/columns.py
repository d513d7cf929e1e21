"""The enrolment file.

One row a school, headings that a person reads. The same list makes the empty form and reads the filled one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.programmes.domain.enrolment.standing import column_of_role
from services.programmes.domain.tables.problems import NotThisFile
from shared.events.people import Role
from shared.events.template import ProgrammeTemplate

__all__ = [
    "DATES",
    "EXAMPLE",
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
ROLE_PARTS = ("name", "email", "phone", "dates not possible")
_OTHER_WORDS = {
    "e mail": "email",
    "email address": "email",
    "mail": "email",
    "head teacher": "headteacher",
    "head": "headteacher",
    "clerk to the governors": "clerk to governors",
    "clerk": "clerk to governors",
    "chair": "chair of governors",
    "chair of the governors": "chair of governors",
    "slt": "senior leader",
    "telephone": "phone",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name, whether the file must have it, and a hint for whoever fills it in."""

    name: str
    required: bool = False
    hint: str = ""


def role_columns(role: Role) -> dict[str, str]:
    """The columns of one role, by part."""
    return {part: column_of_role(role, part) for part in ROLE_PARTS}


def claim_columns(word: str, number: int) -> tuple[str, str, str]:
    """The columns of one strength or need: topic, weight, evidence."""
    return f"{word} {number}", f"{word} {number} weight", f"{word} {number} evidence"


def headings(template: ProgrammeTemplate) -> list[Heading]:
    """All columns of a programme's enrolment file, in order."""
    rules = template.enrolment
    found = [
        Heading(URN, True, "Six digits, from Get Information About Schools"),
        Heading(SCHOOL_NAME, hint="For you to read; not imported"),
    ]
    for role in (*rules.people, *rules.optional_people):
        needed = role in rules.people
        columns = role_columns(role)
        found += [Heading(columns["name"], needed), Heading(columns["email"], needed), Heading(columns["phone"])]
        if role in rules.pair:
            found.append(Heading(columns["dates not possible"], hint="17/05/2027; 24/05/2027 to 28/05/2027"))
    for word, (_, most) in (("Strength", rules.strengths), ("Need", rules.needs)):
        for number in range(1, most + 1):
            topic, weight, evidence = claim_columns(word, number)
            found += [
                Heading(topic, number == 1, "A topic from the list"),
                Heading(weight, hint="1 to 5"),
                Heading(evidence, hint="How do you know?"),
            ]
    found += [
        Heading(DATES, hint="INSET and closure days"),
        Heading(TRAVEL, hint=f"{template.enrolment.travel_km:g} if blank"),
    ]
    return [*found, Heading(NOT_WITH, hint="URNs of schools not to be matched with")]


def place_headings(header: list[str], wanted: Iterable[Heading]) -> dict[str, int]:
    """Where each known column stands in a file's header; case, hyphens, brackets and everyday synonyms do not matter.

    Raises `NotThisFile` when a required column is missing.
    """
    wanted = list(wanted)
    by_key = {_key(heading.name): heading.name for heading in wanted}
    places: dict[str, int] = {}
    for at, text in enumerate(header):
        name = by_key.get(_key(text))
        if name is not None:
            places.setdefault(name, at)
    missing = [heading.name for heading in wanted if heading.required and heading.name not in places]
    if len(missing) == len([heading for heading in wanted if heading.required]):
        raise NotThisFile(f"The file's first line has none of the columns asked for ({', '.join(missing[:4])}, ...).")
    if missing:
        raise NotThisFile(f"The file lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.")
    return places


def _key(text: str) -> str:
    key = " ".join(re.sub(r"\([^)]*\)|[-_:*]", " ", text.lower()).split())
    for word, usual in _OTHER_WORDS.items():
        key = re.sub(
            rf"(?<![a-z]){word}(?![a-z])(?! (?:of|to) )"
            if word in {"chair", "clerk"}
            else rf"(?<![a-z]){word}(?![a-z])",
            usual,
            key,
        )
    return key
