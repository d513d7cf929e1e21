"""Texts: short enough for where they stand, on one line where they are one, and of characters that everybody sees."""

import unicodedata
from collections.abc import Iterator

from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.walk import parts
from shared.template.template import Template

_ONE_LINE = {"title": 200, "label": 300, "subject": 200, "hint": 500, "confirm": 300}
"""Setting that is one line -> most characters."""
_LONGEST = 5000
_MOST_QUESTIONS = 100
_ALLOWED = "\n\t"
_HIDDEN = frozenset({"Cc", "Co", "Cs"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
"""Characters that turn the direction of what follows, or break its line: nobody sees them."""


def faults(template: Template) -> Iterator[Fault]:
    """Texts that are too long, break their line, or hold what nobody sees; forms that nobody would finish."""
    for at, part in parts(template):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, str):
                yield from _text((*at, name), value, name)
            elif isinstance(value, tuple):
                for place, one in enumerate(value):
                    yield from _text((*at, name, place), one, name) if isinstance(one, str) else ()
    for index, form in enumerate(template.forms):
        if len(form.fields) > _MOST_QUESTIONS:
            what = f"{len(form.fields)} questions are more than anybody answers; {_MOST_QUESTIONS} is the most."
            yield Fault(("forms", index, "fields"), what)


def _text(at: Where, text: str, name: str) -> Iterator[Fault]:
    most = _ONE_LINE.get(name, _LONGEST)
    if len(text) > most:
        yield Fault(at, f"{len(text):,} characters; {most:,} is the most.")
    if name in _ONE_LINE and "\n" in text.strip():
        yield Fault(at, "this stands on one line: leave the line break out.")
    unseen = next((one for one in text if one in _TURNING or _is_hidden(one)), "")
    if unseen:
        yield Fault(at, f"there is a character that nobody sees (U+{ord(unseen):04X}); write it anew.")


def _is_hidden(one: str) -> bool:
    return one not in _ALLOWED and unicodedata.category(one) in _HIDDEN
