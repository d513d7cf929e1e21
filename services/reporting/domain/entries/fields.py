"""Reading one answer by the kind of its question: what it comes to, and what is wrong with it."""

import datetime as dt
from collections.abc import Callable, Mapping

from services.reporting.domain.entries.parsing import day_from, is_address, number_from
from services.reporting.domain.entries.rows import rows_checked
from services.reporting.domain.problems import Problem
from shared.template import FormField
from shared.template.answers import PERSON, Answer

Chosen = Mapping[str, str]
Checked = tuple[Answer, list[Problem]]


def checked(field: FormField, answer: Answer, options: Chosen, today: dt.date) -> Checked:
    """Return the answer as it is kept, and its problems. `options`: what can be chosen, or is levelled, by key.

    A kind that this version does not know is kept as it was typed.
    """
    read = _READERS.get(field.kind)
    if read is not None:
        return read(field, answer, options)
    if isinstance(answer, tuple):
        return rows_checked(field, answer, options, today)
    return answer, []


def label(field: FormField) -> str:
    """What the question is called in a complaint."""
    return f"“{field.label or field.key}”"


def _missing(field: FormField, say: str) -> list[Problem]:
    return [Problem("missing", field.key, f"{say} {label(field)}.")] if field.required else []


def _text(field: FormField, answer: Answer, options: Chosen) -> Checked:
    text = str(answer).strip()
    if not text:
        return "", _missing(field, "Fill in")
    if len(text) > field.longest:
        said = f"{label(field)} has {len(text):,} characters; {field.longest:,} is the most."
        return text, [Problem("too-long", field.key, said)]
    return text, []


def _number(field: FormField, answer: Answer, options: Chosen) -> Checked:
    text = str(answer).strip()
    if not text:
        return "", _missing(field, "Give a number for")
    number = number_from(text)
    if number is None:
        return text, [Problem("not-a-number", field.key, f"{label(field)} takes a number, such as 12.")]
    if field.least is not None and number < field.least:
        return text, [Problem("too-small", field.key, f"{label(field)}: {field.least:g} is the least.")]
    if field.most is not None and number > field.most:
        return text, [Problem("too-large", field.key, f"{label(field)}: {field.most:g} is the most.")]
    return f"{number:.6f}".rstrip("0").rstrip("."), []


def _day(field: FormField, answer: Answer, options: Chosen) -> Checked:
    text = str(answer).strip()
    if not text:
        return "", _missing(field, "Give a day for")
    day = day_from(text)
    if day is None:
        return text, [Problem("not-a-day", field.key, f"{label(field)}: write a real day, such as 13/5/2027.")]
    return day.isoformat(), []


def _one(field: FormField, answer: Answer, options: Chosen) -> Checked:
    if not answer:
        return "", _missing(field, "Choose an answer to")
    if answer not in options:
        return answer, [_no_choice(field)]
    return answer, []


def _several(field: FormField, answer: Answer, options: Chosen) -> Checked:
    chosen = tuple(dict.fromkeys(one for one in answer if isinstance(one, str) and one))
    if not chosen:
        return (), _missing(field, "Choose at least one answer to")
    problems = [_no_choice(field)] if any(one not in options for one in chosen) else []
    if field.least is not None and len(chosen) < field.least:
        problems.append(Problem("too-few", field.key, f"{label(field)}: choose at least {field.least:g}."))
    if field.most is not None and len(chosen) > field.most:
        problems.append(Problem("too-many", field.key, f"{label(field)}: choose at most {field.most:g}."))
    return chosen, problems


def _levels(field: FormField, answer: Answer, options: Chosen) -> Checked:
    """`options` are the levels; the things levelled are what the answer names. The form knows which must be there."""
    given = {key: level for key, level in answer.items() if level} if isinstance(answer, dict) else {}
    if not given:
        return {}, _missing(field, "Choose a level for each line of")
    if any(level not in options for level in given.values()):
        return given, [_no_choice(field)]
    return given, []


def _person(field: FormField, answer: Answer, options: Chosen) -> Checked:
    given = {key: " ".join(answer.get(key, "").split()) for key in PERSON} if isinstance(answer, dict) else {}
    if not any(given.values()):
        return {}, _missing(field, "Name somebody for")
    problems = []
    if not given["name"]:
        problems.append(Problem("missing", f"{field.key}.name", f"{label(field)}: give the name."))
    if not is_address(given["address"]):
        said = f"{label(field)}: give a work email address, such as a.name@school.example."
        problems.append(Problem("address", f"{field.key}.address", said))
    return given, problems


def _no_choice(field: FormField) -> Problem:
    said = f"{label(field)}: an answer that was chosen cannot be chosen any more; choose again."
    return Problem("unknown-choice", field.key, said)


_READERS: dict[str, Callable[[FormField, Answer, Chosen], Checked]] = {
    "text": _text,
    "number": _number,
    "day": _day,
    **dict.fromkeys(("yes-no", "choice", "agreement", "topic", "recognise"), _one),
    **dict.fromkeys(("several", "rank", "topics"), _several),
    "level": _levels,
    "person": _person,
}
