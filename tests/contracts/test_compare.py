"""The contract check refuses what would break a reader, and lets an event grow."""

from typing import Literal

import pytest
from pydantic import BaseModel, Field

from contracts.compare import incompatibilities


class Place(BaseModel):
    town: str


class Released(BaseModel):
    visit_id: str
    places: tuple[Place, ...]
    note: str = ""
    answer: Literal["yes", "no"] = "yes"


class Grown(Released):
    seats: int | None = None


class Lost(BaseModel):
    visit_id: str
    places: tuple[Place, ...]
    answer: Literal["yes", "no"] = "yes"


class Demanding(Released):
    seats: int


class Stricter(Released):
    note: str


class Looser(Released):
    visit_id: str = ""


class Retyped(Released):
    visit_id: int  # type: ignore[assignment]  # the break is the point


class OtherPlace(BaseModel):
    town: str
    street: str


class Deeper(Released):
    places: tuple[OtherPlace, ...]  # type: ignore[assignment]  # the break is the point


class Wider(Released):
    answer: Literal["yes", "no", "maybe"] = "yes"  # type: ignore[assignment]  # the break is the point


class Reworded(Released):
    """Another description."""

    note: str = Field("", description="other words")


def compared(model, **options):
    return incompatibilities(Released.model_json_schema(), model.model_json_schema(), **options)


@pytest.mark.parametrize("model", [Released, Grown, Reworded])
def test_growing_by_optional_fields_is_compatible(model):
    assert compared(model) == []


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (Lost, ".note is gone"),
        (Demanding, ".seats is new and required; give it a default"),
        (Stricter, ".note has become required"),
        (Looser, ".visit_id is no longer always there"),
        (Retyped, ".visit_id: type was 'string' and is 'integer'"),
        (Deeper, ".places[].street is new and required; give it a default"),
        (Wider, ".answer: enum was ['yes', 'no'] and is ['yes', 'no', 'maybe']"),
    ],
)
def test_anything_else_is_refused_by_name(model, sentence):
    assert compared(model) == [sentence]


def test_a_command_may_accept_more_than_before():
    assert compared(Wider, may_accept_more=True) == []
    assert compared(Looser, may_accept_more=True) == []
    assert compared(Demanding, may_accept_more=True) == [".seats is new and required; give it a default"]


def test_a_pattern_that_its_own_default_did_not_fit_may_be_mended_and_no_other():
    def schema(pattern, default):
        return {"type": "object", "properties": {"key": {"type": "string", "pattern": pattern, "default": default}}}

    assert incompatibilities(schema("^[a-z]+$", ""), schema("^[a-z]*$", "")) == []
    refused = [".key: pattern was '^[a-z]+$' and is '^[a-z]*$'"]
    assert incompatibilities(schema("^[a-z]+$", "a"), schema("^[a-z]*$", "a")) == refused
    assert incompatibilities(schema("^[a-z]+$", ""), schema("^[0-9]+$", "")) != []
