"""The bodies of the hot routes as they come in; ids and times are still texts."""

import msgspec

from yueke.api import reading
from yueke.api.refusals import BodyInvalid, BodyNotJson, ListTooLong
from yueke.booking.orders import BookLesson, CancelSeat
from yueke.booking.refusals import LessonNotFound
from yueke.people import public_ids
from yueke.wallet.refusals import LotNotFound

LIST_LENGTH_MAX = 500


class Booking(msgspec.Struct, forbid_unknown_fields=True):
    """Book one lesson. `pay_with` is an asset; `lot` names a coupon or lot to pay from."""

    learner: str
    teacher: str
    starts_at: str
    product: str
    pay_with: str = "credit"
    lot: str | None = None
    reason: str = ""


class BookingList(msgspec.Struct, forbid_unknown_fields=True):
    """Book several lessons: all or none, or each that can be."""

    lessons: list[Booking]
    all_or_none: bool = False


class Cancellation(msgspec.Struct, forbid_unknown_fields=True):
    """Cancel one learner's seat, by the id that booking it gave."""

    seat: str
    reason: str = ""


Body = Booking | BookingList | Cancellation
_decoders: dict[type, msgspec.json.Decoder[Body]] = {
    kind: msgspec.json.Decoder(kind) for kind in (Booking, BookingList, Cancellation)
}


def decode(body: bytes, kind: type) -> object:
    """Read a body of a kind, or refuse (body_not_json, body_invalid)."""
    try:
        return _decoders[kind].decode(body)
    except msgspec.ValidationError as error:
        raise BodyInvalid(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BodyNotJson() from None


def to_book(body: Booking) -> BookLesson:
    """Return the command a booking asks for.

    Refuses: learner_not_found, teacher_not_found, time_unreadable, lot_not_found.
    """
    return BookLesson(
        learner_id=reading.learner_id(body.learner),
        teacher_id=reading.teacher_id(body.teacher),
        starts_at=reading.instant(body.starts_at),
        product=clean(body.product),
        asset=clean(body.pay_with),
        lot_id=None if body.lot is None else _lot_id(body.lot),
        reason=clean(body.reason),
    )


def to_book_list(body: BookingList) -> list[BookLesson]:
    """Return the commands of a list. Refuses as `to_book`, and: list_too_long."""
    if not 1 <= len(body.lessons) <= LIST_LENGTH_MAX:
        raise ListTooLong(LIST_LENGTH_MAX)
    return [to_book(lesson) for lesson in body.lessons]


def to_cancel(body: Cancellation) -> CancelSeat:
    """Return the command a cancellation asks for. Refuses: lesson_not_found."""
    seat_id = public_ids.read("st", body.seat)
    if seat_id is None:
        raise LessonNotFound(body.seat[:64])
    return CancelSeat(seat_id, clean(body.reason))


def clean(text: str) -> str:
    """Return a text the database can hold, or refuse (body_invalid)."""
    if "\0" in text or len(text) > 2000:
        raise BodyInvalid("a text holds a NUL, or more than 2000 characters")
    return text


def _lot_id(text: str) -> int:
    number = public_ids.read("lot", text)
    if number is None:
        raise LotNotFound(text[:64])
    return number
