"""Every message on the bus has a golden example that its class still reads and writes to the letter."""

import json

import pytest

from contracts.schemas import EXAMPLES
from shared.events.base import Fact
from shared.events.catalogue import EVENTS
from shared.events.people import ContactCard

MESSAGES: dict[str, type[Fact]] = {**EVENTS, "people.ContactCard.v1": ContactCard}


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_example_is_read_and_written_as_it_stands(name):
    text = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert MESSAGES[name].model_validate(text).model_dump(mode="json") == text


def test_no_example_is_left_over():
    assert {path.stem for path in EXAMPLES.glob("*.json")} == set(MESSAGES)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_subject_carries_context_name_version_and_aggregate(name):
    event = EVENTS[name].model_validate_json((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    context, kind, version = name.split(".")
    assert event.subject == f"events.{context}.{kind}.{version}.{event.aggregate_id}"
    assert event.aggregate_id.count("-") <= 1
    assert " " not in event.subject


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_a_reader_survives_a_field_it_does_not_know(name):
    text = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert EVENTS[name].model_validate({**text, "added_next_year": 1}).model_dump(mode="json") == text
