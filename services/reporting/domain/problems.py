"""What is wrong with a form that came in: a rule and a sentence for each field, all at once."""

from dataclasses import dataclass

from shared.errors import Rejected

LONGEST_TEXT = 50_000
"""Most characters of one text. Long enough for any report that somebody will read."""
LONGEST_FORM = 200_000
"""Most characters of one form, all its texts together; keeps a form within one message of the bus."""


@dataclass(frozen=True)
class Problem:
    """A field that breaks a rule."""

    rule: str
    field: str
    sentence: str


def text_problems(field: str, label: str, value: str, *, required: bool, longest: int = LONGEST_TEXT) -> list[Problem]:
    """Check one text: there when it must be, no longer than it may be."""
    if required and not value.strip():
        return [Problem("missing", field, f"{label} is missing: please write something.")]
    if len(value) > longest:
        return [Problem("too-long", field, f"{label} has {len(value):,} characters; {longest:,} is the most.")]
    return []


def lines_problems(field: str, label: str, values: tuple[str, ...], *, most: int, longest: int) -> list[Problem]:
    """Check a list of short texts: not too many, none empty, none too long."""
    found = []
    if len(values) > most:
        found.append(Problem("too-many", field, f"{label} has {len(values)} lines; {most} is the most."))
    for number, value in enumerate(values, start=1):
        found += text_problems(f"{field}.{number}", f"{label}, line {number},", value, required=True, longest=longest)
    return found


def whole_form_problems(characters: int) -> list[Problem]:
    """Check that the form as a whole is not too long."""
    if characters <= LONGEST_FORM:
        return []
    return [Problem("too-long", "form", f"The form has {characters:,} characters; {LONGEST_FORM:,} is the most.")]


def refuse(problems: list[Problem]) -> None:
    """Raise `Rejected` with the first problem's rule and every problem's sentence; do nothing when there is none."""
    if problems:
        raise Rejected(problems[0].rule, " ".join(problem.sentence for problem in problems))
