"""A teacher for each lesson: liked ones as often as can be, with not one lesson fewer."""

from dataclasses import dataclass

import numpy as np

from yueke.supply.autobooking.solver import pair_loops, seat_loops, swap_loops
from yueke.supply.autobooking.solver.compiled import loops_for
from yueke.supply.autobooking.solver.flow import fill
from yueke.supply.autobooking.solver.network import FIXED, TAKEN, Network
from yueke.supply.autobooking.solver.problem import Ints, Offers, Wants, ints
from yueke.supply.autobooking.solver.seating import UNLIKED, Board, shelves

# Each sweep looks at every wish once; after these next to nothing moves any more.
SWEEPS = 6


@dataclass(frozen=True)
class Pairs:
    """A want's acceptable times with a liked teacher's offer there; `first` cuts them by want."""

    first: Ints
    edge: Ints
    offer: Ints
    rank: Ints


def find_pairs(wants: Wants, offers: Offers) -> Pairs:
    """Find where liked teachers are free at acceptable times."""
    loops = loops_for(pair_loops, size=len(wants.cells))
    teachers = max(offers.teacher.max(initial=-1), wants.liked.max(initial=-1)) + 1
    sizes = np.bincount(offers.teacher, minlength=teachers)
    facts = (
        wants.first,
        wants.cells,
        wants.klass,
        wants.liked_first,
        wants.liked,
        ints(np.concatenate([[0], np.cumsum(sizes)])),
        offers.cell,
        offers.profile,
        offers.teaches,
    )
    first = np.zeros(wants.count + 1, np.int32)
    total = loops.count_pairs(*facts, first)
    edge, offer, rank = (np.empty(total, np.int32) for _ in range(3))
    loops.list_pairs(*facts, edge, offer, rank)
    return Pairs(first, edge, offer, rank)


def wish(net: Network, pairs: Pairs, lessons: Ints) -> tuple[Ints, Ints]:
    """Return for each edge the liked offer it may have, or -1, and its rank: the most that can be.

    It is the flow again, with each liked offer a cell of its own; `lessons` is what each learner
    will have. Of a day that may hold several lessons, one counts here.
    """
    asked, node = np.unique(pairs.offer, return_inverse=True)
    fixed = net.state[pairs.edge] == FIXED
    little = Network(
        classes=1,
        profiles=1,
        first=pairs.first,
        learner=net.learner[pairs.edge],
        node=ints(node.reshape(-1)),
        bucket=net.bucket[pairs.edge],
        room=np.minimum(net.room, 1),
        need=lessons.copy(),
        state=np.where(fixed, FIXED, 0).astype(np.int8),
        teaches=np.ones((1, 1), np.bool_),
        free=np.ones(len(asked), np.int32),
        flow=np.zeros(len(asked), np.int32),
    )
    fill(little)
    chosen = np.flatnonzero(little.state == TAKEN)
    offer, rank = (np.full(len(net.node), -1, np.int32) for _ in range(2))
    offer[pairs.edge[chosen]] = pairs.offer[chosen]
    rank[pairs.edge[chosen]] = pairs.rank[chosen]
    return offer, rank


def seat(
    net: Network, wants: Wants, offers: Offers, pairs: Pairs, wished: tuple[Ints, Ints], kept: Ints
) -> Board:
    """Seat every lesson of the flow, then better teachers and times as long as that helps.

    `kept[edge]` is the offer that is kept for the learner alone, or -1.
    """
    board = _board(net, wants, offers, pairs)
    seats = loops_for(seat_loops, size=len(net.node))
    swaps = loops_for(swap_loops, size=len(net.node))
    for edge in np.flatnonzero(kept >= 0):
        seat_loops.take(board, int(edge), int(kept[edge]), UNLIKED)
    seats.seat_liked(board, *wished)
    seats.seat_rest(board, UNLIKED)
    for _ in range(SWEEPS):
        if not swaps.like_more(board, UNLIKED):
            break
    for _ in range(SWEEPS):
        if not swaps.prefer_times(board, UNLIKED):
            break
    return board


def _board(net: Network, wants: Wants, offers: Offers, pairs: Pairs) -> Board:
    group_first, shelf, spot, group = shelves(offers)
    edges = len(net.node)
    return Board(
        classes=net.classes,
        profiles=net.profiles,
        first=net.first,
        learner=net.learner,
        klass=wants.klass,
        cells=wants.cells,
        bucket=net.bucket,
        room=net.room,
        state=net.state,
        teaches=offers.teaches,
        flow=net.flow,
        offer_of=np.full(edges, -1, np.int32),
        rank=np.full(edges, UNLIKED, np.int32),
        edge_of=np.full(offers.count, -1, np.int32),
        offer_group=group,
        group_first=group_first,
        shelf=shelf,
        spot=spot,
        free=ints(np.diff(group_first)),
        pairs_first=pairs.first,
        pair_edge=pairs.edge,
        pair_offer=pairs.offer,
        pair_rank=pairs.rank,
    )
