"""Answers of a template's form in flat fields of a page, and back.

    key                    a text, a day, a number, one choice
    key.<option>           ticked options of several, each `yes`; a level for each thing
    key.name, key.address  a person
    key.<n>                the n-th of a ranking
    key.<n>.<column>       rows, counted from 1

They are the names by which `reporting` says where a problem is. `has.key` says that a question stood on the page, so
that nothing ticked is told from not asked; `was.key` is a mark of the answer that the page began with.
"""

import hashlib
import json
import re
from collections.abc import Mapping

from shared.commands.forms import EntryShown
from shared.template import FormField
from shared.template.answers import CHOSEN_CELLS, PERSON, Answer, blank, columns

HAS, WAS = "has.", "was."
MOST_RANKED = 10
MOST_ROWS = 60
_BUTTON = re.compile(r"(add|remove)-([a-z0-9_-]+)(?:\.(\d{1,3}))?")
Values = Mapping[str, str]


def values_of(field: FormField, answer: Answer) -> dict[str, str]:
    """The page's fields of one answer."""
    key = field.key
    if isinstance(answer, str):
        return {key: answer}
    if isinstance(answer, dict):
        return {f"{key}.{name}": value for name, value in answer.items()}
    if field.kind == "rank":
        return {f"{key}.{place}": str(one) for place, one in enumerate(answer, start=1)}
    values: dict[str, str] = {}
    for number, one in enumerate(answer, start=1):
        if isinstance(one, dict):
            values |= {f"{key}.{number}.{column}": one.get(column, "") for column in columns(field)}
        else:
            values[f"{key}.{one}"] = "yes"
    return values


def answer_of(field: FormField, shown: EntryShown, values: Values) -> Answer:
    """The answer in the page's fields; rows in which nothing stands are left out."""
    key, options = field.key, shown.options.get(field.key, {})
    match field.kind:
        case "several" | "topics":
            return tuple(option for option in options if values.get(f"{key}.{option}") == "yes")
        case "rank":
            chosen = (values.get(f"{key}.{place}", "") for place in range(1, MOST_RANKED + 1))
            return tuple(one for one in chosen if one)
        case "level":
            given = {thing: values.get(f"{key}.{thing}", "") for thing in shown.things.get(key, {})}
            return {thing: level for thing, level in given.items() if level}
        case "person":
            named = {part: values.get(f"{key}.{part}", "") for part in PERSON}
            return named if any(named.values()) else {}
        case _ if columns(field):
            rows = [{column: values.get(f"{key}.{row}.{column}", "") for column in columns(field)}
                    for row in rows_of(key, values)]  # fmt: skip
            return tuple(row for row in rows if any(row[name].strip() for name in row.keys() - CHOSEN_CELLS))
        case _:
            return values.get(key, "")


def begin(shown: EntryShown) -> dict[str, str]:
    """The fields that a page begins with: the answers so far, and their marks."""
    values: dict[str, str] = {}
    for field in shown.form.fields:
        filled = values_of(field, shown.answers.get(field.key, blank(field)))
        values |= filled
        values[f"{WAS}{field.key}"] = mark(answer_of(field, shown, filled))
    return values


def changed(shown: EntryShown, values: Values) -> dict[str, Answer]:
    """The answers that differ from those the page began with."""
    answers = {
        field.key: answer_of(field, shown, values)
        for field in shown.form.fields
        if values.get(f"{HAS}{field.key}") == "yes"
    }
    return {key: answer for key, answer in answers.items() if mark(answer) != values.get(f"{WAS}{key}")}


def mark(answer: Answer) -> str:
    """A short mark of an answer."""
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()[:16]


def rows_of(key: str, values: Values) -> list[int]:
    """The numbers of the rows that are there, in order."""
    pattern = re.compile(rf"{re.escape(key)}\.(\d{{1,3}})\.[a-z0-9_-]+")
    return sorted({int(found[1]) for name in values if (found := pattern.fullmatch(name))})


def stepped(shown: EntryShown, values: Values, button: str) -> tuple[dict[str, str], str] | None:
    """Carry out an add or remove button: the new values and where to go on. None for another button."""
    found = _BUTTON.fullmatch(button)
    field = shown.form.field(found[2]) if found else None
    if found is None or field is None or not columns(field):
        return None
    key, first, rows = field.key, columns(field)[0], rows_of(field.key, values)
    if found[1] == "add":
        last = rows[-1] if rows else 1
        if len(rows) >= MOST_ROWS:
            return dict(values), f"{key}.{last}.{first}"
        blanks = {f"{key}.{last + 1}.{column}": "" for column in columns(field)}
        return {**values, **blanks}, f"{key}.{last + 1}.{first}"
    gone = f"{key}.{found[3]}."
    left = {name: value for name, value in values.items() if not name.startswith(gone)}
    near = max((row for row in rows_of(key, left) if row < int(found[3] or 0)), default=None)
    return left, f"{key}.{near}.{first}" if near else f"add-{key}"
