"""Whether a document has the shape of the language: known fields, values of the right type, patterns of keys."""

import datetime as dt
import difflib
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

TIME = 'this is a time of day, such as "09:30".'
_WORDED = {
    "missing": "this is missing.",
    "string_type": "this is text; put it in quotes if it looks like a number.",
    "int_type": "this is a whole number.",
    "int_parsing": "this is a whole number.",
    "bool_type": "this is true or false.",
    "bool_parsing": "this is true or false.",
    "tuple_type": "this is a list: [one, another].",
    "time_parsing": TIME,
    "string_pattern_mismatch": "a key is small letters, digits and hyphens, and begins with a letter.",
}


_PROSE = frozenset(
    {"access", "address", "confirm", "default", "hint", "intro", "label", "name", "purpose", "sector", "setting",
     "source", "speaker", "subject", "summary", "text", "title"}
)  # fmt: skip
"""Settings that hold words for people: which of them may be empty is another matter."""
_PARTS = frozenset({"model_type", "model_attributes_type"})


def shaped(data: dict[str, Any]) -> tuple[Template | None, list[Fault]]:
    """The template, or what keeps the document from being one."""
    faults = list(_unknown(data, Template, ()))
    try:
        template = Template.model_validate(data)
    except ValidationError as error:
        faults += [Fault(_place(one["loc"]), _said(one)) for one in error.errors()]
        return None, faults
    return (None if faults else template), faults


def _unknown(data: Any, model: Any, at: Where) -> Iterator[Fault]:
    """Fields that the language does not have."""
    inner = _model_in(model)
    if isinstance(data, dict) and inner is not None:
        for name, value in data.items():
            field = inner.model_fields.get(str(name))
            if field is None:
                yield Fault((*at, str(name)), _no_such(str(name), list(inner.model_fields)))
            else:
                yield from _unknown(value, field.annotation, (*at, str(name)))
                yield from _odd(value, str(name), field.annotation, (*at, str(name)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _unknown(value, model, (*at, index))


def _odd(value: Any, name: str, annotation: Any, at: Where) -> Iterator[Fault]:
    """Values that could be taken for something else: a number for a time, a yes for a number, nothing for a key."""
    kinds = {annotation, *get_args(annotation)}
    if isinstance(value, bool) and kinds & {int, float} and bool not in kinds:
        yield Fault(at, "this is a number.")
    elif isinstance(value, int | float) and dt.time in kinds:
        yield Fault(at, TIME)
    elif isinstance(value, dict) and _model_in(annotation) is None:
        for key, one in value.items():
            yield from _odd(one, str(key), annotation, (*at, str(key)))
    elif isinstance(value, str) and not value.strip() and name not in _PROSE:
        yield Fault(at, f"this is empty: say something, or leave `{name}` out.")


def _no_such(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}."
    return f"there is no field '{name}'; {hint}"


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The pydantic model inside an annotation like `tuple[Topic, ...]` or `Venue | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {tuple, list, Union, types.UnionType}:
        return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
    return None


def _place(loc: tuple[str | int, ...]) -> Where:
    return tuple(part for part in loc if not (isinstance(part, str) and "[" in part))


def _said(error: Any) -> str:
    """The sentence; where a part with fields of its own is written as one word, with the fields that it needs."""
    part = _part_at(tuple(error["loc"]))
    if error["type"] in _PARTS and part is not None:
        needed = [name for name, field in part.model_fields.items() if field.is_required()] or list(part.model_fields)
        return f"this has fields of its own: {{{', '.join(f'{name}: ...' for name in needed[:3])}}}."
    return _worded(error["type"], error["msg"])


def _part_at(loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that stands at a place of a template."""
    found: type[BaseModel] | None = Template
    for name in loc:
        if isinstance(name, str) and found is not None and name in found.model_fields:
            found = _model_in(found.model_fields[name].annotation)
    return found


def _worded(kind: str, message: str) -> str:
    return _WORDED.get(kind, message.removeprefix("Value error, ").rstrip(".") + ".")
