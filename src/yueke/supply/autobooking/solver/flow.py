"""As many lessons as can be, fairly: who missed more comes first, one each before a second."""

import numpy as np

from yueke.supply.autobooking.solver import flow_loops, path_loops
from yueke.supply.autobooking.solver.compiled import loops_for
from yueke.supply.autobooking.solver.network import Network, new_levels, new_walk
from yueke.supply.autobooking.solver.problem import Ints, Wants, ints


def serve_by_tiers(net: Network, wants: Wants, lessons: Ints) -> None:
    """Give each want up to `lessons`, higher tiers first; whoever is served stays so.

    That keeps the number of all lessons the largest possible (a path only ever moves those who
    are served before), and of each tier, after those above it.
    """
    for tier in np.unique(wants.tier)[::-1]:
        mine = wants.tier == tier
        for share in (np.minimum(lessons, 1), lessons):
            given = ints(np.where(mine, share, 0)) - np.where(mine, _given(net), 0)
            net.need[:] = np.maximum(given, 0)
            fill(net)
    net.need[:] = 0


def fill(net: Network) -> int:
    """Give learners what they need, as far as any arrangement can; return how much is missing."""
    greedy = loops_for(flow_loops, size=len(net.node))
    paths = loops_for(path_loops, size=len(net.node))
    tight, order = _contested(net)
    greedy.take_greedily(net, order, tight)
    walk, levels = new_walk(net), new_levels(net)
    queue = np.zeros(len(levels.pair) + len(levels.group), np.int32)
    while np.any(net.need > 0):
        greedy.gather(net, walk)
        if not greedy.reach(net, walk, levels, queue):
            break
        if not paths.augment(net, walk, levels, order):
            break
        order = order[net.need[order] > 0]
    return int(net.need.sum())


def _given(net: Network) -> Ints:
    """Return how many lessons each learner has."""
    taken = net.learner[net.state > 0]
    return ints(np.bincount(taken, minlength=len(net.need)))


def _contested(net: Network) -> tuple[Ints, Ints]:
    """Return how contested each pair is, and the learners in need, who have the least choice first.

    Contested is thousandths of wishes an offer.
    """
    pairs = len(net.flow) // net.profiles
    asked = np.bincount(net.node[net.need[net.learner] > 0], minlength=pairs)
    offered = net.free.reshape(-1, net.profiles) @ net.teaches.T.astype(np.int64)
    tight = ints(np.minimum(1000 * asked / np.maximum(offered.reshape(-1), 0.5), 2e9))
    choice = np.bincount(net.learner, weights=1000 / (1 + tight[net.node]), minlength=len(net.need))
    needy = np.flatnonzero(net.need > 0)
    order = needy[np.argsort(choice[needy] / net.need[needy], kind="stable")]
    return tight, ints(order)
