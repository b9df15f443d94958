"""The planner: first as many lessons as possible, then known teachers, then liked times."""

import numpy as np

from yueke.supply.autobooking.solver.flow import fill, serve_by_tiers
from yueke.supply.autobooking.solver.network import FIXED, OPEN, TAKEN, Network
from yueke.supply.autobooking.solver.problem import Ints, Offers, Plan, Wants, ints
from yueke.supply.autobooking.solver.seating import UNLIKED, Board
from yueke.supply.autobooking.solver.teachers import find_pairs, seat, wish


def make_plan(wants: Wants, offers: Offers) -> Plan:
    """Plan a week for wants of lessons of one length; offers are by teacher and cell (SD-10).

    A learner's own kept offers are used first: nobody else can. The number of lessons is the
    largest there can be, and who gets them is fair by tiers; the flow that says so is then laid
    out anew around the liked teachers, every learner keeping their number of lessons.
    """
    net = build(wants, offers)
    kept = take_kept(net, wants, offers)
    serve_by_tiers(net, wants, wants.lessons)
    lessons = ints(np.bincount(net.learner[net.state == TAKEN], minlength=wants.count))
    net = build(wants, offers)
    take_kept(net, wants, offers)
    pairs = find_pairs(wants, offers)
    wished = wish(net, pairs, lessons)
    _lay_around(net, offers, wished[0], lessons)
    return _told(seat(net, wants, offers, pairs, wished, kept), offers)


def build(wants: Wants, offers: Offers) -> Network:
    """Return the network with nothing in it."""
    classes, profiles = offers.teaches.shape
    learner = ints(np.repeat(np.arange(wants.count), np.diff(wants.first)))
    # Whoever may have several lessons a day has as many a day; a time is taken once in any case.
    is_spread = wants.a_day[learner] < wants.lessons[learner]
    day = np.where(is_spread, wants.days, 7 + np.arange(len(learner)))
    _, sample, bucket = np.unique(
        learner * np.int64(8 + len(learner)) + day, return_index=True, return_inverse=True
    )
    room = np.where(is_spread, wants.a_day[learner], 1)[sample]
    group = offers.cell * profiles + offers.profile
    return Network(
        classes=classes,
        profiles=profiles,
        first=wants.first,
        learner=learner,
        node=ints(wants.cells * classes + wants.klass[learner]),
        bucket=ints(bucket.reshape(-1)),
        room=ints(room),
        need=np.zeros(wants.count, np.int32),
        state=np.zeros(len(learner), np.int8),
        teaches=offers.teaches,
        free=ints(np.bincount(group, minlength=offers.cells * profiles)),
        flow=np.zeros(offers.cells * classes * profiles, np.int32),
    )


def take_kept(net: Network, wants: Wants, offers: Offers) -> Ints:
    """Give learners the offers kept for them, where they want them; return the offer by edge."""
    kept = np.full(len(net.node), -1, np.int32)
    left = wants.lessons.copy()
    for offer in np.flatnonzero(offers.kept_for >= 0):
        want = offers.kept_for[offer]
        edges = np.arange(wants.first[want], wants.first[want + 1])
        for edge in edges[wants.cells[edges] == offers.cell[offer]]:
            if left[want] > 0 and net.state[edge] == OPEN and net.room[net.bucket[edge]] > 0:
                kept[edge] = offer
                net.state[edge] = FIXED
                net.room[net.bucket[edge]] -= 1
                left[want] -= 1
    return kept


def _lay_around(net: Network, offers: Offers, wished: Ints, lessons: Ints) -> None:
    """Fill the network up to these lessons, around the liked offers; move those only if need be."""
    chosen = np.flatnonzero(wished >= 0)
    profile = offers.profile[wished[chosen]]
    group = offers.cell[wished[chosen]] * net.profiles + profile
    net.state[chosen] = FIXED
    np.subtract.at(net.room, net.bucket[chosen], 1)
    np.subtract.at(net.free, group, 1)
    net.need[:] = lessons - np.bincount(net.learner[chosen], minlength=len(net.need))
    missing = fill(net)
    net.state[chosen] = TAKEN
    np.add.at(net.flow, net.node[chosen] * net.profiles + profile, 1)
    if missing:
        missing = fill(net)
    assert not missing, "what could be given once can be given again"


def _told(board: Board, offers: Offers) -> Plan:
    place = np.flatnonzero(board.offer_of >= 0)
    learner, offer, rank = board.learner[place], board.offer_of[place], board.rank[place]
    free = board.free.reshape(-1, board.profiles) @ offers.teaches.T.astype(np.int64)
    return Plan(
        want=learner,
        place=ints(place - board.first[learner]),
        offer=offer,
        rank=ints(np.where(rank == UNLIKED, -1, rank)),
        choices=ints(1 + free[board.cells[place], board.klass[learner]]),
    )
