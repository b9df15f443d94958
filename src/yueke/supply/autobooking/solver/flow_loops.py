"""The loops of the flow: the most lessons, by phases of shortest paths (Hopcroft and Karp, Dinic).

Plain loops over arrays: they run as they stand, and compiled (`compiled.py`).
"""

from yueke.supply.autobooking.solver.network import Levels, Network, Walk
from yueke.supply.autobooking.solver.problem import Ints


def take_greedily(net: Network, order: Ints, tight: Ints) -> None:
    """Give learners, in this order, the least contested of their times that has a free offer."""
    for learner in order:
        while net.need[learner] > 0:
            best = -1
            for edge in range(net.first[learner], net.first[learner + 1]):
                if net.state[edge] != 0 or net.room[net.bucket[edge]] <= 0:
                    continue
                better = best < 0 or tight[net.node[edge]] < tight[net.node[best]]
                if better and free_profile(net, net.node[edge]) >= 0:
                    best = edge
            if best < 0:
                break
            pair = net.node[best]
            profile = free_profile(net, pair)
            net.free[pair // net.classes * net.profiles + profile] -= 1
            net.flow[pair * net.profiles + profile] += 1
            net.state[best] = 1
            net.room[net.bucket[best]] -= 1
            net.need[learner] -= 1


def free_profile(net: Network, pair: int) -> int:
    """Return the first profile that can serve a pair and has a free offer, or -1."""
    cell, klass = pair // net.classes, pair % net.classes
    for profile in range(net.profiles):
        if net.teaches[klass, profile] and net.free[cell * net.profiles + profile] > 0:
            return profile
    return -1


def gather(net: Network, walk: Walk) -> None:
    """List by pair the edges taken that may be given up, and begin all searches anew."""
    walk.begins[:] = 0
    for edge in range(len(net.node)):
        if net.state[edge] == 1:
            walk.begins[net.node[edge] + 1] += 1
    for pair in range(len(walk.begins) - 1):
        walk.begins[pair + 1] += walk.begins[pair]
    walk.at_member[:] = walk.begins[:-1]
    for edge in range(len(net.node)):
        if net.state[edge] == 1:
            walk.members[walk.at_member[net.node[edge]]] = edge
            walk.at_member[net.node[edge]] += 1
    walk.at_member[:] = walk.begins[:-1]
    walk.at_profile[:] = 0
    walk.at_class[:] = 0
    walk.at_edge[:] = 0


def reach(net: Network, walk: Walk, levels: Levels, queue: Ints) -> bool:
    """Number the nodes by their distance from learners in need; tell whether a free offer is near.

    Nothing behind the nearest free offers is numbered.
    """
    levels.pair[:] = 0
    levels.group[:] = 0
    tail = _begin(net, levels, queue)
    pairs = len(levels.pair)
    head, nearest = 0, 0
    while head < tail:
        node = queue[head]
        head += 1
        if node < pairs:
            if nearest and levels.pair[node] >= nearest:
                break
            tail = _reach_groups(net, levels, queue, tail, node)
            tail = _reach_pairs(net, walk, levels, queue, tail, node)
        elif net.free[node - pairs] > 0:
            nearest = levels.group[node - pairs]
        elif not nearest:
            tail = _reach_from_group(net, levels, queue, tail, node - pairs)
    return nearest > 0


def _begin(net: Network, levels: Levels, queue: Ints) -> int:
    tail = 0
    for learner in range(len(net.need)):
        if net.need[learner] <= 0:
            continue
        for edge in range(net.first[learner], net.first[learner + 1]):
            pair = net.node[edge]
            fits = net.state[edge] == 0 and net.room[net.bucket[edge]] > 0
            if fits and levels.pair[pair] == 0:
                levels.pair[pair] = 1
                queue[tail] = pair
                tail += 1
    return tail


def _reach_groups(net: Network, levels: Levels, queue: Ints, tail: int, pair: int) -> int:
    cell, klass = pair // net.classes, pair % net.classes
    for profile in range(net.profiles):
        group = cell * net.profiles + profile
        if net.teaches[klass, profile] and levels.group[group] == 0:
            levels.group[group] = levels.pair[pair] + 1
            queue[tail] = len(levels.pair) + group
            tail += 1
    return tail


def _reach_pairs(
    net: Network, walk: Walk, levels: Levels, queue: Ints, tail: int, pair: int
) -> int:
    """Go on to where a learner who is taught here could be taught instead."""
    for place in range(walk.begins[pair], walk.begins[pair + 1]):
        old = walk.members[place]
        learner = net.learner[old]
        for edge in range(net.first[learner], net.first[learner + 1]):
            if net.state[edge] == 0 and levels.pair[net.node[edge]] == 0:
                same = net.bucket[edge] == net.bucket[old]
                if same or net.room[net.bucket[edge]] > 0:
                    levels.pair[net.node[edge]] = levels.pair[pair] + 1
                    queue[tail] = net.node[edge]
                    tail += 1
    return tail


def _reach_from_group(net: Network, levels: Levels, queue: Ints, tail: int, group: int) -> int:
    cell, profile = group // net.profiles, group % net.profiles
    for klass in range(net.classes):
        pair = cell * net.classes + klass
        if net.flow[pair * net.profiles + profile] > 0 and levels.pair[pair] == 0:
            levels.pair[pair] = levels.group[group] + 1
            queue[tail] = pair
            tail += 1
    return tail
