"""The laws and how each is checked: a statement that counts what it read and names what breaks it.

All of them read one snapshot and lock nothing, so that work goes on meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yueke.cli.verify.naming import with_public_ids
from yueke.kernel.transaction import Work, snapshot


@dataclass(frozen=True)
class Law:
    """One law of the house, and the file of its statement."""

    id: str
    says: str
    sql: str


@dataclass(frozen=True)
class Finding:
    """What a check found: rows read, rows that break the law, and the first of these in words.

    Rows are named by their numbers and, where they have one, their public id.
    """

    law: Law
    checked: int
    broken: int
    rows: list[str]


LAWS = [
    Law("I-1", "a teacher is never in two lessons at once", "i1_teacher_in_one_place"),
    Law("I-2", "a learner is never in two lessons at once", "i2_learner_in_one_place"),
    Law("I-3", "seats never exceed capacity", "i3_seats_within_capacity"),
    Law("I-4", "no account is below zero, and entries sum to zero", "i4_ledger_adds_up"),
    Law("I-5", "a seat is paid once, and refunds never exceed it", "i5_seat_paid_once"),
    Law("I-6", "a request key books, refunds or grants once", "i6_key_once"),
    Law("I-7", "a targeted slot goes to its target only", "i7_target_only"),
    Law("I-8", "an expired reservation is gone within 5 s", "i8_reservation_gone"),
    Law("I-9", "lessons, seats, transfers and slots have events", "i9_event_for_every_change"),
]
ROWS_SHOWN = 20


def check(*, now: datetime) -> Iterator[Finding]:
    """Check every law on one snapshot of the database, in order."""
    with snapshot() as work:
        for law in LAWS:
            yield _check(work, law, now)


def _check(work: Work, law: Law, now: datetime) -> Finding:
    rows = work.run_for_values(__package__, law.sql, {"now": now, "shown": ROWS_SHOWN}).fetchall()
    checked, broken = rows[0][0], rows[0][1]
    says = [with_public_ids(row[2]) for row in rows if row[2] is not None]
    return Finding(law, checked, broken, says)
