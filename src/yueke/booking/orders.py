"""What callers ask of the booking room, and what they get back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from yueke.inventory.orders import Target
from yueke.kernel.actor import Actor
from yueke.notices.operations import Key

Command = TypeVar("Command")


@dataclass(slots=True)
class BookLesson:
    """Book one lesson. `lot_id` names the coupon or lot to pay with; None: the first to expire.

    `permission` is the line of the table that lets the caller's channel do it. With `force`, time
    that the teacher has not offered is taken all the same, as a slot for `target`, else for this
    learner alone (F-1); `keep` says what becomes of such a slot when the learner cancels (T-3).
    `target` is whom else's time may be taken, which the caller's room has made sure of. `until`
    is the last instant at which it may be booked where that is not its start (H5-11). Without a
    teacher it is overbooked: one is found at entry (SD-6). `free` costs nothing (SD-5).
    """

    learner_id: int
    teacher_id: int | None
    starts_at: datetime
    product: str
    asset: str = "credit"
    lot_id: int | None = None
    reason: str = ""
    force: bool = False
    until: datetime | None = None
    permission: str = "book"
    target: Target | None = None
    keep: bool | None = None
    free: bool = False


@dataclass(slots=True)
class CancelSeat:
    """Leave one seat."""

    seat_id: int
    reason: str = ""


@dataclass(slots=True)
class Order(Generic[Command]):
    """One request: who asks, under which key, for what.

    `body_hash` is the SHA-256 of what was asked, so that a key used again for something else
    is noticed. With `all_or_none` every command succeeds or none does; with `first_of` the first
    that can be carried out is, and the answer has its result alone.
    """

    actor: Actor
    key: str
    body_hash: bytes
    commands: list[Command]
    all_or_none: bool = False
    first_of: bool = False
    # Whose key it is.
    request_key: Key = field(init=False)

    def __post_init__(self) -> None:
        self.request_key = Key(self.actor.kind, self.actor.id, self.key)


@dataclass(slots=True)
class Booked:
    """A lesson that is booked, and what was paid for it."""

    seat_id: int
    lesson_id: int
    learner_id: int
    teacher_id: int | None
    starts_at: datetime
    product: str
    asset: str
    paid: int
    free_cancel_until: datetime


@dataclass(slots=True)
class Cancelled:
    """A seat that is left, and what came back to the wallet it was paid from.

    `was_vacant`: it had been left before, and names the lesson alone.
    """

    seat_id: int
    lesson_id: int
    learner_id: int
    asset: str
    paid: int
    refunded: int
    was_vacant: bool = False


@dataclass(slots=True)
class PlaceLeft:
    """A seat that is left in a lesson that stays, and what came back; `state` is the lesson's."""

    seat_id: int
    lesson_id: int
    learner_id: int
    state: str
    asset: str
    paid: int
    refunded: int


@dataclass(slots=True)
class Absent:
    """A seat whose learner did not come, or whose teacher did not, and what came back."""

    seat_id: int
    lesson_id: int
    learner_id: int
    state: str
    asset: str
    paid: int
    came_back: int


@dataclass(slots=True)
class CalledOff:
    """A seat of a lesson that the teacher called off, what came back, and the time kept instead.

    `was_vacant`: it had been left before, and names the lesson alone.
    """

    seat_id: int
    lesson_id: int
    learner_id: int
    state: str
    asset: str
    paid: int
    refunded: int
    reserved_at: datetime | None
    reserved_until: datetime | None
    was_vacant: bool = False


@dataclass(slots=True)
class PlaceTaken:
    """A seat taken in a lesson that was there, what was paid, and the seat left for it.

    `was_kept`: the learner had it all the time, and pays nothing more.
    """

    seat_id: int
    lesson_id: int
    learner_id: int
    teacher_id: int | None
    starts_at: datetime
    product: str
    asset: str
    paid: int
    free_cancel_until: datetime
    left: PlaceLeft | None
    was_kept: bool = False


@dataclass(slots=True)
class LessonChanged:
    """What a lesson is after it was changed.

    `course_number` says which lesson of its course is taught; none: the learner's next.
    """

    seat_id: int
    lesson_id: int
    state: str
    teacher_id: int | None
    course_number: int | None = None
