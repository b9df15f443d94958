"""The loops that better a whole plan step by step, never with fewer lessons: teachers, then times.

Plain loops over arrays: they run as they stand, and compiled (`compiled.py`).
"""

from yueke.supply.autobooking.solver.seat_loops import leave, take
from yueke.supply.autobooking.solver.seating import Board


def like_more(board: Board, unliked: int) -> int:
    """Give lessons teachers who are liked more, others moving aside; return how many got one."""
    gained = 0
    for learner in range(len(board.klass)):
        for pair in range(board.pairs_first[learner], board.pairs_first[learner + 1]):
            edge, offer = board.pair_edge[pair], board.pair_offer[pair]
            rank, holder = board.pair_rank[pair], board.edge_of[offer]
            if holder >= 0 and board.learner[holder] == learner:
                continue
            mine = _given_up_for(board, learner, edge, rank)
            if mine < 0:
                continue
            if holder < 0:
                _move(board, mine, edge, offer, rank)
                gained += 1
            elif board.rank[holder] == unliked:
                if _make_way(board, holder, unliked):
                    _move(board, mine, edge, offer, rank)
                    gained += 1
                elif _exchange(board, holder, mine, edge, rank, unliked):
                    gained += 1
            elif _make_way_liked(board, holder):
                _move(board, mine, edge, offer, rank)
                gained += 1
    return gained


def _given_up_for(board: Board, learner: int, edge: int, rank: int) -> int:
    """Return the learner's lesson, the least liked, that this time may stand for, or -1."""
    if board.state[edge] != 0:
        may = board.state[edge] == 1 and board.rank[edge] > rank
        return edge if may else -1
    worst = -1
    for other in range(board.first[learner], board.first[learner + 1]):
        if board.state[other] != 1 or board.rank[other] <= rank:
            continue
        if board.bucket[other] != board.bucket[edge] and board.room[board.bucket[edge]] <= 0:
            continue
        if worst < 0 or board.rank[other] > board.rank[worst]:
            worst = other
    return worst


def _move(board: Board, old: int, new: int, offer: int, rank: int) -> None:
    """Move a lesson to a time and a free offer."""
    leave(board, old)
    board.state[old] = 0
    board.room[board.bucket[old]] += 1
    board.state[new] = 1
    board.room[board.bucket[new]] -= 1
    take(board, new, offer, rank)


def _make_way(board: Board, edge: int, unliked: int) -> bool:
    """Move a lesson whose teacher is nobody in particular to any free offer, at its time first."""
    learner = board.learner[edge]
    offer = _free_offer(board, board.klass[learner], board.cells[edge])
    if offer >= 0:
        _move(board, edge, edge, offer, unliked)
        return True
    for other in range(board.first[learner], board.first[learner + 1]):
        if board.state[other] != 0:
            continue
        if board.bucket[other] != board.bucket[edge] and board.room[board.bucket[other]] <= 0:
            continue
        offer = _free_offer(board, board.klass[learner], board.cells[other])
        if offer >= 0:
            _move(board, edge, other, offer, unliked)
            return True
    return False


def _make_way_liked(board: Board, edge: int) -> bool:
    """Move a lesson with a liked teacher to another free offer of one liked no less."""
    learner = board.learner[edge]
    for pair in range(board.pairs_first[learner], board.pairs_first[learner + 1]):
        other, offer = board.pair_edge[pair], board.pair_offer[pair]
        if board.pair_rank[pair] > board.rank[edge] or board.edge_of[offer] >= 0:
            continue
        if other != edge:
            if board.state[other] != 0:
                continue
            if board.bucket[other] != board.bucket[edge] and board.room[board.bucket[other]] <= 0:
                continue
        _move(board, edge, other, offer, board.pair_rank[pair])
        return True
    return False


def _exchange(board: Board, holder: int, mine: int, edge: int, rank: int, unliked: int) -> bool:
    """Let the holder of a liked offer have the one that is given up for it, if it may."""
    old, liked = board.offer_of[mine], board.offer_of[holder]
    learner, profile = board.learner[holder], board.offer_group[old] % board.profiles
    if not board.teaches[board.klass[learner], profile]:
        return False
    there = _time_of(board, learner, holder, board.cells[mine])
    if there < 0:
        return False
    leave(board, mine)
    _move(board, holder, there, old, unliked)
    board.state[mine] = 0
    board.room[board.bucket[mine]] += 1
    board.state[edge] = 1
    board.room[board.bucket[edge]] -= 1
    take(board, edge, liked, rank)
    return True


def _time_of(board: Board, learner: int, edge: int, cell: int) -> int:
    """Return where a learner could take a cell instead of an edge, or -1."""
    if board.cells[edge] == cell:
        return edge
    for other in range(board.first[learner], board.first[learner + 1]):
        if board.cells[other] == cell and board.state[other] == 0:
            fits = board.bucket[other] == board.bucket[edge]
            return other if fits or board.room[board.bucket[other]] > 0 else -1
    return -1


def prefer_times(board: Board, unliked: int) -> int:
    """Move lessons to times liked more, the teacher as liked as before; return how many moved."""
    moved = 0
    for edge in range(len(board.cells)):
        if board.state[edge] != 1:
            continue
        learner = board.learner[edge]
        for better in range(board.first[learner], edge):
            if board.state[better] != 0:
                continue
            same = board.bucket[better] == board.bucket[edge]
            if not same and board.room[board.bucket[better]] <= 0:
                continue
            if _move_to_time(board, learner, edge, better, unliked):
                moved += 1
                break
    return moved


def _move_to_time(board: Board, learner: int, edge: int, better: int, unliked: int) -> bool:
    if board.rank[edge] == unliked:
        offer = _free_offer(board, board.klass[learner], board.cells[better])
        if offer >= 0:
            _move(board, edge, better, offer, unliked)
        return offer >= 0
    for pair in range(board.pairs_first[learner], board.pairs_first[learner + 1]):
        if board.pair_edge[pair] != better or board.pair_rank[pair] > board.rank[edge]:
            continue
        if board.edge_of[board.pair_offer[pair]] < 0:
            _move(board, edge, better, board.pair_offer[pair], board.pair_rank[pair])
            return True
    return False


def _free_offer(board: Board, klass: int, cell: int) -> int:
    """Return the best free offer at a cell that can serve a klass, or -1."""
    for profile in range(board.profiles):
        group = cell * board.profiles + profile
        if board.teaches[klass, profile] and board.free[group] > 0:
            return int(board.shelf[board.group_first[group] + board.free[group] - 1])
    return -1
