"""Small random weeks, and what OR-tools says can be done in them."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from yueke.supply.autobooking.solver.problem import Offers, Plan, Wants, ints

# So much more is a lesson worth than a liked teacher.
LESSON = 1_000


@dataclass(frozen=True)
class Shape:
    """How large an instance is, at most."""

    wants: int = 12
    teachers: int = 6
    cells: int = 8
    classes: int = 3
    tiers: int = 1
    kept: float = 0


def make(*, seed: int, shape: Shape) -> tuple[Wants, Offers]:
    """Make a week: scarce offers of teachers who can do some of it, wants that overlap."""
    rng = np.random.default_rng(seed)
    count, teachers = (
        int(rng.integers(1, shape.wants + 1)),
        int(rng.integers(1, shape.teachers + 1)),
    )
    cells = int(rng.integers(1, shape.cells + 1))
    sizes = rng.integers(0, cells + 1, count)
    first = ints(np.concatenate([[0], np.cumsum(sizes)]))
    times = [rng.permutation(cells)[:size] for size in sizes]
    liked = [rng.permutation(teachers)[: int(rng.integers(0, 3))] for _ in range(count)]
    lessons = rng.integers(0, 4, count)
    chosen = np.concatenate([*times, np.zeros(0)])
    wants = Wants(
        lessons=ints(lessons),
        klass=ints(rng.integers(0, shape.classes, count)),
        a_day=ints(np.where(rng.random(count) < 0.5, rng.integers(1, 3, count), 4)),
        tier=ints(rng.integers(0, shape.tiers, count)),
        first=first,
        cells=ints(chosen),
        days=ints(chosen // 3),
        liked_first=ints(np.concatenate([[0], np.cumsum([len(one) for one in liked])])),
        liked=ints(np.concatenate([*liked, np.zeros(0)])),
    )
    return wants, _offers(rng, shape, teachers, cells, count)


def _offers(
    rng: np.random.Generator, shape: Shape, teachers: int, cells: int, wants: int
) -> Offers:
    profiles = int(rng.integers(1, 5))
    teaches = rng.random((shape.classes, profiles)) < 0.6
    teaches[:, -1] = False
    teacher, cell = np.nonzero(rng.random((teachers, cells)) < rng.random())
    is_kept = rng.random(len(teacher)) < shape.kept
    profile = rng.integers(0, profiles, teachers)[teacher]
    return Offers(
        teacher=ints(teacher),
        cell=ints(cell),
        profile=ints(np.where(is_kept, profiles - 1, profile)),
        kept_for=ints(np.where(is_kept, rng.integers(0, wants, len(teacher)), -1)),
        order=ints(rng.permutation(len(teacher))),
        teaches=teaches,
        cells=cells,
    )


def best(wants: Wants, offers: Offers, *, served: int = 0) -> tuple[int, int]:
    """Return the most lessons there can be, and with liked teachers the most among those.

    Only tiers from `served` on take part.
    """
    flow = SimpleMinCostFlow()
    nodes = _Nodes()
    for want in np.flatnonzero(wants.tier >= served):
        _add_want(flow, nodes, wants, offers, int(want))
    for offer in range(offers.count):
        flow.add_arc_with_capacity_and_unit_cost(nodes["offer", offer], nodes["sink"], 1, 0)
    source, sink = nodes["source"], nodes["sink"]
    flow.set_node_supply(source, int(wants.lessons.sum()))
    flow.set_node_supply(sink, -int(wants.lessons.sum()))
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    lessons = flow.maximum_flow()
    return lessons, -flow.optimal_cost()


class _Nodes(dict[object, int]):
    def __getitem__(self, key: object) -> int:
        return self.setdefault(key, len(self))


def _add_want(
    flow: SimpleMinCostFlow, nodes: _Nodes, wants: Wants, offers: Offers, want: int
) -> None:
    def arc(tail: int, head: int, capacity: int, cost: int = 0) -> None:
        flow.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost)

    arc(nodes["source"], nodes["want", want], int(wants.lessons[want]))
    liked = set(wants.liked[wants.liked_first[want] : wants.liked_first[want + 1]].tolist())
    edges = range(wants.first[want], wants.first[want + 1])
    for day in {int(wants.days[edge]) for edge in edges}:
        arc(nodes["want", want], nodes["day", want, day], int(wants.a_day[want]))
    for edge in edges:
        here = nodes["time", edge]
        arc(nodes["day", want, int(wants.days[edge])], here, 1)
        for offer in np.flatnonzero(offers.cell == wants.cells[edge]):
            may = offers.teaches[wants.klass[want], offers.profile[offer]]
            if may or offers.kept_for[offer] == want:
                is_liked = int(offers.teacher[offer]) in liked and offers.kept_for[offer] < 0
                arc(here, nodes["offer", int(offer)], 1, -int(is_liked))


def check(wants: Wants, offers: Offers, plan: Plan) -> None:
    """See that a plan can be carried out as it stands."""
    edge = wants.first[plan.want] + plan.place
    assert (edge < wants.first[plan.want + 1]).all()
    assert (offers.cell[plan.offer] == wants.cells[edge]).all()
    kept = offers.kept_for[plan.offer]
    may = offers.teaches[wants.klass[plan.want], offers.profile[plan.offer]]
    assert (np.where(kept >= 0, kept == plan.want, may)).all()
    assert len(np.unique(plan.offer)) == len(plan.offer)
    assert len(np.unique(edge)) == len(edge)
    assert (np.bincount(plan.want, minlength=wants.count) <= wants.lessons).all()
    days = plan.want * 1_000 + wants.days[edge]
    numbers, counts = np.unique(days, return_counts=True)
    assert (counts <= wants.a_day[numbers // 1_000]).all()


def liked_count(plan: Plan) -> int:
    """Return how many lessons have a liked teacher."""
    return int((plan.rank >= 0).sum())
