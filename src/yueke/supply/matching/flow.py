"""A flow of least cost, solved exactly; and who is assigned to what at the least cost."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Flow:
    """A network whose nodes are numbers; arcs carry whole units, each at a cost."""

    def __init__(self) -> None:
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415  the web never needs it

        self._network: Any = min_cost_flow.SimpleMinCostFlow()

    def add(self, tail: int, head: int, *, units: int = 1, cost: int = 0) -> int:
        """Add an arc that can carry so many units, at so much each; return its number."""
        arc: int = self._network.add_arc_with_capacity_and_unit_cost(tail, head, units, cost)
        return arc

    def solve(self, *, source: int, sink: int, units: int) -> None:
        """Send so many units from the source to the sink at the least cost there can be."""
        self._network.set_node_supply(source, units)
        self._network.set_node_supply(sink, -units)
        status = self._network.solve()
        assert status == self._network.OPTIMAL, status

    def through(self, arc: int) -> int:
        """Return how many units go through an arc."""
        amount: int = self._network.flow(arc)
        return amount


def assign(costs: NDArray[np.int64]) -> list[int]:
    """Return the column of each row of a square of costs, the sum being the least there can be."""
    size = len(costs)
    source, sink = 2 * size, 2 * size + 1
    flow = Flow()
    arcs = [
        [flow.add(row, size + column, cost=int(cost)) for column, cost in enumerate(of_row)]
        for row, of_row in enumerate(costs)
    ]
    for place in range(size):
        flow.add(source, place)
        flow.add(size + place, sink)
    flow.solve(source=source, sink=sink, units=size)
    return [next(at for at, arc in enumerate(of_row) if flow.through(arc)) for of_row in arcs]
