"""When learners are busy, asked under their locks."""

from collections.abc import Collection

from yueke.booking.rules.facts import BusyCell, Cell
from yueke.kernel.columns import instants, numbers
from yueke.kernel.transaction import Question

_ROOM = __package__.rpartition(".")[0]


def busy_cells(market_id: int, cells: Collection[Cell]) -> Question:
    """Ask which of these half-hours of learners are taken; rows are BusyCell."""
    params = (numbers(lrn for lrn, _ in cells), instants(at for _, at in cells), market_id)
    return Question(_ROOM, "busy", params, BusyCell)
