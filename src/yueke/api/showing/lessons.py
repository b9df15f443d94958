"""Lessons booked, cancelled, found and listed."""

from typing import Any

from yueke.api.problems import problem
from yueke.booking.orders import Booked, Cancelled
from yueke.booking.queries import LessonRow
from yueke.inventory.queries import FreeTeacher
from yueke.kernel.grid import show_instant
from yueke.kernel.refusal import Refusal
from yueke.people import public_ids


def booked(done: Booked) -> dict[str, Any]:
    """Return a lesson just booked."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": "booked",
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": None if done.teacher_id is None else public_ids.show("tch", done.teacher_id),
        "starts_at": show_instant(done.starts_at),
        "product": done.product,
        "paid": {"asset": done.asset, "amount": done.paid},
        "free_cancel_until": show_instant(done.free_cancel_until),
    }


def cancelled(done: Cancelled) -> dict[str, Any]:
    """Return a lesson just cancelled, and what came back."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": "cancelled",
        "learner": public_ids.show("lrn", done.learner_id),
        "paid": {"asset": done.asset, "amount": done.paid},
        "refunded": {"asset": done.asset, "amount": done.refunded},
    }


def results(done: list[Booked | Refusal]) -> dict[str, Any]:
    """Return the outcome of a list, in its order: lessons and problems."""
    return {
        "booked": sum(1 for one in done if isinstance(one, Booked)),
        "results": [problem(one) if isinstance(one, Refusal) else booked(one) for one in done],
    }


def free_teacher(found: FreeTeacher) -> dict[str, Any]:
    """Return a teacher with the times that are free."""
    return {
        "id": public_ids.show("tch", found.teacher_id),
        "name": found.name,
        "rating": found.rating / 100,
        "zone": found.zone,
        "tags": found.tags,
        "free_at": [show_instant(start) for start in found.starts],
    }


def lesson(row: LessonRow) -> dict[str, Any]:
    """Return a lesson as one learner has it."""
    return {
        "seat": public_ids.show("st", row.seat_id),
        "lesson": public_ids.show("lsn", row.lesson_id),
        "state": row.state,
        "starts_at": show_instant(row.starts_at),
        "minutes": row.minutes,
        "learner": public_ids.show("lrn", row.learner_id),
        "learner_name": row.learner_name,
        "teacher": None if row.teacher_id is None else public_ids.show("tch", row.teacher_id),
        "teacher_name": row.teacher_name,
        "product": row.product,
        "level": row.level,
        "course": row.course,
        "course_number": row.course_number,
        "courseware": row.courseware,
        "absent": row.absent,
        "paid": {"asset": row.asset, "amount": row.paid},
        "refunded": {"asset": row.asset, "amount": row.refunded},
    }
