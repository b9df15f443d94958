"""Row numbers as they stand in addresses and forms: opaque, and of one kind each."""

from typing import Final

from yueke.booking.classes.refusals import ClassNotFound
from yueke.booking.refusals import LessonNotFound
from yueke.feeds.refusals import DeliveryNotFound, EndpointNotFound
from yueke.people.public_ids import opaque
from yueke.people.refusals import LearnerNotFound, TeacherNotFound
from yueke.wallet.refusals import LotNotFound

LEARNER: Final = opaque("lrn")
TEACHER: Final = opaque("tch")
LESSON: Final = opaque("lsn")
SEAT: Final = opaque("st")
LOT: Final = opaque("lot")
EVENT: Final = opaque("ev")
CAMPAIGN: Final = opaque("cmp")
ENDPOINT: Final = opaque("whk")
DELIVERY: Final = opaque("dlv")
MESSAGE: Final = opaque("msg")
COUPON_BATCH: Final = opaque("cpb")
BULK: Final = opaque("blk")
AUTO_RULE: Final = opaque("aru")
AUTO_RUN: Final = opaque("arn")
HOLIDAY: Final = opaque("hol")
REQUEST: Final = opaque("lrq")
CONTRACT: Final = opaque("ctr")


def read_learner(text: str) -> int:
    """Return the learner's number, or refuse (learner_not_found)."""
    number = LEARNER.read(text)
    if number is None:
        raise LearnerNotFound(text)
    return number


def read_teacher(text: str) -> int:
    """Return the teacher's number, or refuse (teacher_not_found)."""
    number = TEACHER.read(text)
    if number is None:
        raise TeacherNotFound(text)
    return number


def read_seat(text: str) -> int:
    """Return the seat's number, or refuse (lesson_not_found)."""
    number = SEAT.read(text)
    if number is None:
        raise LessonNotFound(text)
    return number


def read_lesson(text: str) -> int:
    """Return the lesson's number, or refuse (lesson_not_found)."""
    number = LESSON.read(text)
    if number is None:
        raise LessonNotFound(text)
    return number


def read_class(text: str) -> int:
    """Return an open class's number, or refuse (class_not_found)."""
    number = LESSON.read(text)
    if number is None:
        raise ClassNotFound(text)
    return number


def read_lot(text: str) -> int:
    """Return the lot's number, or refuse (lot_not_found)."""
    number = LOT.read(text)
    if number is None:
        raise LotNotFound(text)
    return number


def read_endpoint(text: str) -> int:
    """Return the endpoint's number, or refuse (endpoint_not_found)."""
    number = ENDPOINT.read(text)
    if number is None:
        raise EndpointNotFound(text[:64])
    return number


def read_delivery(text: str) -> int:
    """Return the delivery's number, or refuse (delivery_not_found)."""
    number = DELIVERY.read(text)
    if number is None:
        raise DeliveryNotFound(text[:64])
    return number
