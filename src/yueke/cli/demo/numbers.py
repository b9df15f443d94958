"""Blocks of row numbers, one a table, taken from the sequences that number later rows too."""

from dataclasses import dataclass

from yueke.cli.demo.company import Company
from yueke.kernel.transaction import Work


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The first number of each block.

    Events come in blocks too, in order of time: lots granted, slots released, lots expired,
    seats booked. A seat has the number of its event, as at any booking.
    """

    teacher_user: int
    family_user: int
    teacher: int
    family: int
    learner: int
    lot: int
    granted: int
    released: int
    expired: int
    booked: int


def take(work: Work, *, company: Company) -> Numbers:
    """Take the numbers that a company's rows need."""
    teachers, families = company.teachers.count, len(company.families.names)
    lots, gone = len(company.lots.learner), int(company.lots.gone.sum())
    users = _take(work, "user_login_id_seq", teachers + families)
    events = _take(work, "row_id", lots + company.slots + gone + len(company.seats.learner))
    return Numbers(
        teacher_user=users,
        family_user=users + teachers,
        teacher=_take(work, "teacher_id_seq", teachers),
        family=_take(work, "family_id_seq", families),
        learner=_take(work, "learner_id_seq", company.learners.count),
        lot=_take(work, "account_id_seq", lots),
        granted=events,
        released=events + lots,
        expired=events + lots + company.slots,
        booked=events + lots + company.slots + gone,
    )


def _take(work: Work, sequence: str, count: int) -> int:
    row = work.run_for_values(
        __package__, "take_numbers", {"sequence": sequence, "count": count}
    ).fetchone()
    assert row is not None
    return int(row[0])
