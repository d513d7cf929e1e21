"""What a template leaves out travels with it: `ProgrammeOpened` carries every default, and readers check it again."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from pydantic import BaseModel, ConfigDict, create_model

import shared.template
from shared.events.base import Fact

for _module in iter_modules(shared.template.__path__, "shared.template."):
    import_module(_module.name)


def _below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


MODELS = sorted(
    {one for one in _below(Fact) if one.__module__.startswith("shared.template.")}, key=lambda one: one.__qualname__
)


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__qualname__)
def test_every_default_is_a_value_that_readers_take(model: type[BaseModel]) -> None:
    left_out = {
        name: (field.rebuild_annotation(), field.get_default(call_default_factory=True))
        for name, field in model.model_fields.items()
        if not field.is_required()
    }
    checked = create_model("Checked", __config__=ConfigDict(validate_default=True), **left_out)  # type: ignore[call-overload]  # fields by name
    checked.model_validate_json(checked().model_dump_json())


def test_models_were_found() -> None:
    assert len(MODELS) > 20
