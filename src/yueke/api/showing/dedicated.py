"""Dedicated teachers as the API shows them."""

from collections.abc import Mapping
from typing import Any

from yueke.api.problems import problem
from yueke.kernel.grid import show_instant
from yueke.kernel.refusal import Refusal
from yueke.people import public_ids
from yueke.supply.dedicated.assured import Assured
from yueke.supply.dedicated.commands import DedicatedNow, now_of
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.weeks import of_half_hour


def dedicated_now(done: DedicatedNow) -> dict[str, Any]:
    """Return a dedicated teacher just chosen or left."""
    return {
        "learner": public_ids.show("lrn", done.learner_id),
        "product": done.product,
        "teacher": public_ids.show("tch", done.teacher_id),
        "times": [_time(half_hour) for half_hour in done.times],
        "chosen_at": show_instant(done.chosen_at),
        "ended_at": None if done.ended_at is None else show_instant(done.ended_at),
    }


def dedicated(
    row: Dedicated, learners: Mapping[int, str], teachers: Mapping[int, str]
) -> dict[str, Any]:
    """Return a dedicated teacher with the names of both."""
    return {
        **dedicated_now(now_of(row)),
        "learner_name": learners[row.learner_id],
        "teacher_name": teachers[row.teacher_id],
    }


def assured(done: Assured | Refusal) -> dict[str, Any]:
    """Return what a learner of the list got."""
    if isinstance(done, Refusal):
        return problem(done)
    seat, request = done.seat_id, done.request_id
    return {
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": public_ids.show("tch", done.teacher_id),
        "starts_at": show_instant(done.starts_at),
        "outcome": "asked" if seat is None else "booked",
        "seat": None if seat is None else public_ids.show("st", seat),
        "request": None if request is None else public_ids.show("lrq", request),
    }


def _time(half_hour: int) -> dict[str, Any]:
    time = of_half_hour(half_hour)
    return {"weekday": time.weekday, "at": f"{time.clock:%H:%M}"}
