"""Places in lessons that stay: left, taken, exchanged."""

from typing import Literal

from ninja import Schema

from yueke.api.schemas.changes import LessonChangedOut, LessonIn
from yueke.api.schemas.parts import Amount, Asset, Id, Instant


class StudentSwapIn(LessonIn):
    """A lesson, and the learner who comes into it; `lot` names the coupon or lot to pay from."""

    learner: Id
    pay_with: Asset = "credit"
    lot: Id | None = None


class ExchangeIn(LessonIn):
    """Two lessons, each by the seat of a learner in it."""

    other_seat: Id


class AbsenceIn(LessonIn):
    """Who did not come: the lesson's teacher, or the learner of the seat."""

    who: Literal["teacher", "learner"]


class CallOffIn(LessonIn):
    """A lesson that its teacher cancels, and perhaps a time of theirs kept for the learner."""

    reserve_at: Instant | None = None


class PlaceLeftOut(Schema):
    """A seat just left, and what came back; `state` is that of the lesson, which stays."""

    seat: str
    lesson: str
    state: str
    learner: str
    paid: Amount
    refunded: Amount


class PlaceTakenOut(Schema):
    """A seat just taken in a lesson that was there, and the one left for it, if any was."""

    seat: str
    lesson: str
    learner: str
    teacher: str | None
    starts_at: str
    product: str
    paid: Amount
    free_cancel_until: str
    left: PlaceLeftOut | None


class LearnersExchangedOut(Schema):
    """The seats that two learners have now, in the order in which they were named."""

    results: list[PlaceTakenOut]


class PlacesTakenOut(Schema):
    """The seats that learners have again, that of the learner named first."""

    results: list[PlaceTakenOut]


class TeachersExchangedOut(Schema):
    """What two lessons are now, in the order in which they were named."""

    results: list[LessonChangedOut]


class AbsencesOut(Schema):
    """What became of the seats of the lesson that it concerns; `refunded` came back."""

    results: list[PlaceLeftOut]


class CalledOffOut(PlaceLeftOut):
    """A seat of a lesson that was called off, and until when another time is kept."""

    reserved_at: str | None
    reserved_until: str | None


class CallOffsOut(Schema):
    """What became of the seats of the lesson, that of the seat named first."""

    results: list[CalledOffOut]
