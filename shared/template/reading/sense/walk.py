"""Walks a template: every part with its place, every text written in one of the small grammars with its place."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from shared.template.reading.faults import Where
from shared.template.words import Grammar


def parts(model: BaseModel, at: Where = ()) -> Iterator[tuple[Where, BaseModel]]:
    """The model and every model inside it."""
    yield at, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from parts(value, (*at, name))
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, BaseModel):
                    yield from parts(one, (*at, name, index))


def written_in(grammar: Grammar, model: BaseModel) -> Iterator[tuple[Where, str]]:
    """Every text of the model that is written in this grammar; blank ones are left out."""
    for at, part in parts(model):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if grammar in field.metadata and value:
                yield (*at, name), value
            elif isinstance(value, tuple) and _inner(field.annotation, grammar):
                yield from (((*at, name, index), one) for index, one in enumerate(value))


def _inner(annotation: Any, grammar: Grammar) -> bool:
    return any(grammar in get_args(part) for part in get_args(annotation))
