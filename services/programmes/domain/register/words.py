"""The register's code lists in our words. Codes, not names, decide: names drift between extracts."""

from enum import StrEnum

__all__ = ["PHASES", "STATUSES", "OverallGrade", "Status", "grade_of"]


class Status(StrEnum):
    """EstablishmentStatus."""

    OPEN = "open"
    CLOSED = "closed"
    CLOSING = "open-but-proposed-to-close"
    PROPOSED = "proposed-to-open"

    @property
    def enrollable(self) -> bool:
        """A school can enrol while it has pupils and staff: open, also when proposed to close."""
        return self in {Status.OPEN, Status.CLOSING}


STATUSES = {"1": Status.OPEN, "2": Status.CLOSED, "3": Status.CLOSING, "4": Status.PROPOSED}
PHASES = {
    "0": "not-applicable",
    "1": "nursery",
    "2": "primary",
    "3": "middle-deemed-primary",
    "4": "secondary",
    "5": "middle-deemed-secondary",
    "6": "16-plus",
    "7": "all-through",
}


class OverallGrade(StrEnum):
    """Ofsted's overall effectiveness, given to state-funded schools until September 2024.

    It stands until the next inspection.
    """

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"


_INADEQUATE = ("serious weaknesses", "special measures", "sm", "swk", "sw")


def grade_of(text: str) -> OverallGrade | None:
    """The grade a cell names, None if blank. Raises ValueError for any other word, report card words among them."""
    word = " ".join(text.lower().split())
    if not word or word in {"not applicable", "not inspected", "null"}:
        return None
    word = {"ri": "requires improvement"}.get(word, word)
    if word in _INADEQUATE:
        return OverallGrade.INADEQUATE
    try:
        return OverallGrade(word)
    except ValueError as error:
        raise ValueError(f"'{text[:40]}' is not an overall grade.") from error
