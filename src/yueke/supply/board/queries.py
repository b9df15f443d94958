"""Read a week's board, and what a wave of lessons would meet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yueke.curriculum import queries as curriculum
from yueke.kernel.actor import Actor
from yueke.kernel.columns import instants
from yueke.kernel.transaction import Question, read
from yueke.people import channels
from yueke.supply.board.rules import Outlook, spread


@dataclass(slots=True)
class Cell:
    """A half-hour: slots by state; requests that wait; lessons without a teacher, by skill."""

    starts_at: datetime
    open: int = 0
    held: int = 0
    booked: int = 0
    requested: int = 0
    missing: dict[str, int] = field(default_factory=dict)

    @property
    def missing_in_all(self) -> int:
        """Lessons without a teacher for whom nobody is held either."""
        return max(0, sum(self.missing.values()) - self.held)


@dataclass(slots=True)
class Slots:
    """Slots of a half-hour by state."""

    starts_at: datetime
    open: int
    held: int
    booked: int


@dataclass(slots=True)
class Wanted:
    """What is wanted at a half-hour and has no teacher."""

    starts_at: datetime
    product: str
    level: int
    requests: int
    lessons: int


@dataclass(slots=True)
class Able:
    """How many teachers are free at a half-hour for a product."""

    starts_at: datetime
    teachers: int


def board(*, actor: Actor, begin: datetime, end: datetime) -> dict[datetime, Cell]:
    """Return every half-hour of a range at which anything is offered or wanted.

    Refuses: channel_may_not.
    """
    channels.require(actor, "see", "supply")
    span = (actor.market_id, begin, end)
    slots: list[Slots]
    wanted: list[Wanted]
    with read() as work:
        slots, wanted = work.ask(
            Question(__package__, "slots", span, Slots),
            Question(__package__, "wanted", (*span, *span), Wanted),
        ).fetch()
    cells = {one.starts_at: Cell(one.starts_at, one.open, one.held, one.booked) for one in slots}
    for one in wanted:
        cell = cells.setdefault(one.starts_at, Cell(one.starts_at))
        cell.requested += one.requests
        if one.lessons:
            cell.missing[f"{one.product}:{one.level}"] = one.lessons
    return cells


def utilisation(cells: Sequence[Cell]) -> float:
    """Return slots booked or held ÷ slots offered (车位利用率), 0 where none is."""
    offered = sum(cell.open + cell.held + cell.booked for cell in cells)
    return sum(cell.held + cell.booked for cell in cells) / offered if offered else 0.0


def what_if(*, actor: Actor, product: str, count: int, starts: Sequence[datetime]) -> Outlook:
    """Return what so many more lessons of a product over these half-hours would meet.

    Refuses: channel_may_not, product_unknown.
    """
    channels.require(actor, "see", "supply")
    curriculum.get_product(market_id=actor.market_id, code=product)
    params = (f"{product}:", actor.market_id, instants(starts))
    rows: list[Able]
    with read() as work:
        [rows] = work.ask(Question(__package__, "able", params, Able)).fetch()
    able = {row.starts_at: row.teachers for row in rows}
    return spread(count, {start: able.get(start, 0) for start in starts})
