"""Contracts as the API shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.supply.contracts.models import Contract
from yueke.supply.contracts.operations import now_of
from yueke.supply.contracts.orders import ContractLessonNow, ContractNow

Names = Mapping[int, str]


def contract_now(done: ContractNow) -> dict[str, Any]:
    """Return a contract just proposed or answered."""
    return {
        "contract": public_ids.show("ctr", done.contract_id),
        "pair": public_ids.show("ctp", done.pair_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": public_ids.show("tch", done.teacher_id),
        "state": done.state,
        "lessons": [_lesson(one) for one in done.lessons],
    }


def contract(
    row: Contract, lessons: Iterable[Any], learners: Names, teachers: Names
) -> dict[str, Any]:
    """Return a contract with its lessons and the names of its people."""
    return {
        **contract_now(now_of(row, lessons)),
        "learner_name": learners[row.learner_id],
        "teacher_name": teachers[row.teacher_id],
        "product": row.product,
        "weekday": row.weekday,
        "at": f"{row.clock:%H:%M}",
        "first_week": row.first_week.isoformat(),
        "reason": row.reason,
        "answer": row.answer,
    }


def _lesson(one: ContractLessonNow) -> dict[str, Any]:
    return {
        "week": one.week,
        "starts_at": None if one.starts_at is None else show_instant(one.starts_at),
        "state": one.state,
        "seat": None if one.seat_id is None else public_ids.show("st", one.seat_id),
        "why": one.why or None,
    }
