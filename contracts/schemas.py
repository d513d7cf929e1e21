"""Writes and reads the released schemas, `contracts/schemas/<message>.json`."""

import json
from pathlib import Path
from typing import Any

from contracts.compare import incompatibilities
from shared.commands.catalogue import REQUESTS
from shared.events.catalogue import EVENTS
from shared.events.people import ContactCard

HERE = Path(__file__).parent
SCHEMAS = HERE / "schemas"
EXAMPLES = HERE / "examples"


def current() -> dict[str, dict[str, Any]]:
    """Name of each message -> its JSON Schema as the code has it now."""
    found: dict[str, dict[str, Any]] = {name: event.model_json_schema() for name, event in EVENTS.items()}
    found["people.ContactCard.v1"] = ContactCard.model_json_schema()
    for subject, request in REQUESTS.items():
        found[subject] = request.model_json_schema()
        found[f"{subject}.reply"] = request.Reply.model_json_schema(mode="serialization")
    return found


def released() -> dict[str, dict[str, Any]]:
    """Name of each released message -> its schema."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMAS.glob("*.json"))}


def problems() -> list[str]:
    """Why the code may not be released as it is: incompatible, missing or unreleased messages."""
    old, new = released(), current()
    found = [f"{name}: released, but no longer in the code" for name in old.keys() - new.keys()]
    for name in sorted(new):
        if name not in old:
            found.append(f"{name}: not released yet; run `make contracts` and commit what it writes")
            continue
        request = name.startswith(("commands.", "queries.")) and not name.endswith(".reply")
        breaks = incompatibilities(old[name], new[name], may_accept_more=request)
        found += [f"{name}: {sentence}" for sentence in breaks]
        if not breaks and old[name] != new[name]:
            found.append(f"{name}: has grown; run `make contracts` and commit what it writes")
    return found


def release() -> list[str]:
    """Write every schema that is new or has grown; returns the incompatible ones, which are left as they were."""
    SCHEMAS.mkdir(exist_ok=True)
    old, refused = released(), []
    for name, schema in current().items():
        request = name.startswith(("commands.", "queries.")) and not name.endswith(".reply")
        breaks = incompatibilities(old[name], schema, may_accept_more=request) if name in old else []
        if breaks:
            refused += [f"{name}: {sentence}" for sentence in breaks]
            continue
        (SCHEMAS / f"{name}.json").write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return refused
