"""Book by hand what a run missed: one transaction, by whoever chose an alternative."""

from dataclasses import dataclass
from datetime import datetime

from yueke.booking.orders import Booked, BookLesson
from yueke.kernel.outcome import Answer, json_text
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.supply.placing import place as book_at
from yueke.supply.runs import queries
from yueke.supply.runs.models import WeeklyRow
from yueke.supply.runs.refusals import RunRowNotMissed


@dataclass(frozen=True, slots=True)
class Chosen:
    """A missed row, and the teacher and time chosen for it."""

    run_id: int
    place: int
    teacher_id: int
    starts_at: datetime


@dataclass(slots=True)
class RowBooked:
    """A row that was missed and is booked now. It names the booking, which has its own answer."""

    run_id: int
    place: int
    seat_id: int
    learner_id: int
    teacher_id: int
    starts_at: datetime
    product: str
    asset: str
    paid: int


def book_missed(
    request: Request, *, kind: str, chosen: Chosen, reason: str = ""
) -> Answer[RowBooked]:
    """Book for a missed row a time that was chosen for it; the row is booked then (SD-10).

    Refuses: channel_may_not, run_not_found, run_row_not_found, run_row_not_missed, and as the
    booking. Locks the row, then learner and slots.
    """
    actor = request.actor

    def act(work: Work) -> list[RowBooked]:
        run = queries.get_run(actor=actor, kind=kind, run_id=chosen.run_id)
        row = queries.get_row(run=run, place=chosen.place, lock=True)
        channels.require(actor, "book", row.product)
        if row.state != WeeklyRow.State.MISSED:
            raise RunRowNotMissed(row.state)
        command = BookLesson(
            row.learner_id,
            chosen.teacher_id,
            chosen.starts_at,
            row.product,
            row.asset,
            reason=reason,
        )
        key = f"missed-{run.pk}-{row.place}-{request.key}"
        booked = book_at(work, actor=actor, now=request.now, key=key, command=command)
        if isinstance(booked, Refusal):
            raise booked
        WeeklyRow.objects.filter(pk=row.pk).update(
            state=WeeklyRow.State.BOOKED,
            seat_id=booked.seat_id,
            teacher_id=chosen.teacher_id,
            starts_at=booked.starts_at,
            why=json_text({"teacher": "chosen"}),
        )
        return [_now(row, chosen, booked)]

    return once(request, RowBooked, act)


def _now(row: WeeklyRow, chosen: Chosen, booked: Booked) -> RowBooked:
    return RowBooked(
        run_id=row.run_id,
        place=row.place,
        seat_id=booked.seat_id,
        learner_id=booked.learner_id,
        teacher_id=chosen.teacher_id,
        starts_at=booked.starts_at,
        product=booked.product,
        asset=booked.asset,
        paid=booked.paid,
    )
