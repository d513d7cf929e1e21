"""What an entry is called where it can be chosen: its school, and the first thing that it says."""

from collections.abc import Mapping

from services.reporting.domain.entries.records import Entry
from shared.template import Form
from shared.template.answers import Answer, choices
from shared.template.template import Template

LONGEST = 80


def title(entry: Entry, form: Form, template: Template, school: str = "") -> str:
    """The entry's title for people who may choose it. Only what was submitted is used."""
    answers = entry.submitted.answers if entry.submitted else {}
    for field in form.fields:
        if answers.get(field.key):
            words = _words(answers[field.key], choices(field, template) or {})
            return ": ".join(part for part in (school, words) if part)
    return school or form.title


def _words(answer: Answer, options: dict[str, str]) -> str:
    if isinstance(answer, str):
        return _short(options.get(answer, answer))
    if isinstance(answer, Mapping):
        return _short(next((value for value in answer.values() if value), ""))
    first = next(iter(answer), "")
    if isinstance(first, dict):
        return _short(next((value for value in first.values() if value), ""))
    return _short(", ".join(options.get(str(one), str(one)) for one in answer))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
