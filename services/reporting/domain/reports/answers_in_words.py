"""Answers as a report shows them, by the kind of their question."""

import datetime as dt
from collections.abc import Mapping

from services.reporting.domain.entries.parsing import day_from
from services.reporting.domain.words import day
from shared.template import FormField
from shared.template.answers import Answer

Words = Mapping[str, str]


def paragraphs(field: FormField, answer: Answer, options: Words) -> str:
    """The answer as one text."""
    return "\n".join(lines(field, answer, options))


def lines(field: FormField, answer: Answer, options: Words) -> tuple[str, ...]:
    """The answer line by line; of a person the name only."""
    if isinstance(answer, str):
        return (_text(field, answer, options),) if answer else ()
    if isinstance(answer, dict):
        if field.kind == "person":
            return (answer.get("name", ""),)
        return tuple(f"{options.get(key, key)}: {options.get(level, level)}" for key, level in answer.items())
    if field.kind == "rank":
        return tuple(f"{place}. {options.get(str(one), str(one))}" for place, one in enumerate(answer, start=1))
    if field.kind == "people":
        return tuple(one.get("name", "") for one in answer if isinstance(one, dict))
    return tuple(_row(one) if isinstance(one, dict) else options.get(one, one) for one in answer)


def _text(field: FormField, answer: str, options: Words) -> str:
    found: dt.date | None = day_from(answer) if field.kind == "day" else None
    return day(found) if found else options.get(answer, answer)


def _row(row: Mapping[str, str]) -> str:
    first, *rest = [value for value in row.values() if value] or [""]
    return f"{first} ({'; '.join(rest)})" if rest else first
