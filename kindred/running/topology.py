"""The consumers that services need, as `contracts/topology.json` records them (`make contracts` writes it).

`kindred bus apply` needs none of the services' code that way, and a changed durable shows in review.
"""

import json
from pathlib import Path

from shared.bus.topology import Consumer, Topology

SERVICES = ("programmes", "matching", "scheduling", "notifications", "reporting", "tasks", "portal")
RECORD = Path(__file__).parents[2] / "contracts" / "topology.json"


def recorded(path: Path = RECORD) -> Topology:
    """Read the record."""
    services = json.loads(path.read_text(encoding="utf-8"))
    rows = [row for consumers in services.values() for row in consumers]
    return Topology(tuple(Consumer(**{**row, "filters": tuple(row["filters"])}) for row in rows))
