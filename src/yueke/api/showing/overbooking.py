"""Overbooking and matching as the API shows them."""

from collections.abc import Sequence
from typing import Any

from yueke.booking.overbooking.rooms import Room
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.supply.matching.commands import Rematched
from yueke.supply.matching.enter import Entered
from yueke.supply.matching.models import Wait
from yueke.supply.overbooking.commands import Step, mark_of
from yueke.supply.weeks import of_half_hour


def room(one: Room, held: int) -> dict[str, Any]:
    """Return a half-hour at which lessons may be overbooked."""
    return {
        "starts_at": show_instant(one.starts_at),
        "ceiling": one.ceiling,
        "taken": one.taken,
        "left": one.left,
        "wanted": one.wanted,
        "held": held,
    }


def step(one: Step) -> dict[str, Any]:
    """Return a step of a strategy."""
    time = of_half_hour(one.from_half_hour)
    return {
        "weekday": time.weekday,
        "at": f"{time.clock:%H:%M}",
        "ratio_percent": one.ratio_percent,
        "floor": one.floor,
        "ceiling": one.ceiling,
    }


def strategy(product: str, steps: Sequence[Step]) -> dict[str, Any]:
    """Return a strategy."""
    return {"product": product, "steps": [step(one) for one in steps], "mark": mark_of(steps)}


def entered(done: Entered | Wait) -> dict[str, Any]:
    """Return how it stands with a learner at the door."""
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "state": done.state,
        "teacher": None if done.teacher_id is None else public_ids.show("tch", done.teacher_id),
    }


def wait(row: Wait) -> dict[str, Any]:
    """Return one who entered."""
    return {
        **entered(row),
        "learner": public_ids.show("lrn", row.learner_id),
        "starts_at": show_instant(row.starts_at),
        "entered_at": show_instant(row.entered_at),
        "settled_at": None if row.settled_at is None else show_instant(row.settled_at),
        "alerted_at": None if row.alerted_at is None else show_instant(row.alerted_at),
    }


def rematched(done: Rematched) -> dict[str, Any]:
    """Return a lesson with its new teacher."""
    was = done.was_teacher_id
    return {
        "seat": public_ids.show("st", done.seat_id),
        "lesson": public_ids.show("lsn", done.lesson_id),
        "teacher": public_ids.show("tch", done.teacher_id),
        "was": None if was is None else public_ids.show("tch", was),
    }
