"""The solver against assignments whose optimum is known: small ones, and the OR-Library's."""

import os
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from yueke.supply.matching.flow import assign

FOLDER = os.environ.get("YUEKE_ASSIGN_FOLDER")
OPTIMA = {"assign100.txt": 305, "assign200.txt": 475, "assign300.txt": 626, "assign400.txt": 804}


def cost_of(costs: NDArray[np.int64]) -> int:
    """Assign, each column once, and return what it costs."""
    columns = assign(costs)
    assert sorted(columns) == list(range(len(costs)))
    return int(sum(costs[row, column] for row, column in enumerate(columns)))


def test_small_assignments_cost_the_least_that_any_could() -> None:
    rng = np.random.default_rng(7)
    for _ in range(300):
        size = int(rng.integers(1, 6))
        costs = rng.integers(0, 20, (size, size))
        orders = permutations(range(size))
        least = min(sum(costs[row, order[row]] for row in range(size)) for order in orders)
        assert cost_of(costs) == least


@pytest.mark.skipif(not FOLDER, reason="no folder of instances: YUEKE_ASSIGN_FOLDER")
@pytest.mark.parametrize(("name", "optimum"), OPTIMA.items())
def test_the_instances_of_the_or_library_cost_their_known_optimum(name: str, optimum: int) -> None:
    assert FOLDER is not None
    size, *costs = (int(word) for word in (Path(FOLDER) / name).read_text().split())
    assert cost_of(np.array(costs).reshape(size, size)) == optimum
