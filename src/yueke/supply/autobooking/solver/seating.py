"""Who teaches which lesson while it is being decided: a board of offers and edges."""

from typing import NamedTuple

import numpy as np

from yueke.supply.autobooking.solver.network import Marks
from yueke.supply.autobooking.solver.problem import Flags, Ints, Offers

UNLIKED = 1 << 20


class Board(NamedTuple):
    """Which offer each taken edge has, which edge each offer; the free offers of each group first.

    The offers of group g lie in `shelf[group_first[g]:group_first[g + 1]]`, the `free[g]` free
    ones in front; `spot` says where each lies. `rank` is how liked an edge's teacher is, 0 the
    most, and UNLIKED for all others. Pairs are as `pair_loops` lists them.
    """

    classes: int
    profiles: int
    first: Ints
    learner: Ints
    klass: Ints
    cells: Ints
    bucket: Ints
    room: Ints
    state: Marks
    teaches: Flags
    flow: Ints
    offer_of: Ints
    rank: Ints
    edge_of: Ints
    offer_group: Ints
    group_first: Ints
    shelf: Ints
    spot: Ints
    free: Ints
    pairs_first: Ints
    pair_edge: Ints
    pair_offer: Ints
    pair_rank: Ints


def shelves(offers: Offers) -> tuple[Ints, Ints, Ints, Ints]:
    """Return group_first, shelf, spot and the group of each offer; a shelf's best lies last."""
    profiles = offers.teaches.shape[1]
    group = offers.cell * profiles + offers.profile
    shelf = np.lexsort((-offers.order, group)).astype(np.int32)
    spot = np.empty_like(shelf)
    spot[shelf] = np.arange(len(shelf), dtype=np.int32)
    sizes = np.bincount(group, minlength=offers.cells * profiles)
    group_first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    return group_first, shelf, spot, group.astype(np.int32)
