"""What another strategy would do: it is set, the coming half-hours are read, all is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from yueke.booking.overbooking.rooms import Room, rooms_of
from yueke.curriculum import queries as curriculum
from yueke.kernel.grid import cells_between
from yueke.kernel.transaction import read, rehearse
from yueke.notices.once import Request
from yueke.supply.overbooking.commands import Step, set_strategy
from yueke.supply.overbooking.holds import AHEAD


@dataclass(frozen=True, slots=True)
class Fortnight:
    """The half-hours of the two weeks for which teachers are held, as a strategy makes them."""

    rooms: list[Room]

    @property
    def half_hours(self) -> int:
        """How many may be overbooked."""
        return sum(room.ceiling > 0 for room in self.rooms)

    @property
    def places(self) -> int:
        """How many lessons they have room for in all."""
        return sum(room.ceiling for room in self.rooms)

    @property
    def wanted(self) -> int:
        """How many half-hours of teachers are to be held (SD-7)."""
        return sum(room.wanted for room in self.rooms)

    @property
    def over(self) -> list[datetime]:
        """At which more are booked than may be."""
        return [room.starts_at for room in self.rooms if room.taken > room.ceiling]


def try_strategy(
    request: Request, *, product: str, steps: Sequence[Step], seen: str | None = None
) -> tuple[Fortnight, Fortnight]:
    """Return how a product's half-hours are, and would be under other steps (SD-7).

    Refuses as `set_strategy` does.
    """
    with rehearse():
        before = _read_fortnight(request, product)
        carried_out = replace(request, dry_run=False)
        set_strategy(carried_out, product=product, steps=steps, seen=seen).only()
        after = _read_fortnight(request, product)
    return before, after


def _read_fortnight(request: Request, product: str) -> Fortnight:
    market_id, now = request.actor.market_id, request.now
    number = curriculum.get_product(market_id=market_id, code=product).pk
    keys = [(number, cell) for cell in cells_between(now, now + AHEAD)]
    with read() as work:
        [rooms] = work.ask(rooms_of(market_id=market_id, rooms=keys)).fetch()
    return Fortnight(sorted(rooms, key=lambda room: room.starts_at))
