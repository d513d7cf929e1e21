"""What somebody typed: cleaned, checked, and every complaint tied to its field."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.portal.domain.questions import Question

_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013]\s+|\d{1,2}[.)]\s+)?")


def whole_number(text: str) -> int:
    """A number that the page itself wrote; 0 where somebody has changed it to something else."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the name of the field it stands at ("" = the whole form)."""

    field: str
    sentence: str


@dataclass
class Reading:
    """Values as typed, and what was found wrong with them on the way."""

    values: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, sentence: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(name, sentence))

    def text(self, name: str, question: Question) -> str:
        """Return a text, checked for being there and for its length."""
        value = self.values.get(name, "").strip()
        if not value and question.required:
            self.wrong(name, f"Fill in “{question.label}”.")
        self._bounded(name, value, question)
        return value

    def line(self, name: str, question: Question) -> str:
        """Return a text of one line."""
        return " ".join(self.text(name, question).split())

    def lines(self, name: str, question: Question, most: int) -> tuple[str, ...]:
        """Return one entry a line, bullets taken off, empty lines left out."""
        typed = self.values.get(name, "")
        found = tuple(line for raw in typed.split("\n") if (line := _BULLET.sub("", raw, count=1).strip()))
        if not found and question.required:
            self.wrong(name, f"Write at least one line under “{question.label}”.")
        if len(found) > most:
            self.wrong(name, f"“{question.label}” takes at most {most} lines; you have written {len(found)}.")
        longest = max(found, key=len, default="")
        self._bounded(name, longest, question)
        return found

    def choice(self, name: str, label: str, allowed: tuple[str, ...], *, required: bool = True) -> str:
        """Return one of the allowed values, or "" where none was chosen."""
        value = self.values.get(name, "")
        if value in allowed:
            return value
        if required or value:
            self.wrong(name, f"Choose an answer: {label}")
        return ""

    def date(self, name: str, label: str, *, required: bool = True) -> dt.date | None:
        """Return a date from a date input, or typed as 13/5/2027 or 2027-05-13."""
        value = self.values.get(name, "").strip()
        if not value:
            if required:
                self.wrong(name, f"Give a date: {label}.")
            return None
        found = date_from(value)
        if found is None:
            self.wrong(name, f"{label}: write a real date, such as 13/5/2027.")
        return found

    def _bounded(self, name: str, value: str, question: Question) -> None:
        if len(value) > question.longest:
            self.wrong(
                name,
                f"“{question.label}” takes at most {question.longest:,} characters; you have written {len(value):,}.",
            )


def date_from(value: str) -> dt.date | None:
    """Read 2027-05-13 or 13/5/2027; None where it is no date between 2000 and 2100."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value)
    parts = match.groups() if match else None
    if parts is None and (match := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", value)):
        parts = match.groups()[::-1]
    if parts is None:
        return None
    try:
        found = dt.date(*(int(part) for part in parts))
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def cleaned(value: str) -> str:
    """Return typed text with line breaks as LF and without control characters that no page can show."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return "".join(kept)
