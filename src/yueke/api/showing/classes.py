"""Open classes, and the seats in them."""

from typing import Any

from yueke.booking.classes.orders import (
    Attended,
    ClassCancelled,
    ClassChanged,
    PlaceBooked,
    Waiting,
)
from yueke.booking.classes.queries import ClassRow, PlaceRow
from yueke.kernel.grid import show_instant
from yueke.people import public_ids


def changed_class(done: ClassChanged) -> dict[str, Any]:
    """Return what a class is after it was changed."""
    return {
        "lesson": public_ids.show("lsn", done.class_id),
        "teacher": _teacher(done.teacher_id),
        "starts_at": show_instant(done.starts_at),
        "capacity": done.capacity,
        "published": done.is_published,
    }


def open_class(row: ClassRow) -> dict[str, Any]:
    """Return a class as callers see it."""
    return {
        "lesson": public_ids.show("lsn", row.class_id),
        "starts_at": show_instant(row.starts_at),
        "minutes": row.minutes,
        "teacher": _teacher(row.teacher_id),
        "teacher_name": row.teacher_name,
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "about_zh": row.about_zh,
        "about_en": row.about_en,
        "capacity": row.capacity,
        "seats_left": row.seats_left,
        "waiting": row.waiting,
        "published": row.is_published,
    }


def cancelled_class(done: ClassCancelled) -> dict[str, Any]:
    """Return a class that was cancelled."""
    return {
        "lesson": public_ids.show("lsn", done.class_id),
        "starts_at": show_instant(done.starts_at),
        "seats": done.seats,
        "waits": done.waits,
    }


def place(done: PlaceBooked) -> dict[str, Any]:
    """Return a seat just booked."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.class_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "starts_at": show_instant(done.starts_at),
        "paid": {"asset": done.asset, "amount": done.paid},
        "free_cancel_until": show_instant(done.free_cancel_until),
    }


def class_seat(row: PlaceRow) -> dict[str, Any]:
    """Return a learner in a class, or one who waits."""
    return {
        "seat": None if row.seat_id is None else public_ids.show("st", row.seat_id),
        "learner": public_ids.show("lrn", row.learner_id),
        "learner_name": row.learner_name,
        "came": row.came,
    }


def waiting(done: Waiting) -> dict[str, Any]:
    """Return whether a learner waits."""
    return {
        "lesson": public_ids.show("lsn", done.class_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "waiting": done.is_waiting,
        "ahead": done.ahead,
    }


def attended(done: Attended) -> dict[str, Any]:
    """Return how many came."""
    return {
        "lesson": public_ids.show("lsn", done.class_id),
        "came": done.came,
        "absent": done.absent,
    }


def _teacher(teacher_id: int | None) -> str | None:
    return None if teacher_id is None else public_ids.show("tch", teacher_id)
