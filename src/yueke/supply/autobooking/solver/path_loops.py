"""The loops that walk shortest paths to free offers, and move the lessons along them.

Plain loops over arrays: they run as they stand, and compiled (`compiled.py`).
"""

from yueke.supply.autobooking.solver.network import Levels, Network, Walk
from yueke.supply.autobooking.solver.problem import Ints


def augment(net: Network, walk: Walk, levels: Levels, order: Ints) -> int:
    """Walk every shortest path there is from learners in need, in this order; return how many."""
    done = 0
    for learner in order:
        for edge in range(net.first[learner], net.first[learner + 1]):
            if net.need[learner] <= 0:
                break
            fits = net.state[edge] == 0 and net.room[net.bucket[edge]] > 0
            if fits and levels.pair[net.node[edge]] == 1 and _search(net, walk, levels, edge):
                done += 1
    return done


def _search(net: Network, walk: Walk, levels: Levels, start: int) -> bool:
    """Walk one path from a learner's edge; give one more lesson if it ends at a free offer."""
    pairs, top = len(levels.pair), 0
    _step(net, walk, 0, net.node[start], start, -1)
    while top >= 0:
        node = walk.node[top]
        if node >= pairs and net.free[node - pairs] > 0:
            _move(net, walk, top, pairs)
            net.need[net.learner[start]] -= 1
            return True
        if node < pairs:
            further = _from_pair(net, walk, levels, top, node)
        else:
            further = _from_group(net, walk, levels, top, node - pairs)
        if further:
            top += 1
            continue
        if node < pairs:
            levels.pair[node] = -1
        else:
            levels.group[node - pairs] = -1
        if walk.new[top] >= 0:
            walk.walking[net.learner[walk.new[top]]] -= 1
        top -= 1
    return False


def _step(net: Network, walk: Walk, top: int, node: int, new: int, old: int) -> None:
    walk.node[top] = node
    walk.new[top] = new
    walk.old[top] = old
    if new >= 0:
        walk.walking[net.learner[new]] += 1


def _from_pair(net: Network, walk: Walk, levels: Levels, top: int, pair: int) -> bool:
    """Go on to a group that serves the pair, or to where one who is taught here could go."""
    pairs, level = len(levels.pair), levels.pair[pair] + 1
    cell, klass = pair // net.classes, pair % net.classes
    while walk.at_profile[pair] < net.profiles:
        group = cell * net.profiles + walk.at_profile[pair]
        if net.teaches[klass, walk.at_profile[pair]] and levels.group[group] == level:
            _step(net, walk, top + 1, pairs + group, -1, -1)
            return True
        walk.at_profile[pair] += 1
    while walk.at_member[pair] < walk.begins[pair + 1]:
        old = walk.members[walk.at_member[pair]]
        learner = net.learner[old]
        if net.state[old] == 1:
            # Steps are checked as if each were the only one: of one learner's in a path, one at
            # most may be to another day.
            once = walk.walking[learner] == 0
            for edge in range(max(walk.at_edge[pair], net.first[learner]), net.first[learner + 1]):
                same = net.bucket[edge] == net.bucket[old]
                fits = same or (once and net.room[net.bucket[edge]] > 0)
                if net.state[edge] == 0 and fits and levels.pair[net.node[edge]] == level:
                    walk.at_edge[pair] = edge
                    _step(net, walk, top + 1, net.node[edge], edge, old)
                    return True
        walk.at_member[pair] += 1
        walk.at_edge[pair] = 0
    return False


def _from_group(net: Network, walk: Walk, levels: Levels, top: int, group: int) -> bool:
    """Go on to a pair that this group serves, and that another group could serve as well."""
    cell, profile = group // net.profiles, group % net.profiles
    while walk.at_class[group] < net.classes:
        pair = cell * net.classes + walk.at_class[group]
        if (
            net.flow[pair * net.profiles + profile] > 0
            and levels.pair[pair] == levels.group[group] + 1
        ):
            _step(net, walk, top + 1, pair, -1, -1)
            return True
        walk.at_class[group] += 1
    return False


def _move(net: Network, walk: Walk, top: int, pairs: int) -> None:
    """Move the lessons along a path that ends at a free offer."""
    net.free[walk.node[top] - pairs] -= 1
    for step in range(top, -1, -1):
        node, new, old = walk.node[step], walk.new[step], walk.old[step]
        if node >= pairs:
            profile = (node - pairs) % net.profiles
            net.flow[walk.node[step - 1] * net.profiles + profile] += 1
        elif new < 0:
            profile = (walk.node[step - 1] - pairs) % net.profiles
            net.flow[node * net.profiles + profile] -= 1
        else:
            net.state[new] = 1
            net.room[net.bucket[new]] -= 1
            walk.walking[net.learner[new]] -= 1
            if old >= 0:
                net.state[old] = 0
                net.room[net.bucket[old]] += 1
