"""The consumers of all services as one file, so that the deploy step needs none of their code."""

import json
from dataclasses import asdict

from contracts.schemas import HERE
from contracts.subscribers import SERVICES, wired

FILE = HERE / "topology.json"


def current() -> str:
    """The file's text as the services are wired now: durables by service, sorted."""
    found = {name: [asdict(consumer) for consumer in wired(name).topology().consumers] for name in SERVICES}
    ordered = {name: sorted(consumers, key=lambda c: str(c["durable"])) for name, consumers in found.items()}
    return json.dumps(ordered, indent=1) + "\n"


def stale() -> list[str]:
    """A sentence if the committed file does not say what the services say."""
    if FILE.exists() and FILE.read_text(encoding="utf-8") == current():
        return []
    return ["contracts/topology.json is out of date; run `make contracts`"]
