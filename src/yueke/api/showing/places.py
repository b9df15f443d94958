"""Lessons that were changed, and places in them: left and taken."""

from typing import Any

from yueke.booking.orders import Absent, CalledOff, LessonChanged, PlaceLeft, PlaceTaken
from yueke.kernel.grid import show_instant
from yueke.people import public_ids


def lesson_changed(done: LessonChanged) -> dict[str, Any]:
    """Return what a lesson is now."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": done.state,
        "teacher": None if done.teacher_id is None else public_ids.show("tch", done.teacher_id),
        "course_number": done.course_number,
    }


def place_left(done: PlaceLeft) -> dict[str, Any]:
    """Return a seat just left, and what came back."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": done.state,
        "learner": public_ids.show("lrn", done.learner_id),
        "paid": {"asset": done.asset, "amount": done.paid},
        "refunded": {"asset": done.asset, "amount": done.refunded},
    }


def absent(done: Absent) -> dict[str, Any]:
    """Return a seat whose learner or teacher did not come, and what came back."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": done.state,
        "learner": public_ids.show("lrn", done.learner_id),
        "paid": {"asset": done.asset, "amount": done.paid},
        "refunded": {"asset": done.asset, "amount": done.came_back},
    }


def called_off(done: CalledOff) -> dict[str, Any]:
    """Return a seat of a lesson that its teacher cancelled, and the time kept instead."""
    at, until = done.reserved_at, done.reserved_until
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": done.state,
        "learner": public_ids.show("lrn", done.learner_id),
        "paid": {"asset": done.asset, "amount": done.paid},
        "refunded": {"asset": done.asset, "amount": done.refunded},
        "reserved_at": None if at is None else show_instant(at),
        "reserved_until": None if until is None else show_instant(until),
    }


def place_taken(done: PlaceTaken) -> dict[str, Any]:
    """Return a seat just taken, and the one left for it."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": None if done.teacher_id is None else public_ids.show("tch", done.teacher_id),
        "starts_at": show_instant(done.starts_at),
        "product": done.product,
        "paid": {"asset": done.asset, "amount": done.paid},
        "free_cancel_until": show_instant(done.free_cancel_until),
        "left": None if done.left is None else place_left(done.left),
    }
