"""The hot routes that write: what each takes, and how it shows what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from yueke.api import bodies, reading, showing
from yueke.api.hot.answers import Answered, of_error, shown
from yueke.api.hot.batcher import Command, Outcome
from yueke.booking import commands as booking
from yueke.booking.orders import BookLesson, CancelSeat, Order
from yueke.kernel.actor import Actor
from yueke.supply.matching import enter
from yueke.supply.overbooking.overbook import overbook_lessons


@dataclass(frozen=True, slots=True)
class Write:
    """One address to post to."""

    path: str
    body: type
    asked: Callable[[Any], Any]
    asks: type
    command: Command
    show: Callable[[Any], dict[str, Any]]

    def order(self, actor: Actor, request_key: str, body: bytes) -> Order[Any]:
        """Return what is ordered. Refuses what cannot be read."""
        asked = self.asked(bodies.decode(body, self.body))
        return Order(actor, request_key, reading.body_hash(self.path, body), [asked])

    def answered(self, outcome: Outcome) -> Answered:
        """Return the answer to what was ordered."""
        result = outcome if isinstance(outcome, Exception) else outcome.results[0]
        if isinstance(result, Exception):
            return of_error(result)
        return shown(201, self.show(result))


BOOK: Final = Write(
    "/api/v1/bookings",
    bodies.Booking,
    bodies.to_book,
    BookLesson,
    booking.book_lessons,
    showing.booked,
)
CANCEL: Final = Write(
    "/api/v1/cancellations",
    bodies.Cancellation,
    bodies.to_cancel,
    CancelSeat,
    booking.cancel_seats,
    showing.cancelled,
)
OVERBOOK: Final = Write(
    "/api/v1/overbookings",
    bodies.Overbooking,
    bodies.to_overbook,
    BookLesson,
    overbook_lessons,
    showing.booked,
)
ENTER: Final = Write(
    "/api/v1/room-entries",
    bodies.Entry,
    bodies.to_enter,
    enter.EnterRoom,
    enter.enter_rooms,
    showing.entered,
)
WRITES: Final = {write.path: write for write in (BOOK, CANCEL, OVERBOOK, ENTER)}
