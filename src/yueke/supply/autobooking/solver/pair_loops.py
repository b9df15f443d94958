"""The loops that find where a liked teacher is free at an acceptable time.

Plain loops over arrays: they run as they stand, and compiled (`compiled.py`).
"""

from yueke.supply.autobooking.solver.problem import Flags, Ints


def count_pairs(
    first: Ints,
    cells: Ints,
    klass: Ints,
    liked_first: Ints,
    liked: Ints,
    begins: Ints,
    offer_cells: Ints,
    profile: Ints,
    teaches: Flags,
    pairs_first: Ints,
) -> int:
    """Count a want's pairs of an acceptable time and a liked teacher's offer; return the total.

    `begins` cuts the offers, sorted by teacher and cell, into those of each teacher.
    """
    total = 0
    for want in range(len(klass)):
        pairs_first[want] = total
        for place in range(liked_first[want], liked_first[want + 1]):
            teacher = liked[place]
            for edge in range(first[want], first[want + 1]):
                offer = offer_at(begins, offer_cells, teacher, cells[edge])
                if offer >= 0 and teaches[klass[want], profile[offer]]:
                    total += 1
    pairs_first[len(klass)] = total
    return total


def list_pairs(
    first: Ints,
    cells: Ints,
    klass: Ints,
    liked_first: Ints,
    liked: Ints,
    begins: Ints,
    offer_cells: Ints,
    profile: Ints,
    teaches: Flags,
    edges: Ints,
    offers: Ints,
    ranks: Ints,
) -> None:
    """Write the pairs that were counted: the edge, the offer, and the teacher's place."""
    total = 0
    for want in range(len(klass)):
        for place in range(liked_first[want], liked_first[want + 1]):
            teacher = liked[place]
            for edge in range(first[want], first[want + 1]):
                offer = offer_at(begins, offer_cells, teacher, cells[edge])
                if offer >= 0 and teaches[klass[want], profile[offer]]:
                    edges[total] = edge
                    offers[total] = offer
                    ranks[total] = place - liked_first[want]
                    total += 1


def offer_at(begins: Ints, offer_cells: Ints, teacher: int, cell: int) -> int:
    """Return the offer of a teacher at a cell, or -1."""
    low, high = begins[teacher], begins[teacher + 1]
    while low < high:
        middle = (low + high) // 2
        if offer_cells[middle] < cell:
            low = middle + 1
        else:
            high = middle
    if low < begins[teacher + 1] and offer_cells[low] == cell:
        return int(low)
    return -1
