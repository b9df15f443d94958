"""The bodies of the hot routes as they come in; ids and times are still texts.

`yueke.api.schemas.bookings` says the same for the twins and the OpenAPI; whichever of the two
refuses a body, the words are those of the schema.
"""

from typing import Annotated, Any

import msgspec
from pydantic import ValidationError

from yueke.api import reading
from yueke.api.refusals import BodyInvalid, ListTooLong
from yueke.api.schemas.bookings import BookingIn, BookingListIn, CancellationIn
from yueke.api.schemas.overbooking import EntryIn, OverbookingIn
from yueke.api.schemas.parts import TEXT_LENGTH_MAX, TEXT_PATTERN, In
from yueke.booking.orders import BookLesson, CancelSeat
from yueke.supply.matching.enter import EnterRoom
from yueke.supply.overbooking import overbook

LIST_LENGTH_MAX = 500
Text = Annotated[str, msgspec.Meta(max_length=TEXT_LENGTH_MAX, pattern=TEXT_PATTERN)]


class Booking(msgspec.Struct, forbid_unknown_fields=True):
    """Book one lesson. `pay_with` is an asset; `lot` names a coupon or lot to pay from."""

    learner: str
    teacher: str
    starts_at: str
    product: Text
    pay_with: Text = "credit"
    lot: str | None = None
    reason: Text = ""


class BookingList(msgspec.Struct, forbid_unknown_fields=True):
    """Book several lessons: all or none, or each that can be."""

    lessons: list[Booking]
    all_or_none: bool = False


class Cancellation(msgspec.Struct, forbid_unknown_fields=True):
    """Cancel one learner's seat, by the id that booking it gave."""

    seat: str
    reason: Text = ""


class Overbooking(msgspec.Struct, forbid_unknown_fields=True):
    """Book one lesson whose teacher is found at entry."""

    learner: str
    starts_at: str
    product: Text = "trial"
    pay_with: Text = "credit"
    lot: str | None = None
    reason: Text = ""


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """Enter the room of a lesson; `entered_at` is when, where it is told later."""

    seat: str
    entered_at: str | None = None


_SCHEMAS: dict[type, type[In]] = {
    Booking: BookingIn,
    BookingList: BookingListIn,
    Cancellation: CancellationIn,
    Overbooking: OverbookingIn,
    Entry: EntryIn,
}
_decoders: dict[type, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind) for kind in _SCHEMAS
}


def decode(body: bytes, kind: type) -> Any:
    """Read a body of a kind, or refuse (body_not_json, body_invalid)."""
    try:
        return _decoders[kind].decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _why_not(body, kind, error) from None


def _why_not(body: bytes, kind: type, error: Exception) -> BodyInvalid:
    """Return what the schema finds wrong with a body, or else what the decoder found."""
    try:
        _SCHEMAS[kind].model_validate(reading.json_body(body))
    except ValidationError as invalid:
        return invalid_at(dict(invalid.errors()[0]))
    return BodyInvalid(str(error))


def invalid_at(error: dict[str, Any], *, skip: int = 0) -> BodyInvalid:
    """Return the refusal of a body for one error of its schema, `skip` steps into its place."""
    where = ".".join(str(step) for step in error["loc"][skip:])
    return BodyInvalid(f"{where[:200]}: {error['msg']}" if where else error["msg"])


def to_book(body: Booking) -> BookLesson:
    """Return the command a booking asks for.

    Refuses: learner_not_found, teacher_not_found, time_unreadable, lot_not_found.
    """
    return BookLesson(
        learner_id=reading.learner_id(body.learner),
        teacher_id=reading.teacher_id(body.teacher),
        starts_at=reading.instant(body.starts_at),
        product=body.product,
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
    )


def to_book_list(body: BookingList) -> list[BookLesson]:
    """Return the commands of a list. Refuses as `to_book`, and: list_too_long."""
    if not 1 <= len(body.lessons) <= LIST_LENGTH_MAX:
        raise ListTooLong(LIST_LENGTH_MAX)
    return [to_book(lesson) for lesson in body.lessons]


def to_cancel(body: Cancellation) -> CancelSeat:
    """Return the command a cancellation asks for. Refuses: lesson_not_found."""
    return CancelSeat(reading.seat_id(body.seat), body.reason)


def to_overbook(body: Overbooking) -> BookLesson:
    """Return the command an overbooking asks for.

    Refuses: learner_not_found, time_unreadable, lot_not_found.
    """
    return BookLesson(
        learner_id=reading.learner_id(body.learner),
        teacher_id=None,
        starts_at=reading.instant(body.starts_at),
        product=body.product,
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
        permission=overbook.PERMISSION,
    )


def to_enter(body: Entry) -> EnterRoom:
    """Return the command an entry asks for. Refuses: lesson_not_found, time_unreadable."""
    at = None if body.entered_at is None else reading.instant(body.entered_at)
    return EnterRoom(reading.seat_id(body.seat), at)
