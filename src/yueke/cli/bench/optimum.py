"""The most that any plan could reach, by OR-tools on a network of its own making."""

from dataclasses import dataclass, field

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from yueke.kernel.arrays import Numbers
from yueke.supply.autobooking.solver.problem import Offers, Wants

PLENTY = 10_000_000


@dataclass
class Arcs:
    """A network under construction: nodes are numbers, arcs come by the array."""

    nodes: int = 0
    parts: list[Numbers] = field(default_factory=list)

    def add_nodes(self, count: int) -> Numbers:
        """Return the numbers of new nodes."""
        self.nodes += count
        return np.arange(self.nodes - count, self.nodes)

    def add(self, tail: Numbers, head: Numbers, capacity: Numbers | int, cost: int = 0) -> None:
        """Add arcs; what is one number is the same for all."""
        self.parts.append(np.stack(np.broadcast_arrays(tail, head, capacity, cost)))


def best(wants: Wants, offers: Offers) -> tuple[int, int]:
    """Return the most lessons there can be, and with liked teachers the most among those."""
    arcs = Arcs()
    source, sink = arcs.add_nodes(1), arcs.add_nodes(1)
    times = _add_learners(arcs, source, wants)
    _add_offers(arcs, sink, times, wants, offers)
    tails, heads, capacities, costs = np.concatenate(arcs.parts, axis=1)
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), capacities, costs
    )
    total = int(wants.lessons.sum())
    flow.set_node_supply(int(source[0]), total)
    flow.set_node_supply(int(sink[0]), -total)
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    return flow.maximum_flow(), -flow.optimal_cost()


def _add_learners(arcs: Arcs, source: Numbers, wants: Wants) -> Numbers:
    """Add learners, their days and their times; return for each time where it is led on from.

    A day that holds one lesson needs no nodes for its times.
    """
    learner = np.repeat(np.arange(wants.count), np.diff(wants.first))
    learners = arcs.add_nodes(wants.count)
    arcs.add(source, learners, wants.lessons.astype(np.int64))
    days, day = np.unique(learner * 7 + wants.days, return_inverse=True)
    of_day = arcs.add_nodes(len(days))
    arcs.add(learners[days // 7], of_day, wants.a_day[days // 7].astype(np.int64))
    found: Numbers = of_day[day.reshape(-1)]
    several = np.flatnonzero(wants.a_day[learner] > 1)
    times = arcs.add_nodes(len(several))
    arcs.add(found[several], times, 1)
    found[several] = times
    return found


def _add_offers(arcs: Arcs, sink: Numbers, times: Numbers, wants: Wants, offers: Offers) -> None:
    """Lead each time to all who may teach it, and at a gain of one to the liked among them."""
    classes, profiles = offers.teaches.shape
    learner = np.repeat(np.arange(wants.count), np.diff(wants.first))
    pairs, groups = (arcs.add_nodes(offers.cells * kinds) for kinds in (classes, profiles))
    arcs.add(times, pairs[wants.cells * classes + wants.klass[learner]], 1)
    klass, profile = np.nonzero(offers.teaches)
    for cell in range(offers.cells):
        arcs.add(pairs[cell * classes + klass], groups[cell * profiles + profile], PLENTY)
    group = offers.cell * profiles + offers.profile
    time, offer = _liked(wants, offers, learner)
    asked, place = np.unique(offer, return_inverse=True)
    liked = arcs.add_nodes(len(asked))
    arcs.add(times[time], liked[place.reshape(-1)], 1, -1)
    arcs.add(groups[group[asked]], liked, 1)
    arcs.add(liked, sink, 1)
    sizes = np.bincount(group, minlength=offers.cells * profiles)
    arcs.add(groups, sink, sizes - np.bincount(group[asked], minlength=len(sizes)))


def _liked(wants: Wants, offers: Offers, learner: Numbers) -> tuple[Numbers, Numbers]:
    """Return the pairs of a time and an offer of a liked teacher who may teach it."""
    key = offers.teacher.astype(np.int64) * offers.cells + offers.cell
    counts = np.diff(wants.liked_first)
    times, found = [], []
    for place in range(int(counts.max(initial=0))):
        rows = np.flatnonzero(counts[learner] > place)
        teacher = wants.liked[wants.liked_first[learner[rows]] + place].astype(np.int64)
        asked = teacher * offers.cells + wants.cells[rows]
        spot = np.minimum(np.searchsorted(key, asked), len(key) - 1)
        hit = key[spot] == asked
        able = offers.teaches[wants.klass[learner[rows]], offers.profile[spot]]
        times.append(rows[hit & able])
        found.append(spot[hit & able])
    return np.concatenate(times), np.concatenate(found)
