"""Practitioners to projects as a minimum-cost flow (cost scaling, Goldberg 1997, in OR-Tools).

    source -> school that sends -> practitioner -> project -> school that receives -> sink

A convex cost is a set of parallel arcs of one unit each, the cheapest of which fill first. A practitioner without a
project is a unit of flow from source to sink directly.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ortools.graph.python import min_cost_flow

__all__ = ["Network"]


@dataclass
class Network:
    """A flow network, built arc by arc. Any hashable is a node."""

    nodes: dict[object, int] = field(default_factory=dict)
    arcs: list[tuple[int, int, int, int]] = field(default_factory=list)

    def arc(self, tail: object, head: object, capacity: int, cost: int) -> int:
        """Add an arc; its number."""
        ends = [self.nodes.setdefault(node, len(self.nodes)) for node in (tail, head)]
        self.arcs.append((ends[0], ends[1], capacity, cost))
        return len(self.arcs) - 1

    def solve(self, source: object, sink: object, amount: int) -> list[int]:
        """The flow on each arc, by its number. Raises RuntimeError where the amount does not fit."""
        solver = min_cost_flow.SimpleMinCostFlow()
        for tail, head, capacity, cost in self.arcs:
            solver.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost)
        solver.set_node_supply(self.nodes[source], amount)
        solver.set_node_supply(self.nodes[sink], -amount)
        status = solver.solve()
        if status != solver.OPTIMAL:
            raise RuntimeError(f"No flow of {amount}: {status.name}.")
        return [solver.flow(arc) for arc in range(len(self.arcs))]
