"""Lesson requests as the API shows them."""

from collections.abc import Mapping
from typing import Any

from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.orders import RequestNow


def request_now(done: RequestNow) -> dict[str, Any]:
    """Return a request just asked or answered."""
    return {
        "request": public_ids.show("lrq", done.request_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": public_ids.show("tch", done.teacher_id),
        "product": done.product,
        "starts_at": show_instant(done.starts_at),
        "state": done.state,
        "expires_at": show_instant(done.expires_at),
        "keep": done.keep,
        "seat": None if done.seat_id is None else public_ids.show("st", done.seat_id),
        "paid": None if done.paid is None else {"asset": done.asset, "amount": done.paid},
    }


def lesson_request(
    row: LessonRequest, learners: Mapping[int, str], teachers: Mapping[int, str]
) -> dict[str, Any]:
    """Return a request with the names of its two people."""
    return {
        "request": public_ids.show("lrq", row.pk),
        "learner": public_ids.show("lrn", row.learner_id),
        "learner_name": learners[row.learner_id],
        "teacher": public_ids.show("tch", row.teacher_id),
        "teacher_name": teachers[row.teacher_id],
        "product": row.product,
        "starts_at": show_instant(row.starts_at),
        "state": row.state,
        "reason": row.reason,
        "answer": row.answer,
        "channel": row.channel,
        "asked_at": show_instant(row.asked_at),
        "expires_at": show_instant(row.expires_at),
        "answered_at": None if row.answered_at is None else show_instant(row.answered_at),
        "keep": row.keep,
        "seat": None if row.seat_id is None else public_ids.show("st", row.seat_id),
    }
