"""Book and cancel."""

from typing import Literal

from ninja import Schema

from yueke.api.schemas.parts import Amount, Asset, Id, In, Instant, Problem, Text


class BookingIn(In):
    """Book one lesson; `lot` names the coupon or lot to pay from."""

    learner: Id
    teacher: Id
    starts_at: Instant
    product: Text
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class StartNowIn(In):
    """Book a lesson that starts now or in the next half-hour, with a teacher or the best free."""

    learner: Id
    product: Text
    teacher: Id | None = None
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class BookingListIn(In):
    """Book several lessons in order: all or none, or each that can be."""

    lessons: list[BookingIn]
    all_or_none: bool = False


class TimeIn(In):
    """One time of one teacher."""

    teacher: Id
    starts_at: Instant


class DualBookingIn(In):
    """Book a Chinese teacher and a foreign one for a learner: both, or neither."""

    learner: Id
    chinese: TimeIn
    foreign: TimeIn
    product: Text = "allround"
    pay_with: Asset = "credit"
    reason: Text = ""


class CancellationIn(In):
    """Cancel one learner's seat."""

    seat: Id
    reason: Text = ""


class BookedOut(Schema):
    """A lesson just booked."""

    seat: str
    lesson: str
    state: Literal["booked"]
    learner: str
    teacher: str
    starts_at: str
    product: str
    paid: Amount
    free_cancel_until: str


class CancelledOut(Schema):
    """A seat just cancelled, and what came back."""

    seat: str
    lesson: str
    state: Literal["cancelled"]
    learner: str
    paid: Amount
    refunded: Amount


class BookingListOut(Schema):
    """The outcome of a list in its order: lessons and problems."""

    booked: int
    results: list[BookedOut | Problem]
