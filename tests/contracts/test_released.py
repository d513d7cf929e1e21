"""What is released stays readable, and what is described is what is exchanged."""

import json

from contracts import document, schemas, settings_table, topology
from shared.commands.catalogue import REQUESTS
from shared.events.catalogue import EVENTS


def test_the_code_keeps_the_released_contracts():
    assert schemas.problems() == []


def test_documents_and_topology_are_current():
    assert document.stale() == []
    assert topology.stale() == []
    assert settings_table.stale() == []


def test_a_planted_break_is_found(tmp_path, monkeypatch):
    name = "scheduling.VisitMoved.v1"
    changed = schemas.released()[name]
    changed["properties"]["room"] = {"type": "string"}
    changed["required"].append("room")
    (tmp_path / f"{name}.json").write_text(json.dumps(changed), encoding="utf-8")
    monkeypatch.setattr(schemas, "SCHEMAS", tmp_path)
    assert f"{name}: .room is gone" in schemas.problems()


def test_every_message_is_described():
    page = document.events_page()
    for event in EVENTS.values():
        assert f"### {event.__name__} v{event.v}" in page
        assert event.__doc__
    for subject, request in REQUESTS.items():
        assert f"`{subject}`" in page
        assert request.__doc__


def test_asyncapi_names_every_channel():
    described = document.asyncapi()["channels"]
    assert len(described) == len(EVENTS) + len(REQUESTS)
