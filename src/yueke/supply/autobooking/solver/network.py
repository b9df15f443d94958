"""The network through which lessons flow, and the notes of a walk through it.

A learner's acceptable time leads to a *pair* (cell, klass), a pair to the *groups* (cell, profile)
of offers that can serve it. How a cell's lessons are spread over its groups is one number a pair
and profile, so half a million learners meet in a few thousand nodes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yueke.supply.autobooking.solver.problem import Flags, Ints

OPEN, TAKEN, FIXED = 0, 1, 2
Marks = NDArray[np.int8]


class Network(NamedTuple):
    """Edges are acceptable times; `state` says which are taken, and which of those must stay.

    `room` is what a day (or a time) of a learner still holds, `need` what a learner still wants.
    `flow[pair * profiles + profile]` counts lessons, `free[cell * profiles + profile]` offers.
    """

    classes: int
    profiles: int
    first: Ints
    learner: Ints
    node: Ints
    bucket: Ints
    room: Ints
    need: Ints
    state: Marks
    teaches: Flags
    free: Ints
    flow: Ints


class Levels(NamedTuple):
    """How far from the learners still in need each node is: 0 where nobody gets, -1 a dead end."""

    pair: Ints
    group: Ints


class Walk(NamedTuple):
    """A path being tried, and how far each node has been searched in this phase.

    `new` is the edge by which a pair was come to, `old` the one that its learner gives up for it.
    """

    node: Ints
    new: Ints
    old: Ints
    walking: Marks
    at_profile: Ints
    at_member: Ints
    at_edge: Ints
    at_class: Ints
    begins: Ints
    members: Ints


def new_walk(net: Network) -> Walk:
    """Return notes with room for the longest path there can be."""
    pairs, groups = len(net.flow) // net.profiles, len(net.free)

    def zeros(size: int) -> Ints:
        return np.zeros(size, np.int32)

    return Walk(
        node=zeros(pairs + groups + 1),
        new=zeros(pairs + groups + 1),
        old=zeros(pairs + groups + 1),
        walking=np.zeros(len(net.need), np.int8),
        at_profile=zeros(pairs),
        at_member=zeros(pairs),
        at_edge=zeros(pairs),
        at_class=zeros(groups),
        begins=zeros(pairs + 1),
        members=zeros(len(net.node)),
    )


def new_levels(net: Network) -> Levels:
    """Return levels of no node reached."""
    pairs = len(net.flow) // net.profiles
    return Levels(np.zeros(pairs, np.int32), np.zeros(len(net.free), np.int32))
