"""The loops that give each lesson of the flow a teacher: liked ones where they were found.

Plain loops over arrays: they run as they stand, and compiled (`compiled.py`).
"""

from yueke.supply.autobooking.solver.problem import Ints
from yueke.supply.autobooking.solver.seating import Board


def take(board: Board, edge: int, offer: int, rank: int) -> None:
    """Give a lesson this free offer."""
    group = board.offer_group[offer]
    board.free[group] -= 1
    swap(board, offer, board.group_first[group] + board.free[group])
    board.offer_of[edge] = offer
    board.edge_of[offer] = edge
    board.rank[edge] = rank


def leave(board: Board, edge: int) -> None:
    """Let a lesson's offer be free."""
    offer = board.offer_of[edge]
    group = board.offer_group[offer]
    swap(board, offer, board.group_first[group] + board.free[group])
    board.free[group] += 1
    board.offer_of[edge] = -1
    board.edge_of[offer] = -1


def swap(board: Board, offer: int, there: int) -> None:
    """Lay an offer at another spot of its shelf, and what lay there at its own."""
    here, other = board.spot[offer], board.shelf[there]
    board.shelf[here] = other
    board.spot[other] = here
    board.shelf[there] = offer
    board.spot[offer] = there


def seat_liked(board: Board, wished: Ints, ranks: Ints) -> None:
    """Give lessons the liked offers that were found for them, where the flow can be turned so.

    `wished[edge]` is the offer or -1.
    """
    for edge in range(len(wished)):
        offer = wished[edge]
        if offer < 0 or board.state[edge] != 1 or board.edge_of[offer] >= 0:
            continue
        klass = board.klass[board.learner[edge]]
        if _turn(board, board.cells[edge], klass, board.offer_group[offer] % board.profiles):
            take(board, edge, offer, ranks[edge])


def _turn(board: Board, cell: int, klass: int, profile: int) -> bool:
    """Spend one lesson of a pair's flow through a profile, swapped with another's if need be."""
    own = (cell * board.classes + klass) * board.profiles
    if board.flow[own + profile] > 0:
        board.flow[own + profile] -= 1
        return True
    for through in range(board.profiles):
        if board.flow[own + through] == 0:
            continue
        group = cell * board.profiles + profile
        if board.free[group] > _promised(board, cell, profile):
            board.flow[own + through] -= 1
            return True
        for other in range(board.classes):
            theirs = (cell * board.classes + other) * board.profiles
            if board.flow[theirs + profile] > 0 and board.teaches[other, through]:
                board.flow[own + through] -= 1
                board.flow[theirs + profile] -= 1
                board.flow[theirs + through] += 1
                return True
    return False


def _promised(board: Board, cell: int, profile: int) -> int:
    """Return how many free offers of a group the flow still needs."""
    total = 0
    for klass in range(board.classes):
        total += board.flow[(cell * board.classes + klass) * board.profiles + profile]
    return total


def seat_rest(board: Board, unliked: int) -> None:
    """Give every other lesson the best free offer of a group through which its pair flows."""
    for edge in range(len(board.cells)):
        if board.state[edge] != 1 or board.offer_of[edge] >= 0:
            continue
        klass = board.klass[board.learner[edge]]
        own = (board.cells[edge] * board.classes + klass) * board.profiles
        for profile in range(board.profiles):
            if board.flow[own + profile] > 0:
                board.flow[own + profile] -= 1
                group = board.cells[edge] * board.profiles + profile
                last = board.group_first[group] + board.free[group] - 1
                take(board, edge, board.shelf[last], unliked)
                break
