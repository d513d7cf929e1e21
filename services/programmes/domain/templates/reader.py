"""Reads a template's YAML and says, by line and field, what is wrong with it.

Days may be written month-day (`09-25`). A field that the contract does not know is an error here, although events
ignore unknown fields: a template's misspelt rule must not be silently dropped.
"""

import re
import types
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from services.programmes.domain.templates.sense import faults_of_sense
from shared.events.template import MonthDay, ProgrammeTemplate
from shared.template.reading.document import UnreadableError, parse
from shared.template.reading.faults import Fault, Where

__all__ = ["WrongTemplate", "read_template"]

_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")


class WrongTemplate(ValueError):  # noqa: N818 - named for what it says to a person
    """The template cannot be used; its text has one line for each fault."""


@lru_cache(maxsize=16)
def read_template(text: str, source: str) -> ProgrammeTemplate:
    """The template that the YAML declares; `source` names the file in messages. Raises `WrongTemplate`.

    Reading takes long, and the same few texts are read again.
    """
    try:
        document = parse(text)
    except UnreadableError as error:
        raise WrongTemplate(f"{source}, line {error.fault.line}: {error.fault.what}") from error
    data: Any = document.data
    faults = [*((one.at, one.what) for one in document.repeated), *_unknown(data, ProgrammeTemplate, ())]
    if not faults:
        data = _with_days(data, ProgrammeTemplate)
        try:
            template = ProgrammeTemplate.model_validate(data)
        except ValidationError as error:
            faults = [(tuple(one["loc"]), _worded(one["msg"])) for one in error.errors()]
        else:
            faults = list(faults_of_sense(template))
            if not faults:
                return template
    raise WrongTemplate(
        "\n".join(f"{source}, line {document.line(at)}, {Fault(at, what).path}: {what}" for at, what in faults)
    )


def _unknown(data: Any, model: Any, at: Where) -> Iterator[tuple[Where, str]]:
    """Fields that the contract does not have."""
    inner = _model_in(model)
    if isinstance(data, dict) and inner is not None:
        for key, value in data.items():
            field = inner.model_fields.get(str(key))
            if field is None:
                known = ", ".join(inner.model_fields)
                yield (*at, str(key)), f"there is no such field; known here: {known}."
            else:
                yield from _unknown(value, field.annotation, (*at, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _unknown(value, model, (*at, index))


def _with_days(data: Any, model: Any) -> Any:
    """`09-25` as a month and a day wherever the contract wants one."""
    inner = _model_in(model)
    if inner is MonthDay and isinstance(data, str) and (found := _MONTH_DAY.fullmatch(data)):
        return {"month": int(found[1]), "day": int(found[2])}
    if isinstance(data, dict) and inner is not None:
        return {key: _with_days(value, inner.model_fields[key].annotation) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_days(value, model) for value in data]
    return data


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The pydantic model inside an annotation like `tuple[Topic, ...]` or `Window | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {tuple, list, Union, types.UnionType}:
        return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
    return None


def _worded(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".") + "."
